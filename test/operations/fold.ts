/**
 * Folds Daybook's own events into rows, starting from earlier rows: the result is what the rows must be. The reserved log has the events
 * about accounts, and each organization's own log has all others.
 */
import type { RecordedEvent } from "daybook/internal";
import { formatTime } from "daybook/internal";
import { warningAt } from "../../server/src/api-clients/shown.ts";
import { addressKey, nameKey } from "../../server/src/store/contract/name-key.ts";
import { dayOf, daysBetween, endOf } from "../../server/src/tokens/dates.ts";
import { ofTheLog } from "./fold-log.ts";
import {
  counted,
  type EventData,
  type FoldStep,
  newOrganization,
  of,
  put,
  remove,
  set,
} from "./fold-rows.ts";
import type { News } from "./recorded.ts";
import type { Rows, TableRow } from "./rows.ts";

const by = ({ actor }: RecordedEvent): TableRow => {
  const { type, id, name } = actor!;
  return name === undefined ? { type, id } : { type, id, name };
};
const noCodesOf = (rows: Rows, user: string | null): void =>
  remove(rows, "one_time_code", (row) => row.user_id === user);

const accounts: Readonly<Record<string, FoldStep>> = {
  ORGANIZATION_ADDED: (rows, { occurredAt }, data) => newOrganization(rows, occurredAt, data),
  ORGANIZATION_CLOSED: (rows, { occurredAt: closed_at }, { organizationId }) =>
    set(rows, "organization", organizationId, { closed_at }),
  USER_ADDED: (rows, event, { userId: id, email, how, issuer = null, subject = null }) => {
    const is_operator = how === "SET_UP" || how === "OPERATOR";
    const who = { id, email, email_key: addressKey(email), name: event.targets![0]!.name };
    put(rows, "user_account", id, { ...who, issuer, subject, is_operator, created_at: event.occurredAt });
    if (how === "SET_UP") noCodesOf(rows, null);
  },
  USER_CHANGED: (rows, { changes = [] }, { userId, subject = null }) => {
    for (const { path, to = null } of changes) {
      if (path === "/name") set(rows, "user_account", userId, { name: to });
      if (path !== "/issuer") continue;
      set(rows, "user_account", userId, { issuer: to, subject });
      if (to !== null && rows.user_account![userId]!.is_operator === false) noCodesOf(rows, userId);
    }
  },
  OPERATOR_ADDED: (rows, _, { userId }) => {
    set(rows, "user_account", userId, { is_operator: true });
    if (rows.user_account![userId]!.subject === null) noCodesOf(rows, userId);
  },
  OPERATOR_REMOVED: (rows, _, { userId }) => set(rows, "user_account", userId, { is_operator: false }),
  PASSWORD_CHANGED: (rows, _, { userId, how }) => {
    if (how === "SET_UP") noCodesOf(rows, userId);
  },
  SIGN_IN_LINK_ISSUED: (rows, event, { userId = null, expiresAt: expires_at, credential: code_hash }) => {
    if (userId !== null) noCodesOf(rows, userId);
    put(rows, "one_time_code", code_hash, {
      user_id: userId,
      issued_by: event.recordedBy?.type === "operator" ? event.recordedBy.id : null,
      created_at: event.occurredAt,
      expires_at,
      code_hash,
    });
  },
  SIGN_IN: (
    rows,
    { occurredAt: created_at, context },
    { userId, sessionId: id, method, expiresAt, credential },
  ) =>
    put(rows, "session", id, {
      ...{ user_id: userId, id, method, user_agent: context?.userAgent ?? null },
      ...{ created_at, expires_at: expiresAt, token_hash: credential },
    }),
  SECOND_FACTOR_ADDED: (rows, { occurredAt: created_at }, { userId: user_id, kind }) => {
    if (kind === "TOTP") put(rows, "second_factor", user_id, { user_id, kind, created_at });
  },
  SECOND_FACTOR_REMOVED: (rows, _, { userId }) => remove(rows, "second_factor", (_, id) => id === userId),
  OPERATOR_TOKEN_REPLACED: (rows, { occurredAt }, { credential }) =>
    set(rows, "deployment", "true", { operator_token_hash: credential, operator_token_since: occurredAt }),
  PERSONAL_TOKEN_ADDED: (
    rows,
    { occurredAt: created_at },
    { tokenId: id, userId: user_id, tokenPrefix: prefix, credential: token_hash, expiresOn },
  ) => {
    const expires_at = formatTime(endOf(expiresOn));
    put(rows, "personal_token", id, { user_id, id, prefix, created_at, expires_at, token_hash });
  },
  PERSONAL_TOKEN_REMOVED: (rows, _, { tokenId }) => remove(rows, "personal_token", (_, id) => id === tokenId),
  SESSIONS_ENDED: (rows, _, { sessionIds }) => remove(rows, "session", (_, id) => sessionIds.includes(id)),
};

