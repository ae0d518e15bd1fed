/** OpenAPI schemas for signing in and out. */
import { type TObject, type TString, Type } from "typebox";
import { answers, empty, json, type ResponseDescription, type RouteSchema } from "./pieces.ts";
import { type InlineShape, inline } from "./shapes.ts";

const tags = ["Sign-in"];
const closed = { additionalProperties: false } as const;
const open: RouteSchema["security"] = [];

/** A generous limit for all of these; the service has the exact ones. */
export const shortText: TString = Type.String({ maxLength: 2048 });
const code = Type.String({ maxLength: 256, description: "It works once, for 24 hours." });
const password = Type.String({
  maxLength: 4096,
  description:
    "At least 12 characters and at most 1,024 bytes. Easily guessed passwords are refused, such as your address, your name and common passwords.",
});

export const SetUp: TObject<{ code: TString; name: TString; email: TString; password: TString }> =
  Type.Object({ code, name: shortText, email: shortText, password }, closed);
export const SignIn: TObject<{ email: TString; password: TString }> = Type.Object(
  { email: shortText, password: Type.String({ maxLength: 4096 }) },
  closed,
);
export const ShowCode: TObject<{ code: TString }> = Type.Object(
  { code: Type.String({ maxLength: 64, description: "The six digits from the app, or a recovery code." }) },
  closed,
);
export const ChoosePassword: TObject<{ code: TString; password: TString }> = Type.Object(
  { code, password },
  closed,
);

/** The members of a person. */
export const person: { id: TString; name: TString; email: TString } = {
  id: Type.String(),
  name: Type.String(),
  email: Type.String(),
};
export const Person: InlineShape<"Person"> = inline("Person", Type.Object(person));

const entered = (description: string): ResponseDescription =>
  json(
    `${description} The cookie of the session is set.`,
    Type.Object({ user: Person, expiresAt: Type.String({ format: "date-time" }) }),
  );

const half: ResponseDescription = json(
  "The password is correct, and the account has a second factor. Send a code to /v1/sign-in/second-factor with the cookie from this response, which is valid for nothing else.",
  Type.Object({ needs: Type.Enum(["second-factor"]), expiresAt: Type.String({ format: "date-time" }) }),
);

export const setUp: RouteSchema = {
  operationId: "setUp",
  summary: "Create the first account, which is an operator",
  description:
    "Requires the code from the link in the file `set-up-link` of the data folder. Signs the person in.",
  tags,
  security: open,
  body: SetUp,
  response: answers({ 201: entered("The person.") }, [
    "code-refused",
    "set-up-done",
    "request-invalid",
    "too-many-requests",
    "overloaded",
    "cross-site",
  ]),
};

export const signIn: RouteSchema = {
  operationId: "signIn",
  summary: "Sign in with a password",
  description:
    "Every refusal has the same text, so that it does not reveal what is wrong. After ten failures for an account or thirty from a network within 15 minutes, further attempts get too-many-requests. A browser that signed in to the account before, as its cookie shows, has ten attempts of its own.",
  tags,
  security: open,
  body: SignIn,
  response: answers({ 200: entered("Who signed in."), 202: half }, [
    "sign-in-refused",
    "request-invalid",
    "too-many-requests",
    "overloaded",
    "cross-site",
  ]),
};

export const finishSignIn: RouteSchema = {
  operationId: "finishSignIn",
  summary: "Sign in with a code of the second factor",
  description:
    "Requires the cookie from signing in with the password, which is valid for ten minutes and five codes. Each code works once.",
  tags,
  security: open,
  body: ShowCode,
  response: answers({ 200: entered("Who signed in.") }, [
    "sign-in-expired",
    "second-factor-refused",
    "request-invalid",
    "too-many-requests",
    "secret-unreadable",
    "cross-site",
  ]),
};

export const signOut: RouteSchema = {
  operationId: "signOut",
  summary: "Sign out",
  description: "Ends the cookie's session and removes the cookie.",
  tags,
  security: open,
  response: answers({ 204: empty("The session has ended.") }, ["cross-site", "too-many-requests"]),
};

export const choosePassword: RouteSchema = {
  operationId: "choosePassword",
  summary: "Choose a password with a one-time code, and sign in",
  tags,
  security: open,
  body: ChoosePassword,
  response: answers({ 200: entered("Who signed in."), 202: half }, [
    "code-refused",
    "request-invalid",
    "too-many-requests",
    "overloaded",
    "cross-site",
  ]),
};
