/** What OpenAPI says of the routes of invitations, and the bodies that they take. */
import { type TObject, type TOptional, type TSchema, type TString, Type } from "typebox";
import { role, userName } from "./members.ts";
import { answers, empty, idempotencyKey, json, path, type RouteSchema } from "./pieces.ts";
import { pageQuery, query } from "./queries.ts";
import { closed, nullable, shape, text, time } from "./shapes.ts";

const invitations = ["Invitations"];

const invitation = {
  id: text("`invitation_…`"),
  email: text(),
  role,
  invitedBy: Type.Object({ type: text(), id: text(), name: Type.Optional(text()) }),
  createdAt: time,
  expiresAt: time,
  expired: Type.Boolean({ description: "Too old to be accepted." }),
  inviterMay: Type.Boolean({
    description:
      "Whether `invitedBy` may still invite: an owner, an operator, or the operator token that still works. If not, it can't be accepted.",
  }),
};
const Invitation: TSchema = shape("Invitation", Type.Object(invitation));
const InvitationPage: TSchema = shape(
  "InvitationPage",
  Type.Object({ invitations: Type.Array(Invitation), next: nullable(text("A cursor.")) }),
);
const NewInvitation: TSchema = shape(
  "NewInvitation",
  Type.Object({
    ...invitation,
    link: Type.Optional(
      text("Where it can be accepted: shown once, so absent where an Idempotency-Key is answered again."),
    ),
    emailed: Type.Optional(
      Type.Boolean({ description: "Whether it went out by mail too; absent where no mail is sent." }),
    ),
  }),
);

export const Invite: TObject<{ email: TString; role: TString }> = Type.Object(
  { email: Type.String({ description: "At most 320 bytes." }), role },
  closed,
);
const token = Type.String({ description: "What comes after # in the invitation's link." });
export const InvitationToken: TObject<{ token: TString }> = Type.Object({ token }, closed);
export const Accept: TObject<{
  token: TString;
  name: TOptional<TString>;
  password: TOptional<TString>;
}> = Type.Object(
  { token, name: Type.Optional(Type.String()), password: Type.Optional(Type.String()) },
  closed,
);

const organization = Type.Object({ id: text(), slug: text(), name: text() });
const ReadInvitation: TSchema = shape(
  "ReadInvitation",
  Type.Object({
    organization,
    role,
    email: text(),
    expiresAt: time,
    hasAccount: Type.Boolean({
      description:
        "Whether the address has an account: then sign in first, else choose a name and a password.",
    }),
  }),
);
const Accepted: TSchema = shape(
  "AcceptedInvitation",
  Type.Object({ organization, role, user: Type.Object(userName) }),
);

export const invite: RouteSchema = {
  operationId: "invite",
  summary: "Invite someone to become a member",
  description:
    "The invitation can be accepted for 7 days, by whoever has its link. An address counts the same in any case.",
  tags: invitations,
  params: path("org"),
  headers: idempotencyKey,
  body: Invite,
  response: answers({ 201: json("The invitation, and once its link.", NewInvitation) }, [
    "reauthentication-needed",
    "organization-not-found",
    "organization-closed",
    "request-invalid",
    "invited-already",
    "member-already",
    "idempotency-key-reused",
  ]),
};

export const listInvitations: RouteSchema = {
  operationId: "listInvitations",
  summary: "List the open invitations, expired ones too",
  tags: invitations,
  params: path("org"),
  querystring: query(pageQuery),
  response: answers({ 200: json("A page.", InvitationPage) }, [
    "query-invalid",
    "cursor-invalid",
    "organization-not-found",
  ]),
};

export const withdrawInvitation: RouteSchema = {
  operationId: "withdrawInvitation",
  summary: "Withdraw an invitation",
  description: "Twice changes and records nothing.",
  tags: invitations,
  params: path("org", "invitation"),
  response: answers({ 204: empty("Its link does not work any more.") }, [
    "organization-not-found",
    "invitation-not-found",
    "invitation-used",
    "organization-closed",
  ]),
};

const usable = ["invitation-not-found", "invitation-used", "invitation-expired", "request-invalid"] as const;

export const readInvitation: RouteSchema = {
  operationId: "readInvitation",
  summary: "Read an invitation by its token",
  tags: invitations,
  security: [],
  body: InvitationToken,
  response: answers({ 200: json("What it says.", ReadInvitation) }, usable),
};

export const acceptInvitation: RouteSchema = {
  operationId: "acceptInvitation",
  summary: "Accept an invitation",
  description:
    "Signed in, with the token alone. Who has no account yet chooses a name and a password, and is signed in by the answer's cookie.",
  tags: invitations,
  security: [],
  body: Accept,
  response: answers({ 200: json("Membership.", Accepted) }, [
    ...usable,
    "sign-in-first",
    "member-already",
    "organization-closed",
    "cross-site",
    "overloaded",
  ]),
};
