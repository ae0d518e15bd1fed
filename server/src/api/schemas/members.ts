/** OpenAPI schemas for the routes of members and their bodies. */
import { type MemberRole, memberRoles, type TeamRole, teamRoles } from "daybook/internal";
import { type TEnum, type TString, Type } from "typebox";
import { answers, empty, ifMatch, json, path, type RouteSchema } from "./pieces.ts";
import { pageQuery, query, reasonQuery } from "./queries.ts";
import { closed, type InlineShape, inline, nullable, shape, text, time } from "./shapes.ts";

const members = ["Members"];

/** A role of a member, or of a team, which is never OWNER. */
export const role: TEnum<MemberRole[]> = Type.Enum([...memberRoles] as MemberRole[]);
export const teamRole: TEnum<TeamRole[]> = Type.Enum([...teamRoles] as TeamRole[]);

/** A person as other members see them. */
export const userName: { id: TString; name: TString; email: TString } = {
  id: text("`user_…`"),
  name: text(),
  email: text(),
};

const Member = shape(
  "Member",
  Type.Object({
    user: Type.Object(userName),
    role,
    teamRoles: Type.Array(teamRole, { description: "The roles that their teams add." }),
    joinedAt: time,
  }),
);
const MemberPage = shape(
  "MemberPage",
  Type.Object({ members: Type.Array(Member), next: nullable(text("A cursor.")) }),
);

export const ChangeMember: InlineShape<"ChangeMember"> = inline(
  "ChangeMember",
  Type.Object({ role }, closed),
);

export const listMembers: RouteSchema = {
  operationId: "listMembers",
  summary: "List an organization's members",
  tags: members,
  params: path("org"),
  querystring: query(pageQuery),
  response: answers({ 200: json("A page.", MemberPage) }, [
    "query-invalid",
    "cursor-invalid",
    "organization-not-found",
  ]),
};

const notFound = ["organization-not-found", "member-not-found"] as const;
const changing = [...notFound, "organization-closed", "last-owner", "changed-meanwhile"] as const;

export const readMember: RouteSchema = {
  operationId: "readMember",
  summary: "Read a member",
  tags: members,
  params: path("org", "user"),
  response: answers({ 200: json("The member, with their ETag.", Member) }, notFound),
};

export const changeMember: RouteSchema = {
  operationId: "changeMember",
  summary: "Change a member's role",
  description:
    "Setting the same role has no effect, and records no event. An organization always keeps an owner.",
  tags: members,
  params: path("org", "user"),
  headers: ifMatch,
  body: ChangeMember,
  response: answers({ 200: json("The member, with their ETag.", Member) }, [
    ...changing,
    "reauthentication-needed",
    "request-invalid",
  ]),
};

export const endMembership: RouteSchema = {
  operationId: "endMembership",
  summary: "Remove a member, or leave",
  description:
    "A removed member leaves all teams, and their sessions end immediately. A member who leaves stays signed in. An organization always keeps an owner.",
  tags: members,
  params: path("org", "user"),
  querystring: query(reasonQuery),
  headers: ifMatch,
  response: answers({ 204: empty("They are no longer a member.") }, [
    ...changing,
    "query-invalid",
    "reauthentication-needed",
  ]),
};
