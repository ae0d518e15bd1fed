/** OpenAPI schemas for the routes of invitations and their bodies. */
import { type TObject, type TOptional, type TString, Type } from "typebox";
import { role, userName } from "./members.ts";
import { answers, empty, idempotencyKey, json, path, type RouteSchema } from "./pieces.ts";
import { pageQuery, query } from "./queries.ts";
import { closed, type InlineShape, inline, nullable, shape, text, time } from "./shapes.ts";

const invitations = ["Invitations"];

const invitation = {
  id: text("`invitation_…`"),
  email: text(),
  role,
  invitedBy: Type.Object({ type: text(), id: text(), name: Type.Optional(text()) }),
  createdAt: time,
  expiresAt: time,
  expired: Type.Boolean({ description: "Whether the invitation has expired." }),
  inviterMay: Type.Boolean({
    description:
      "Whether `invitedBy` may still invite people: an owner, an operator, or a valid operator token. If not, the invitation can't be accepted.",
  }),
};
const Invitation = shape("Invitation", Type.Object(invitation));
const InvitationPage = shape(
  "InvitationPage",
  Type.Object({ invitations: Type.Array(Invitation), next: nullable(text("A cursor.")) }),
);
const NewInvitation = shape(
  "NewInvitation",
  Type.Object({
    ...invitation,
    link: Type.Optional(
      text(
        "The link for accepting the invitation. It is shown once, and is absent when a request with the same Idempotency-Key is repeated.",
      ),
    ),
    emailed: Type.Optional(
      Type.Boolean({
        description: "Whether Daybook also sent it by mail. Absent if no mail server is configured.",
      }),
    ),
  }),
);

export const Invite: InlineShape<"Invite"> = inline(
  "Invite",
  Type.Object({ email: Type.String({ description: "At most 320 bytes." }), role }, closed),
);
const token = Type.String({ description: "The part of the invitation link after #." });
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
const ReadInvitation = shape(
  "ReadInvitation",
  Type.Object({
    organization,
    role,
    email: text(),
    expiresAt: time,
    hasAccount: Type.Boolean({
      description:
        "Whether the address has an account. If so, sign in first; otherwise choose a name and a password.",
    }),
  }),
);
const Accepted = shape(
  "AcceptedInvitation",
  Type.Object({ organization, role, user: Type.Object(userName) }),
);

export const invite: RouteSchema = {
  operationId: "invite",
  summary: "Invite someone to become a member",
  description:
    "The invitation can be accepted for 7 days, by a person who has the link. Upper and lower case in the address make no difference.",
  tags: invitations,
  params: path("org"),
  headers: idempotencyKey,
  body: Invite,
  response: answers({ 201: json("The invitation, with its link, which is shown once.", NewInvitation) }, [
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
  summary: "List the open invitations, including expired ones",
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
  description: "A repeat has no effect, and records no event.",
  tags: invitations,
  params: path("org", "invitation"),
  response: answers({ 204: empty("Its link no longer works.") }, [
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
  response: answers({ 200: json("The invitation.", ReadInvitation) }, usable),
};

export const acceptInvitation: RouteSchema = {
  operationId: "acceptInvitation",
  summary: "Accept an invitation",
  description:
    "A signed-in person sends only the token. A person without an account also sends a name and a password, and the response's cookie signs them in.",
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
