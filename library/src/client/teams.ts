/** Teams: some of the members under a name, who may have a role by it. */
import {
  type CallOptions,
  type ChangeOptions,
  change,
  post,
  put,
  readOne,
  remove,
  type Tagged,
  tagged,
} from "./changes.ts";
import type { Person, TeamRole } from "./members.ts";
import type { Settings } from "./options.ts";
import { allOf, type ListOptions } from "./pages.ts";
import { pathOf } from "./query.ts";

export interface Team {
  /** `team_…` */
  readonly id: string;
  readonly name: string;
  /** What its members may besides what their own role lets them; null: nothing more. */
  readonly role: TeamRole | null;
  /** How many are in it. */
  readonly members: number;
  /** RFC 3339, UTC, six decimals. */
  readonly createdAt: string;
}

export interface NewTeam {
  /** 1 to 200 characters, unique in the organization regardless of case. */
  readonly name: string;
  readonly role?: TeamRole | null;
}

/** Machines are refused here (`not-allowed`). What names a team that is not there throws `team-not-found`. */
export interface Teams {
  /** Done once, however often it had to be sent. Throws `name-taken`, `request-invalid`. */
  add(team: NewTeam, options?: CallOptions): Promise<Tagged<Team>>;
  list(options?: ListOptions): AsyncIterable<Team>;
  get(id: string, options?: CallOptions): Promise<Tagged<Team>>;
  /** Throws `name-taken`, `changed-meanwhile`. */
  rename(id: string, name: string, options?: ChangeOptions): Promise<Tagged<Team>>;
  /** null takes the role away. Throws `changed-meanwhile`. */
  setRole(id: string, role: TeamRole | null, options?: ChangeOptions): Promise<Tagged<Team>>;
  /** The people in it stay members of the organization. Throws `changed-meanwhile`. */
  remove(id: string, options?: ChangeOptions): Promise<void>;
  /** Who is in it. */
  members(id: string, options?: ListOptions): AsyncIterable<Person>;
  /** Twice does nothing. Throws `member-not-found` for who is no member of the organization. */
  addMember(id: string, user: string, options?: CallOptions): Promise<void>;
  /** Twice does nothing. Throws `member-not-found` for who is no member of the organization. */
  removeMember(id: string, user: string, options?: CallOptions): Promise<void>;
}

const at = (...parts: string[]): string => pathOf("teams", ...parts);

/** The teams of the organization that the settings name. */
export const teamsOf = (settings: Settings): Teams => ({
  add: async (body, options) => post(settings, { path: at(), body, ...options }, tagged<Team>),
  list: (options) => allOf(settings, { path: at(), name: "teams" }, options),
  get: async (id, options) => readOne(settings, { path: at(id), ...options }),
  rename: async (id, name, options) => change(settings, { path: at(id), body: { name }, ...options }),
  setRole: async (id, role, options) => change(settings, { path: at(id), body: { role }, ...options }),
  remove: async (id, options) => remove(settings, { path: at(id), ...options }),
  members: (id, options) => allOf(settings, { path: at(id, "members"), name: "members" }, options),
  addMember: async (id, user, options) => put(settings, { path: at(id, "members", user), ...options }),
  removeMember: async (id, user, options) => remove(settings, { path: at(id, "members", user), ...options }),
});
