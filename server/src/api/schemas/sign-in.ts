/** What OpenAPI says of signing in and out. */
import { type TObject, type TSchema, type TString, Type } from "typebox";
import { type Answer, answers, empty, json, type RouteSchema } from "./pieces.ts";

const tags = ["Sign-in"];
const closed = { additionalProperties: false } as const;
const open: RouteSchema["security"] = [];

/** More than any of these may have; what they may have is the room's to say. */
export const shortText: TString = Type.String({ maxLength: 2048 });
const code = Type.String({ maxLength: 256, description: "It works once, for 24 hours." });
const password = Type.String({
  maxLength: 4096,
  description: "At least 12 characters, at most 1,024 bytes; neither one's address nor one's name.",
});

export const SetUp: TObject<{ code: TString; name: TString; email: TString; password: TString }> =
  Type.Object({ code, name: shortText, email: shortText, password }, closed);
export const SignIn: TObject<{ email: TString; password: TString }> = Type.Object(
  { email: shortText, password: Type.String({ maxLength: 4096 }) },
  closed,
);
export const ChoosePassword: TObject<{ code: TString; password: TString }> = Type.Object(
  { code, password },
  closed,
);

/** A person as they are shown. */
export const Person: TSchema = Type.Object({ id: Type.String(), name: Type.String(), email: Type.String() });

const entered = (description: string): Answer =>
  json(
    `${description} The cookie of the session is set.`,
    Type.Object({ user: Person, expiresAt: Type.String({ format: "date-time" }) }),
  );

export const setUp: RouteSchema = {
  operationId: "setUp",
  summary: "Make the first person, who is an operator",
  description: "With the code that the server printed at its start. Signs them in.",
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
    "Whatever is wrong, the refusal says the same. Ten failures at one account, or thirty from one network, in 15 minutes end in too-many-requests.",
  tags,
  security: open,
  body: SignIn,
  response: answers({ 200: entered("Who signed in.") }, [
    "sign-in-refused",
    "request-invalid",
    "too-many-requests",
    "overloaded",
    "cross-site",
  ]),
};

export const signOut: RouteSchema = {
  operationId: "signOut",
  summary: "Sign out",
  description: "Ends the session of the cookie, and takes the cookie back.",
  tags,
  security: open,
  response: answers({ 204: empty("Nobody is signed in by this cookie any more.") }, [
    "cross-site",
    "too-many-requests",
  ]),
};

export const choosePassword: RouteSchema = {
  operationId: "choosePassword",
  summary: "Choose a password by a one-time code, and sign in",
  tags,
  security: open,
  body: ChoosePassword,
  response: answers({ 200: entered("Who signed in.") }, [
    "code-refused",
    "request-invalid",
    "too-many-requests",
    "overloaded",
    "cross-site",
  ]),
};
