/** OpenAPI schemas for second factors. */
import { type TObject, type TSchema, type TString, Type } from "typebox";
import { answers, empty, json, path, type RouteSchema } from "./pieces.ts";
import { inline } from "./shapes.ts";

const tags = ["Account"];
const closed = { additionalProperties: false } as const;

export const AddFactor: TObject<{ offer: TString; code: TString }> = Type.Object(
  { offer: Type.String({ maxLength: 1024 }), code: Type.String({ maxLength: 64 }) },
  closed,
);

const Factor = inline(
  "SecondFactor",
  Type.Object({
    secondFactor: Type.Union([
      Type.Object({
        kind: Type.Enum(["TOTP"]),
        addedAt: Type.String({ format: "date-time" }),
        recoveryCodes: Type.Integer({ minimum: 0, description: "How many are left." }),
      }),
      Type.Null(),
    ]),
  }),
);
const Offer = inline(
  "SecondFactorOffer",
  Type.Object({
    secret: Type.String({ description: "The key in base32, as authenticator apps expect it." }),
    uri: Type.String({ description: "otpauth://totp/…, for a QR code." }),
    offer: Type.String({ description: "Send it back with the first code, within half an hour." }),
  }),
);
const Codes: TSchema = Type.Object({
  recoveryCodes: Type.Array(Type.String(), {
    description: "Each code works once. They are shown only in this response.",
  }),
});

export const readFactor: RouteSchema = {
  operationId: "readSecondFactor",
  summary: "Read your second factor",
  tags,
  response: answers({ 200: json("It, or null.", Factor) }, []),
};

export const offerFactor: RouteSchema = {
  operationId: "offerSecondFactor",
  summary: "Get a secret for an authenticator app",
  description: "Daybook stores nothing until you send the first code.",
  tags,
  response: answers({ 200: json("The secret.", Offer) }, [
    "reauthentication-needed",
    "not-allowed",
    "second-factor-already",
    "secret-unreadable",
    "cross-site",
  ]),
};

export const addFactor: RouteSchema = {
  operationId: "addSecondFactor",
  summary: "Add a second factor with its first code",
  description:
    "From then on, signing in with the password requires a code. Signing in with OpenID Connect does not.",
  tags,
  body: AddFactor,
  response: answers({ 201: json("The recovery codes of the new second factor.", Codes) }, [
    "reauthentication-needed",
    "request-invalid",
    "not-allowed",
    "second-factor-already",
    "secret-unreadable",
    "cross-site",
  ]),
};

export const renewCodes: RouteSchema = {
  operationId: "renewRecoveryCodes",
  summary: "Get new recovery codes, and invalidate the old ones",
  tags,
  response: answers({ 201: json("The new ones.", Codes) }, [
    "reauthentication-needed",
    "second-factor-not-found",
    "cross-site",
  ]),
};

export const removeFactor: RouteSchema = {
  operationId: "removeSecondFactor",
  summary: "Remove your second factor and its recovery codes",
  tags,
  response: answers({ 204: empty("It is removed.") }, [
    "reauthentication-needed",
    "second-factor-not-found",
    "cross-site",
  ]),
};

export const removeFactorOf: RouteSchema = {
  operationId: "removeSecondFactorOf",
  summary: "Remove the second factor of someone who lost it",
  description: "For operators. Daybook notifies the person by mail. They still need their password.",
  tags: ["Operators"],
  params: path("user"),
  response: answers({ 204: empty("It is removed.") }, [
    "reauthentication-needed",
    "user-not-found",
    "second-factor-not-found",
    "cross-site",
  ]),
};