/** A team's version counts its changes, of which one may be told by two events. */
const teamChanged = (rows: Rows, { occurredAt }: RecordedEvent, id: string, change: TableRow): void => {
  const row = rows.team![id]!;
  const isTold = row.changed === occurredAt || row.created_at === occurredAt;
  set(rows, "team", id, { ...(isTold ? {} : counted(rows, "team", id)), ...change, changed: occurredAt });
};

const ofPeople: Readonly<Record<string, FoldStep>> = {
  ORGANIZATION_CHANGE: (rows, { organization: { id }, changes = [] }) => {
    const change = Object.fromEntries(changes.map(({ path, to = null }) => [path.slice(1), to]));
    set(rows, "organization", id, { ...counted(rows, "organization", id), ...change });
  },
  NEW_ORGANIZATION_MEMBER: (rows, event, { invitationId: id, email, role, expiresAt, credential }) =>
    put(rows, "invitation", id, {
      ...{
        ...of(event),
        id,
        email,
        email_key: addressKey(email),
        role,
        state: "open",
        invited_by: by(event),
      },
      ...{ created_at: event.occurredAt, expires_at: expiresAt, token_hash: credential },
    }),
  INVITATION_WITHDRAWN: (rows, _, { invitationId }) =>
    set(rows, "invitation", invitationId, { state: "withdrawn" }),
  ACCEPT_ORG_MEMBER_INVITE: (rows, event, { invitationId, userId, role }) => {
    set(rows, "invitation", invitationId, { state: "accepted" });
    const member = { ...of(event), user_id: userId, version: 1, role, joined_at: event.occurredAt };
    put(rows, "membership", `${event.organization.id} ${userId}`, member);
  },
  UPDATE_ORGANIZATION_MEMBER: (rows, event, { userId, role }) => {
    const key = `${event.organization.id} ${userId}`;
    set(rows, "membership", key, { ...counted(rows, "membership", key), role });
  },
  REMOVE_ORGANIZATION_MEMBER: (rows, event, { userId }) =>
    remove(rows, "membership", (_, key) => key === `${event.organization.id} ${userId}`),
  NEW_COLLABORATION: (rows, event, { principalType, principal, roles: [role] }) => {
    if (principalType === "TEAM") teamChanged(rows, event, principal, { role });
    else ofPeople.UPDATE_ORGANIZATION_MEMBER!(rows, event, { userId: principal, role });
  },
  REMOVE_COLLABORATION: (rows, event, { principal }) => teamChanged(rows, event, principal, { role: null }),
  NEW_TEAM: (rows, event, { teamId: id, team: name }) =>
    put(rows, "team", id, {
      ...of(event),
      id,
      version: 1,
      name,
      name_key: nameKey(name),
      role: null,
      created_at: event.occurredAt,
    }),
  TEAM_RENAMED: (rows, event, { teamId, team: name }) =>
    teamChanged(rows, event, teamId, { name, name_key: nameKey(name) }),
  REMOVE_TEAM: (rows, _, { teamId }) => {
    remove(rows, "team", (_, id) => id === teamId);
    remove(rows, "team_member", ({ team_id }) => team_id === teamId);
  },
  NEW_TEAM_MEMBER: (rows, event, { teamId: team_id, userId: user_id }) =>
    put(rows, "team_member", `${team_id} ${user_id}`, {
      ...of(event),
      user_id,
      team_id,
      joined_at: event.occurredAt,
    }),
  REMOVE_TEAM_MEMBER: (rows, _, { teamId, userId }) =>
    remove(rows, "team_member", (_, key) => key === `${teamId} ${userId}`),
};

