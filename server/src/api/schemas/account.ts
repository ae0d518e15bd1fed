/** OpenAPI schemas for the caller's own account. */
import { memberRoles, teamRoles } from "daybook/internal";
import { type TObject, type TString, type TUnion, Type } from "typebox";
import { answers, empty, json, path, type RouteSchema } from "./pieces.ts";
import { type InlineShape, inline } from "./shapes.ts";
import { person, shortText } from "./sign-in.ts";

const tags = ["Account"];
const closed = { additionalProperties: false } as const;
const time = Type.String({ format: "date-time" });

export const ChangeAccount: InlineShape<"ChangeAccount"> = inline(
  "ChangeAccount",
  Type.Object({ name: shortText }, closed),
);
export const ChangePassword: TObject<{ current: TString; password: TString }> = Type.Object(
  { current: Type.String({ maxLength: 4096 }), password: Type.String({ maxLength: 4096 }) },
  closed,
);

export const Reauthenticate: TUnion<[TObject<{ password: TString }>, TObject<{ code: TString }>]> =
  Type.Union([
    Type.Object({ password: Type.String({ maxLength: 4096 }) }, closed),
    Type.Object({ code: Type.String({ maxLength: 64 }) }, closed),
  ]);

const role = Type.Enum([...memberRoles]);
const method = Type.Enum(["PASSWORD", "OPENID", "SETUP_LINK"]);

const Account = inline(
  "Account",
  Type.Object({
    ...person,
    isOperator: Type.Boolean(),
    hasPassword: Type.Boolean(),
    organizations: Type.Array(
      Type.Object({
        id: Type.String(),
        slug: Type.String(),
        name: Type.String(),
        closedAt: Type.Union([time, Type.Null()]),
        role,
        teamRoles: Type.Array(Type.Enum([...teamRoles]), { description: "The roles that their teams add." }),
      }),
    ),
    session: Type.Union(
      [Type.Object({ id: Type.String(), method, createdAt: time, expiresAt: time }), Type.Null()],
      { description: "The session that sends this request; null for a personal token." },
    ),
  }),
);

const Sessions = inline(
  "Sessions",
  Type.Object({
    sessions: Type.Array(
      Type.Object({
        id: Type.String(),
        method,
        userAgent: Type.Union([Type.String(), Type.Null()]),
        createdAt: time,
        expiresAt: time,
        isThisOne: Type.Boolean(),
      }),
    ),
  }),
);

export const readAccount: RouteSchema = {
  operationId: "readAccount",
  summary: "Who am I?",
  tags,
  response: answers({ 200: json("The account and its memberships.", Account) }, []),
};

export const changeAccount: RouteSchema = {
  operationId: "changeAccount",
  summary: "Change your name",
  description: "Setting the same name has no effect, and records no event.",
  tags,
  body: ChangeAccount,
  response: answers({ 200: json("The account.", Account) }, ["request-invalid", "cross-site"]),
};

export const changePassword: RouteSchema = {
  operationId: "changePassword",
  summary: "Change your password and end all your other sessions",
  tags,
  body: ChangePassword,
  response: answers({ 204: empty("The password is changed.") }, [
    "request-invalid",
    "too-many-requests",
    "overloaded",
    "cross-site",
  ]),
};

export const reauthenticate: RouteSchema = {
  operationId: "reauthenticate",
  summary: "Confirm your identity with a password or a code",
  description:
    "Actions that are permanent or give others access require a recent confirmation, and otherwise answer `reauthentication-needed`. The code comes from the authenticator app; recovery codes are for signing in only. People who signed in with the identity provider sign in again instead.",
  tags,
  body: Reauthenticate,
  response: answers({ 204: empty("You can now repeat the original request.") }, [
    "request-invalid",
    "too-many-requests",
    "overloaded",
    "secret-unreadable",
    "cross-site",
  ]),
};

export const listSessions: RouteSchema = {
  operationId: "listSessions",
  summary: "List your open sessions, newest first",
  tags,
  response: answers({ 200: json("The sessions.", Sessions) }, []),
};

export const endSession: RouteSchema = {
  operationId: "endSession",
  summary: "End one of your sessions",
  tags,
  params: path("session"),
  response: answers({ 204: empty("It has ended.") }, ["session-not-found", "cross-site"]),
};

export const signOutEverywhere: RouteSchema = {
  operationId: "signOutEverywhere",
  summary: "End all of your sessions, including this one",
  tags,
  response: answers(
    {
      200: json(
        "The number of sessions that ended.",
        Type.Object({ sessions: Type.Integer({ minimum: 0 }) }),
      ),
    },
    ["cross-site"],
  ),
};
