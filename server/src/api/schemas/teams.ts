/** OpenAPI schemas for the routes of teams and their members, and their bodies. */
import { Type } from "typebox";
import { teamRole, userName } from "./members.ts";
import { answers, empty, idempotencyKey, ifMatch, json, path, type RouteSchema } from "./pieces.ts";
import { pageQuery, query, reasonQuery } from "./queries.ts";
import { closed, type InlineShape, inline, nullable, shape, text, time } from "./shapes.ts";

const teams = ["Teams"];

const name = Type.String({
  description: "1 to 200 characters, unique in the organization regardless of case.",
});
const roleOrNone = Type.Union([teamRole, Type.Null()], {
  description: "The role that its members have in addition to their own. null: no role.",
});

const Team = shape(
  "Team",
  Type.Object({
    id: text("`team_…`"),
    name: text(),
    role: roleOrNone,
    members: Type.Integer({ minimum: 0, description: "How many." }),
    createdAt: time,
  }),
);
const TeamPage = shape(
  "TeamPage",
  Type.Object({ teams: Type.Array(Team), next: nullable(text("A cursor.")) }),
);
const TeamMemberPage = shape(
  "TeamMemberPage",
  Type.Object({ members: Type.Array(Type.Object(userName)), next: nullable(text("A cursor.")) }),
);

export const NewTeam: InlineShape<"NewTeam"> = inline(
  "NewTeam",
  Type.Object({ name, role: Type.Optional(roleOrNone) }, closed),
);
export const ChangeTeam: InlineShape<"ChangeTeam"> = inline(
  "ChangeTeam",
  Type.Object({ name: Type.Optional(name), role: Type.Optional(roleOrNone) }, closed),
);

const lists = ["query-invalid", "cursor-invalid", "organization-not-found"] as const;
const notFound = ["organization-not-found", "team-not-found"] as const;
const changing = ["request-invalid", "name-taken", "organization-closed"] as const;

export const listTeams: RouteSchema = {
  operationId: "listTeams",
  summary: "List an organization's teams",
  tags: teams,
  params: path("org"),
  querystring: query(pageQuery),
  response: answers({ 200: json("A page.", TeamPage) }, lists),
};

export const addTeam: RouteSchema = {
  operationId: "addTeam",
  summary: "Add a team",
  tags: teams,
  params: path("org"),
  headers: idempotencyKey,
  body: NewTeam,
  response: answers({ 201: json("The team, with its ETag.", Team) }, [
    "organization-not-found",
    ...changing,
    "idempotency-key-reused",
  ]),
};

export const readTeam: RouteSchema = {
  operationId: "readTeam",
  summary: "Read a team",
  tags: teams,
  params: path("org", "team"),
  response: answers({ 200: json("The team, with its ETag.", Team) }, notFound),
};

export const changeTeam: RouteSchema = {
  operationId: "changeTeam",
  summary: "Change a team's name or role",
  description:
    "Omitted members stay as they are. Setting the same values has no effect, and records no event.",
  tags: teams,
  params: path("org", "team"),
  headers: ifMatch,
  body: ChangeTeam,
  response: answers({ 200: json("The team, with its ETag.", Team) }, [
    ...notFound,
    ...changing,
    "changed-meanwhile",
  ]),
};

export const removeTeam: RouteSchema = {
  operationId: "removeTeam",
  summary: "Remove a team",
  description: "The people in it stay members of the organization.",
  tags: teams,
  params: path("org", "team"),
  querystring: query(reasonQuery),
  headers: ifMatch,
  response: answers({ 204: empty("The team is removed.") }, [
    "reauthentication-needed",
    "request-invalid",
    "query-invalid",
    ...notFound,
    "organization-closed",
    "changed-meanwhile",
  ]),
};

export const listTeamMembers: RouteSchema = {
  operationId: "listTeamMembers",
  summary: "List the members of a team",
  tags: teams,
  params: path("org", "team"),
  querystring: query(pageQuery),
  response: answers({ 200: json("A page.", TeamMemberPage) }, [...lists, "team-not-found"]),
};

const moving = [...notFound, "member-not-found", "organization-closed"] as const;

export const addTeamMember: RouteSchema = {
  operationId: "addTeamMember",
  summary: "Put a member of the organization into a team",
  description: "A repeat has no effect, and records no event.",
  tags: teams,
  params: path("org", "team", "user"),
  response: answers({ 204: empty("They are in it.") }, moving),
};

export const removeTeamMember: RouteSchema = {
  operationId: "removeTeamMember",
  summary: "Take someone out of a team",
  description: "A repeat has no effect, and records no event.",
  tags: teams,
  params: path("org", "team", "user"),
  response: answers({ 204: empty("They are not in it.") }, moving),
};