const token = (event: RecordedEvent, { clientId, tokenPrefix, credential }: EventData): TableRow => ({
  ...{ ...of(event), client_id: clientId, prefix: tokenPrefix, created_at: event.occurredAt },
  ...{ works_until: null, token_hash: credential },
});

const ofClients: Readonly<Record<string, FoldStep>> = {
  API_CLIENT_ADDED: (rows, event, data) => {
    const { clientId: id, name, expiresOn, scopes } = data;
    const isMember = rows.membership![`${event.organization.id} ${event.actor?.id}`] !== undefined;
    const today = dayOf(BigInt(Date.parse(event.occurredAt)) * 1000n);
    put(rows, "api_client", id, {
      ...{ ...of(event), id, version: 1, name, name_key: nameKey(name), expires_on: expiresOn, scopes },
      ...{
        created_by: by(event),
        creator_id: isMember ? event.actor?.id : null,
        created_at: event.occurredAt,
      },
      ...{ expiry_warned: warningAt(daysBetween(today, expiresOn)), revoked_at: null, deleted_at: null },
    });
    put(rows, "api_client_token", data.credential, token(event, data));
  },
  API_CLIENT_UPDATED: (rows, _, { clientId: id, name }) =>
    set(rows, "api_client", id, { ...counted(rows, "api_client", id), name, name_key: nameKey(name) }),
  API_CLIENT_TOKEN_ROTATED: (rows, event, data) => {
    const { clientId: id, overlapUntil: works_until = "1970-01-01T00:00:00.000000Z" } = data;
    for (const [key, row] of Object.entries(rows.api_client_token!)) {
      const isLonger = row.works_until === null || (row.works_until as string) > works_until;
      if (row.client_id === id && isLonger) set(rows, "api_client_token", key, { works_until });
    }
    put(rows, "api_client_token", data.credential, token(event, data));
    set(rows, "api_client", id, counted(rows, "api_client", id));
  },
  API_CLIENT_REVOKED: (rows, { occurredAt: revoked_at }, { clientId: id }) =>
    set(rows, "api_client", id, { ...counted(rows, "api_client", id), revoked_at }),
  API_CLIENT_DELETED: (rows, { occurredAt: deleted_at }, { clientId: id }) =>
    set(rows, "api_client", id, { ...counted(rows, "api_client", id), deleted_at }),
  API_CLIENT_EXPIRES_SOON: (rows, _, { clientId, days }) =>
    set(rows, "api_client", clientId, { expiry_warned: days }),
  API_CLIENT_EXPIRED: (rows, _, { clientId }) => set(rows, "api_client", clientId, { expiry_warned: 0 }),
};

/** The rows that there must be after these events; what others recorded folds into nothing. */
export function folded(before: Rows, news: News): Rows {
  const rows: Rows = { ...before };
  const own = [...news.values()].flat().filter(({ recordedBy }) => recordedBy.own === true);
  for (const event of own.sort((a, b) =>
    a.occurredAt < b.occurredAt ? -1 : a.occurredAt > b.occurredAt ? 1 : 0,
  )) {
    const isReserved = event.organization.slug === "daybook";
    const step =
      (isReserved ? accounts[event.type] : undefined) ??
      ofPeople[event.type] ??
      ofClients[event.type] ??
      ofTheLog[event.type];
    step?.(rows, event, event.data ?? {});
  }
  for (const id of Object.keys(rows.team ?? {})) {
    const { changed: _, ...team } = rows.team![id]!;
    put(rows, "team", id, team);
  }
  return rows;
}
