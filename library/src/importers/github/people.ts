/** Maps payloads about members, collaborators and teams. */

import type { Json, JsonObject } from "../../event/index.ts";
import type { MemberRole } from "../../resources/index.ts";
import {
  apiOf,
  changed,
  type Draft,
  dataPlace,
  type Mapping,
  organizationOf,
  teamOf,
  userOf,
} from "./parties.ts";
import { at, id, need, object, text, time } from "./payload.ts";

/**
 * Roles in an organization. GitHub has owners ("admin") and members, who can create repositories: DESIGNER. Someone who was just removed is
 * "unaffiliated", and was at least a member.
 */
const roles: Readonly<Record<string, MemberRole>> = {
  admin: "OWNER",
  member: "DESIGNER",
  direct_member: "DESIGNER",
  unaffiliated: "DESIGNER",
};

function roleOf(role: string): MemberRole | undefined {
  return Object.hasOwn(roles, role) ? roles[role] : undefined;
}

const email = (account: Json | undefined): { email?: string } => {
  const found = text(account, "email");
  return found === undefined ? {} : { email: found };
};

export const memberInvited: Mapping = (payload) => {
  const invitation = need(object, payload, "invitation");
  const role = roleOf(need(text, invitation, "role"));
  if (role === undefined) return `the role '${text(invitation, "role")}' is not one of Daybook's roles`;
  const user = object(payload, "user");
  const target = user ? userOf(user) : { type: "user", id: `invitation_${need(id, invitation, "id")}` };
  return [
    {
      type: "NEW_ORGANIZATION_MEMBER",
      targets: [target],
      data: { ...(user ? { userId: target.id } : {}), ...email(invitation), role },
      at: time(invitation, "created_at"),
    },
  ];
};

const membership =
  (type: string): Mapping =>
  (payload) => {
    const found = need(object, payload, "membership");
    const role = roleOf(need(text, found, "role"));
    if (role === undefined) return `the role '${text(found, "role")}' is not one of Daybook's roles`;
    const user = need(object, found, "user");
    const target = userOf(user);
    const how = id(payload, "sender", "id") === target.id ? "LEFT" : "REMOVED";
    const data = { userId: target.id, ...email(user), role };
    return [
      { type, targets: [target], data: type === "REMOVE_ORGANIZATION_MEMBER" ? { ...data, how } : data },
    ];
  };
export const memberAdded: Mapping = membership("ACCEPT_ORG_MEMBER_INVITE");
export const memberRemoved: Mapping = membership("REMOVE_ORGANIZATION_MEMBER");

export const organizationRenamed: Mapping = (payload) => {
  const organization = need(object, payload, "organization");
  const from = need(text, payload, "changes", "login", "from");
  const changes = changed("/name", from, need(text, organization, "login"));
  if (changes.length === 0) return "the name before and the name after are the same";
  return [{ type: "ORGANIZATION_CHANGE", targets: [organizationOf(organization)], changes }];
};

/** GitHub's permissions on a repository, from strongest to weakest. */
const permissions: readonly string[] = ["admin", "maintain", "push", "triage", "pull"];

/** The strongest of `{admin: false, push: true, pull: true}`, as a list of one; an empty list if there is none. */
const strongest = (granted: Json | undefined): string[] =>
  permissions.filter((permission) => at(granted, permission) === true).slice(0, 1);

const only = (role: string | undefined): string[] => (role === undefined ? [] : [role]);

function collaboration(
  type: string,
  payload: JsonObject,
  granted: { roles: string[]; oldRoles?: string[] },
): Draft {
  const repository = need(object, payload, "repository");
  const team = object(payload, "team");
  const principal = team ? teamOf(team) : userOf(need(object, payload, "member"));
  const { roles: now, oldRoles } = granted;
  return {
    type,
    targets: [principal, apiOf(repository)],
    ...(oldRoles && now.length > 0 ? { changes: changed("/roles", oldRoles.join(), now.join()) } : {}),
    data: {
      resourceType: "API",
      resource: need(text, dataPlace(repository), "objectPath"),
      principalType: team ? "TEAM" : "USER",
      principal: principal.id,
      roles: now,
      ...(oldRoles ? { oldRoles } : {}),
    },
  };
}

/** If a payload doesn't name the permission, `roles` is empty. */
export const collaboratorAdded: Mapping = (payload) => [
  collaboration("NEW_COLLABORATION", payload, {
    roles: only(text(payload, "changes", "role_name", "to") ?? text(payload, "changes", "permission", "to")),
  }),
];

export const collaboratorEdited: Mapping = (payload) => {
  const changes = object(payload, "changes");
  const from = text(changes, "old_permission", "from") ?? text(changes, "permission", "from");
  if (from === undefined) return "the permission was not changed";
  const to = only(text(changes, "permission", "to"));
  return [collaboration("NEW_COLLABORATION", payload, { roles: to, oldRoles: [from] })];
};

export const collaboratorRemoved: Mapping = (payload) => [
  collaboration("REMOVE_COLLABORATION", payload, { roles: [] }),
];

export const teamGotRepository: Mapping = (payload) => {
  const granted = only(text(payload, "repository", "role_name"));
  const found = granted.length > 0 ? granted : strongest(at(payload, "repository", "permissions"));
  return [collaboration("NEW_COLLABORATION", payload, { roles: found })];
};

export const teamLostRepository: Mapping = (payload) => [
  collaboration("REMOVE_COLLABORATION", payload, { roles: [] }),
];

export const teamEdited: Mapping = (payload) => {
  const before = at(payload, "changes", "repository", "permissions", "from");
  if (before !== undefined && object(payload, "repository")) {
    const found = strongest(at(payload, "repository", "permissions"));
    return [collaboration("NEW_COLLABORATION", payload, { roles: found, oldRoles: strongest(before) })];
  }
  if (at(payload, "changes", "name") !== undefined)
    return "the team was renamed, and TEAM_RENAMED is recorded by Daybook itself only";
  return "no event type matches this change of a team";
};

const team =
  (type: string, timeOf: (payload: JsonObject) => bigint | undefined): Mapping =>
  (payload) => {
    const target = teamOf(object(payload, "team"));
    const data = { teamId: target.id, team: target.name ?? "" };
    return [{ type, targets: [target], data, at: timeOf(payload) }];
  };
export const teamCreated: Mapping = team("NEW_TEAM", (payload) => time(payload, "team", "created_at"));
export const teamDeleted: Mapping = team("REMOVE_TEAM", () => undefined);

const teamMember =
  (type: string): Mapping =>
  (payload) => {
    if (text(payload, "scope") === "organization")
      return "the organization's membership event has the same information";
    const found = teamOf(object(payload, "team"));
    const member = need(object, payload, "member");
    const user = userOf(member);
    return [
      {
        type,
        targets: [user, found],
        data: { teamId: found.id, team: found.name ?? "", userId: user.id, ...email(member) },
      },
    ];
  };
export const teamMemberAdded: Mapping = teamMember("NEW_TEAM_MEMBER");
export const teamMemberRemoved: Mapping = teamMember("REMOVE_TEAM_MEMBER");
