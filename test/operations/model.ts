/**
 * An organization according to its log alone, with its events replayed into clients, teams, members, invitations and settings; and
 * according to its rows, from the API. The two must agree, whatever failed meanwhile.
 */
import type { RecordedEvent } from "daybook/internal";

/** One kind of thing, by id. */
type Things<T> = Record<string, T>;

export interface ModelState {
  readonly settings: Record<string, unknown>;
  readonly clients: Things<{ name: unknown; status: string }>;
  readonly teams: Things<{ name: unknown; role: unknown; members: string[] }>;
  /** Roles. */
  readonly members: Things<unknown>;
  /** Open ones: addresses. */
  readonly invitations: Things<unknown>;
}

const nothing = (): ModelState => ({ settings: {}, clients: {}, teams: {}, members: {}, invitations: {} });

/** What the data of these types has; which of it, the type says. */
interface ModelData {
  readonly clientId: string;
  readonly name: string;
  readonly teamId: string;
  readonly team: string;
  readonly userId: string;
  readonly email: string;
  readonly role: string;
  readonly principalType: string;
  readonly principal: string;
  readonly roles: readonly string[];
}
type ModelStep = (state: ModelState, event: RecordedEvent, data: ModelData) => void;

const targetOf = (event: RecordedEvent): string => event.targets?.[0]?.id ?? "";

const steps: Readonly<Record<string, ModelStep>> = {
  ORGANIZATION_CHANGE: ({ settings }, { changes = [] }) => {
    for (const { path, to } of changes) settings[path.slice(1)] = to ?? null;
  },
  API_CLIENT_ADDED: ({ clients }, _, { clientId, name }) => {
    clients[clientId] = { name, status: "active" };
  },
  API_CLIENT_UPDATED: ({ clients }, _, { clientId, name }) => {
    clients[clientId]!.name = name;
  },
  API_CLIENT_REVOKED: ({ clients }, _, { clientId }) => {
    clients[clientId]!.status = "revoked";
  },
  API_CLIENT_DELETED: ({ clients }, _, { clientId }) => {
    delete clients[clientId];
  },
  NEW_TEAM: ({ teams }, _, { teamId, team }) => {
    teams[teamId] = { name: team, role: null, members: [] };
  },
  TEAM_RENAMED: ({ teams }, _, { teamId, team }) => {
    teams[teamId]!.name = team;
  },
  REMOVE_TEAM: ({ teams }, _, { teamId }) => {
    delete teams[teamId];
  },
  NEW_TEAM_MEMBER: ({ teams }, _, { teamId, userId }) => {
    const { members } = teams[teamId]!;
    members.push(userId);
    members.sort();
  },
  REMOVE_TEAM_MEMBER: ({ teams }, _, { teamId, userId }) => {
    const { members } = teams[teamId]!;
    members.splice(members.indexOf(userId), 1);
  },
  NEW_COLLABORATION: ({ teams, members }, _, { principalType, principal, roles }) => {
    if (principalType === "TEAM") teams[principal]!.role = roles[0];
    else members[principal] = roles[0];
  },
  REMOVE_COLLABORATION: ({ teams }, _, { principal }) => {
    teams[principal]!.role = null;
  },
  NEW_ORGANIZATION_MEMBER: ({ invitations }, event, { email }) => {
    invitations[targetOf(event)] = email;
  },
  INVITATION_WITHDRAWN: ({ invitations }, event) => {
    delete invitations[targetOf(event)];
  },
  ACCEPT_ORG_MEMBER_INVITE: ({ members, invitations }, _, { userId, email, role }) => {
    members[userId] = role;
    for (const [id, address] of Object.entries(invitations)) if (address === email) delete invitations[id];
  },
  UPDATE_ORGANIZATION_MEMBER: ({ members }, _, { userId, role }) => {
    members[userId] = role;
  },
};

/** Events of one log, the oldest first, replayed. */
export function replayed(events: readonly RecordedEvent[], begun: Pick<ModelState, "settings">): ModelState {
  const state: ModelState = { ...nothing(), settings: { ...begun.settings } };
  for (const event of events) steps[event.type]?.(state, event, (event.data ?? {}) as unknown as ModelData);
  return state;
}

/** What is listed of clients, teams, members and invitations. */
export interface ModelRow {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly role: string | null;
  readonly email: string;
  readonly user: { readonly id: string };
}

/** Reads what `path` lists, page by page. */
type List = (path: string) => Promise<readonly ModelRow[]>;

/** The rows of an organization, as the API answers. */
export async function shownState(
  org: string,
  list: List,
  settings: Record<string, unknown>,
): Promise<ModelState> {
  const state: ModelState = { ...nothing(), settings };
  for (const { id, name, status } of await list(`${org}/api-clients`)) state.clients[id] = { name, status };
  for (const { id, name, role } of await list(`${org}/teams`)) {
    const members = (await list(`${org}/teams/${id}/members`)).map(({ id }) => id);
    state.teams[id] = { name, role, members: members.sort() };
  }
  for (const { user, role } of await list(`${org}/members`)) state.members[user.id] = role;
  for (const { id, email } of await list(`${org}/invitations`)) state.invitations[id] = email;
  return state;
}
