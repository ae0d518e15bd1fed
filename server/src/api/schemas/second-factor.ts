/** What OpenAPI says of second factors. */
import { type TObject, type TSchema, type TString, Type } from "typebox";
import { answers, empty, json, path, type RouteSchema } from "./pieces.ts";

const tags = ["Account"];
const closed = { additionalProperties: false } as const;

export const AddFactor: TObject<{ offer: TString; code: TString }> = Type.Object(
  { offer: Type.String({ maxLength: 1024 }), code: Type.String({ maxLength: 64 }) },
  closed,
);

const Factor: TSchema = Type.Object({
  secondFactor: Type.Union([
    Type.Object({
      kind: Type.Enum(["TOTP"]),
      addedAt: Type.String({ format: "date-time" }),
      recoveryCodes: Type.Integer({ minimum: 0, description: "How many are left." }),
    }),
    Type.Null(),
  ]),
});
const Offer: TSchema = Type.Object({
  secret: Type.String({ description: "In base32, as authenticator apps take it." }),
  uri: Type.String({ description: "otpauth://totp/…, which a QR code holds." }),
  offer: Type.String({ description: "Goes back with the first code, within half an hour." }),
});
const Codes: TSchema = Type.Object({
  recoveryCodes: Type.Array(Type.String(), { description: "Each works once. They are shown this once." }),
});

export const readFactor: RouteSchema = {
  operationId: "readSecondFactor",
  summary: "Read one's second factor",
  tags,
  response: answers({ 200: json("It, or null.", Factor) }, []),
};

export const offerFactor: RouteSchema = {
  operationId: "offerSecondFactor",
  summary: "Get a secret for an authenticator app",
  description: "Nothing is kept of it until a code of it is shown.",
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
  summary: "Add the second factor that was offered, by its first code",
  description: "From now on, signing in with the password asks for a code. OpenID Connect sign-ins don't.",
  tags,
  body: AddFactor,
  response: answers({ 201: json("It is added; here are recovery codes.", Codes) }, [
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
  summary: "Get new recovery codes; those from before stop working",
  tags,
  response: answers({ 201: json("The new ones.", Codes) }, [
    "reauthentication-needed",
    "second-factor-not-found",
    "cross-site",
  ]),
};

export const removeFactor: RouteSchema = {
  operationId: "removeSecondFactor",
  summary: "Remove one's second factor, and its recovery codes",
  tags,
  response: answers({ 204: empty("It is removed.") }, [
    "reauthentication-needed",
    "second-factor-not-found",
    "cross-site",
  ]),
};

export const removeFactorOf: RouteSchema = {
  operationId: "removeSecondFactorOf",
  summary: "Remove the second factor of somebody who lost it",
  description: "For operators. The person is written to; their password is still asked for.",
  tags: ["Operators"],
  params: path("user"),
  response: answers({ 204: empty("It is removed.") }, [
    "reauthentication-needed",
    "user-not-found",
    "second-factor-not-found",
    "cross-site",
  ]),
};
