/** API clients: machines that write and read an organization's log, each with a token, an expiry date and scopes. */
import type { Source } from "../event/index.ts";
import type { ApiClient, IssuedApiClient, NewApiClient } from "../resources/index.ts";
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
import { pathOf, queryOf } from "./query.ts";

/** Manages API clients, for owners and operators. Daybook refuses tokens of API clients (`not-allowed`), whatever their scopes. */
export interface ApiClients {
  /**
   * Adds a client and returns its token. Retries add it only once; if the first response was lost, the result has no token: use `rotate`.
   * Throws `request-invalid`, `name-taken`, `organization-closed`.
   */
  add(client: NewApiClient, options?: CallOptions): Promise<Tagged<IssuedApiClient>>;
  /** All clients, newest first, including revoked and expired ones, without deleted ones. */
  list(options?: ListOptions): AsyncIterable<ApiClient>;
  /** Throws `api-client-not-found`. */
  get(id: string, options?: CallOptions): Promise<Tagged<ApiClient>>;
  /** Throws `api-client-not-found`, `api-client-revoked`, `name-taken`, `changed-meanwhile`. */
  rename(id: string, name: string, options?: ChangeOptions): Promise<Tagged<ApiClient>>;
  /**
   * Gives the client a new token. Its old tokens work for `overlapMinutes` more (0 to 10,080; the default 0 ends them immediately). Retries
   * rotate it only once, as for `add`; if the result has no token, rotate again. Throws `api-client-not-found`, `api-client-revoked`,
   * `api-client-expired`.
   */
  rotate(
    id: string,
    options?: CallOptions & { readonly overlapMinutes?: number | undefined },
  ): Promise<Tagged<IssuedApiClient>>;
  /**
   * Permanently stops the client, immediately; it stays in the list. `reason`: at most 4,096 bytes, for the log. Throws
   * `api-client-not-found`.
   */
  revoke(
    id: string,
    options?: CallOptions & { readonly reason?: string | undefined },
  ): Promise<Tagged<ApiClient>>;
  /**
   * Permanently stops the client, immediately, and removes it from the list; its history stays. `reason`: at most 4,096 bytes, for the log.
   * Throws `api-client-not-found`.
   */
  delete(id: string, options?: CallOptions & { readonly reason?: string | undefined }): Promise<void>;
  /**
   * What Daybook did to the client, newest first; also for a deleted client. With `recordedBy: "others"`, what others reported about it.
   * Throws `api-client-not-found`.
   */
  history(
    id: string,
    options?: ListOptions & { readonly recordedBy?: Source | undefined },
  ): AsyncIterable<AuditEvent>;
}

const at = (...parts: string[]): string => pathOf("api-clients", ...parts);

/** The API clients of the client's organization. */
export const apiClientsOf = (settings: Settings): ApiClients => ({
  add: async (body, options) => post(settings, { path: at(), body, ...options }, tagged<IssuedApiClient>),
  list: (options) => allOf(settings, { path: at(), name: "apiClients" }, options),
  get: async (id, options) => readOne(settings, { path: at(id), ...options }),
  rename: async (id, name, options) => change(settings, { path: at(id), body: { name }, ...options }),
  rotate: async (id, { signal, ...body } = {}) =>
    post(settings, { path: at(id, "rotate"), body, signal }, tagged<IssuedApiClient>),
  revoke: async (id, { signal, ...body } = {}) =>
    post(settings, { path: at(id, "revoke"), body, signal }, tagged<ApiClient>),
  delete: async (id, { reason, ...options } = {}) =>
    remove(settings, { path: at(id) + queryOf({ reason }), ...options }),
  history: (id, options) => allOf(settings, { path: at(id, "history"), name: "events" }, options),
});
