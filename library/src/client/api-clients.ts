/** API clients: the machines that write and read here, each with a token, an end and scopes. */
import type { Source } from "../event/index.ts";
import type { AuditEvent } from "./audit-event.ts";
import {
  type CallOptions,
  type ChangeOptions,
  change,
  post,
  readOne,
  remove,
  type Tagged,
  tagged,
} from "./changes.ts";
import type { Settings } from "./options.ts";
import { allOf, type ListOptions } from "./pages.ts";
import { pathOf } from "./query.ts";

/** What an API client may do, in its own organization. */
export type Scope =
  | "events:write"
  | "events:read"
  | "events:import"
  | "audit-log:download"
  | "event-types:write";
/** Every scope. */
export const scopes: readonly Scope[] = [
  "events:write",
  "events:read",
  "events:import",
  "audit-log:download",
  "event-types:write",
];

/** An API client as the lists show it: never with its token. */
export interface ApiClient {
  /** `client_…`; for ever. */
  readonly id: string;
  readonly name: string;
  /** A day, e.g. `2027-05-31`: it works until the end of it, UTC. */
  readonly expiresOn: string;
  readonly status: "active" | "expired" | "revoked";
  readonly scopes: readonly Scope[];
  /** As they were when they added it; `hasLeft`: they were a member then, and are none now. */
  readonly createdBy: {
    readonly type: string;
    readonly id: string;
    readonly name?: string;
    readonly hasLeft: boolean;
  };
  /** RFC 3339, UTC, six decimals. */
  readonly createdAt: string;
  /** The day (UTC) of the last request that its token let in; null: none yet. */
  readonly lastUsedOn: string | null;
  /** The start of the newest token: `dbk_live_` and 6 characters, which help to trace a leaked token. */
  readonly tokenPrefix: string;
  /** For an active client: the number of days within which it expires. */
  readonly expiresWithinDays: 7 | 30 | null;
}

/**
 * A client and its new token, which Daybook shows this once and keeps as a hash only. The token is absent where the answer was lost
 * on its way and asked for again: the client is there, and `rotate` gives it another token.
 */
export type IssuedApiClient = Tagged<ApiClient> & { readonly token?: string };

export interface NewApiClient {
  /** 1 to 100 characters, unique among clients that are not deleted, regardless of case. */
  readonly name: string;
  /** A day from tomorrow to 12 months ahead, UTC, e.g. `2027-05-31`. It can't be changed later. */
  readonly expiresOn: string;
  /** At least one. They can't be changed later. */
  readonly scopes: readonly Scope[];
}

/** For owners and operators: a token of an API client is refused here (`not-allowed`), whatever its scopes. */
export interface ApiClients {
  /**
   * Adds one and gives its token. It is done once, however often it had to be sent; of an answer that was lost on its way the repeat
   * has no token: rotate then. Throws `request-invalid`, `name-taken`, `organization-closed`.
   */
  add(client: NewApiClient, options?: CallOptions): Promise<IssuedApiClient>;
  /** All, the newest first; revoked and expired ones too, deleted ones not. */
  list(options?: ListOptions): AsyncIterable<ApiClient>;
  /** Throws `api-client-not-found`. */
  get(id: string, options?: CallOptions): Promise<Tagged<ApiClient>>;
  /** Throws `api-client-not-found`, `api-client-revoked`, `name-taken`, `changed-meanwhile`. */
  rename(id: string, name: string, options?: ChangeOptions): Promise<Tagged<ApiClient>>;
  /**
   * Gives it a new token. Those that it had work for `overlapMinutes` more (0 to 10,080, default 0: they stop at once). It is done
   * once, as `add` is: where the repeat of a lost answer has no token, rotate again.
   * Throws `api-client-not-found`, `api-client-revoked`, `api-client-expired`.
   */
  rotate(id: string, options?: CallOptions & { readonly overlapMinutes?: number }): Promise<IssuedApiClient>;
  /** Stops it at once and for good; it stays listed. `reason`: at most 4,096 bytes, for the log. Throws `api-client-not-found`. */
  revoke(id: string, options?: CallOptions & { readonly reason?: string }): Promise<Tagged<ApiClient>>;
  /** Stops it at once and for good, and lists it no more; its history stays. Throws `api-client-not-found`. */
  delete(id: string, options?: CallOptions): Promise<void>;
  /**
   * What Daybook did to it, newest first; of a deleted one too. With `recordedBy: "others"` what others reported about it instead,
   * which Daybook did not see. Throws `api-client-not-found`.
   */
  history(id: string, options?: ListOptions & { readonly recordedBy?: Source }): AsyncIterable<AuditEvent>;
}

const at = (...parts: string[]): string => pathOf("api-clients", ...parts);

/** The API clients of the organization that the settings name. */
export const apiClientsOf = (settings: Settings): ApiClients => ({
  add: async (body, options) => post(settings, { path: at(), body, ...options }, tagged<ApiClient>),
  list: (options) => allOf(settings, { path: at(), name: "apiClients" }, options),
  get: async (id, options) => readOne(settings, { path: at(id), ...options }),
  rename: async (id, name, options) => change(settings, { path: at(id), body: { name }, ...options }),
  rotate: async (id, { signal, ...body } = {}) =>
    post(settings, { path: at(id, "rotate"), body, signal }, tagged<ApiClient>),
  revoke: async (id, { signal, ...body } = {}) =>
    post(settings, { path: at(id, "revoke"), body, signal }, tagged<ApiClient>),
  delete: async (id, options) => remove(settings, { path: at(id), ...options }),
  history: (id, options) => allOf(settings, { path: at(id, "history"), name: "events" }, options),
});
