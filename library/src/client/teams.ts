/** Teams: groups of members with a name, and possibly a role. */
import type { NewTeam, Person, Team, TeamRole } from "../resources/index.ts";
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
import type { Lenient } from "./lenient.ts";
import type { Settings } from "./options.ts";
import { allOf, type ListOptions } from "./pages.ts";
import { pathOf } from "./query.ts";

/** Manages teams. Daybook refuses tokens of API clients (`not-allowed`). Calls about a team that doesn't exist throw `team-not-found`. */
export interface Teams {
  /** Adds a team; retries add it only once. Throws `name-taken`, `request-invalid`. */
  add(team: Lenient<NewTeam>, options?: CallOptions): Promise<Tagged<Team>>;
  /** All teams. */
  list(options?: ListOptions): AsyncIterable<Team>;
  /** One team, with its entity tag. */
  get(id: string, options?: CallOptions): Promise<Tagged<Team>>;
  /** Throws `name-taken`, `changed-meanwhile`. */
  rename(id: string, name: string, options?: ChangeOptions): Promise<Tagged<Team>>;
  /** null removes the role. Throws `changed-meanwhile`. */
  changeRole(id: string, role: TeamRole | null, options?: ChangeOptions): Promise<Tagged<Team>>;
  /** Removes the team; its members stay in the organization. Throws `changed-meanwhile`. */
  remove(id: string, options?: ChangeOptions): Promise<void>;
  /** The members of the team. */
  members(id: string, options?: ListOptions): AsyncIterable<Person>;
  /** Repeating it has no effect. Throws `member-not-found` if they aren't a member of the organization. */
  addMember(id: string, user: string, options?: CallOptions): Promise<void>;
  /** Repeating it has no effect. Throws `member-not-found` if they aren't a member of the organization. */
  removeMember(id: string, user: string, options?: CallOptions): Promise<void>;
}

const at = (...parts: string[]): string => pathOf("teams", ...parts);

/** The teams of the client's organization. */
export const teamsOf = (settings: Settings): Teams => ({
  add: async (body, options) => post(settings, { path: at(), body, ...options }, tagged<Team>),
  list: (options) => allOf(settings, { path: at(), name: "teams" }, options),
  get: async (id, options) => readOne(settings, { path: at(id), ...options }),
  rename: async (id, name, options) => change(settings, { path: at(id), body: { name }, ...options }),
  changeRole: async (id, role, options) => change(settings, { path: at(id), body: { role }, ...options }),
  remove: async (id, options) => remove(settings, { path: at(id), ...options }),
  members: (id, options) => allOf(settings, { path: at(id, "members"), name: "members" }, options),
  addMember: async (id, user, options) => put(settings, { path: at(id, "members", user), ...options }),
  removeMember: async (id, user, options) => remove(settings, { path: at(id, "members", user), ...options }),
});
