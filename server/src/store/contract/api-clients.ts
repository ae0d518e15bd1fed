/** The contract of the store for API clients and their tokens. The store gets a token only as its SHA-256. */
import type { Scope } from "daybook/internal";
import type { By } from "./actors.ts";
import type { ListPage } from "./lists.ts";
import type { Organization } from "./organizations.ts";

export interface ApiClient {
  readonly organizationId: number;
  /** `client_…` */
  readonly id: string;
  readonly name: string;
  /** `YYYY-MM-DD`: it works until the end of that day, UTC. */
  readonly expiresOn: string;
  readonly scopes: readonly Scope[];
  readonly createdBy: By;
  readonly createdAt: bigint;
  readonly revokedAt: bigint | null;
  readonly deletedAt: bigint | null;
  /** `YYYY-MM-DD`, UTC. */
  readonly lastUsedOn: string | null;
  /** The last stage that has its event: the warnings 30 or 7 days before the end, or 0 for the end itself. */
  readonly expiryWarned: 30 | 7 | 0 | null;
  readonly version: number;
}

/** A client in lists. */
export interface ListedApiClient extends ApiClient {
  /** The first characters of the newest token. */
  readonly tokenPrefix: string;
  /** Whether a member added it who no longer is one. False for other creators (an operator, a client). */
  readonly creatorHasLeft: boolean;
}

/**
 * The order of a list. `added` (the default): newest first, by (createdAt, id). `expiry`: the earliest expiry date first, and after all
 * others those that are revoked or have the event of their end. `used`: the last day of use first, and those never used last.
 */
export type ApiClientOrder = "added" | "expiry" | "used";

export interface ApiClientPage extends ListPage {
  readonly order?: ApiClientOrder | undefined;
}

/** The holder of a token, with everything that the authenticator needs in one read. */
export interface HeldToken {
  readonly tokenHash: Uint8Array;
  /** Set when a newer token was issued: until then, this one works too. */
  readonly worksUntil: bigint | null;
  readonly client: ApiClient;
  readonly organization: Organization;
}

interface NewClientToken {
  readonly organizationId: number;
  readonly clientId: string;
  readonly tokenHash: Uint8Array;
  readonly prefix: string;
}

/** A client, by its public ids. */
export interface ApiClientKey {
  /** `org_…` */
  readonly organization: string;
  /** `client_…` */
  readonly id: string;
}

/** Step 1 of a writing transaction: the rows of API clients and their tokens. The organization's row is locked before. */
export interface ApiClientRows {
  /**
   * Makes an API client, version 1, without a token. Rejects with StoreError `conflict`, constraint `api_client_name_key`, if a client of
   * the organization that is not deleted has the name (by `nameKey`).
   */
  insertApiClient(
    client: Pick<ApiClient, "organizationId" | "id" | "name" | "expiresOn" | "scopes" | "createdBy"> & {
      /** The user who adds it; null if it isn't a user. Stored only if they are a member of the organization then. */
      readonly creatorId: number | null;
    },
  ): Promise<ApiClient>;
  /** Adds a token to a client, without an end. It works from the commit on. */
  insertToken(token: NewClientToken): Promise<void>;
  /** Tokens of the client that would work longer end at that time; an earlier end stays. It is no error if there are none. */
  endTokens(organizationId: number, clientId: string, worksUntil: bigint): Promise<void>;
  /** Locks a client's row and returns it, including revoked and deleted ones; undefined if there is none. */
  apiClientForUpdate(organizationId: number, id: string): Promise<ApiClient | undefined>;
  /**
   * Sets the name and raises `version`. Rejects with StoreError `conflict` if there is no such client, or as `insertApiClient`.
   */
  renameApiClient(organizationId: number, id: string, name: string): Promise<void>;
  /**
   * Raises `version`: for a new token, which changes nothing else in the row. Rejects with StoreError `conflict` if there is no such
   * client.
   */
  touchApiClient(organizationId: number, id: string): Promise<void>;
  /**
   * Sets `revokedAt` to the time of the change and raises `version`. Its tokens are refused from the commit on. Rejects with StoreError
   * `conflict` if there is no such client, or it is already revoked.
   */
  revokeApiClient(organizationId: number, id: string): Promise<void>;
  /**
   * Sets `deletedAt` to the time of the change and raises `version`; the row stays, and its name is free. Rejects with StoreError
   * `conflict` if there is no such client, or it is already deleted.
   */
  deleteApiClient(organizationId: number, id: string): Promise<void>;
  /**
   * Stores the last stage (warning or end) that has its event. `version` stays. Rejects with StoreError `conflict` if there is no such
   * client.
   */
  setExpiryWarned(organizationId: number, id: string, days: 30 | 7 | 0): Promise<void>;
  /**
   * Sets the stages of all clients of the organization back that are not due on that day (`YYYY-MM-DD`) to the one that is, if any: their
   * events came from a clock that ran ahead. `version` stays. False if there are none.
   */
  resetExpiryWarned(organizationId: number, day: string): Promise<boolean>;
}

/** Reading API clients, within a row scope. For a client outside the row scope, the result is the same as for one that does not exist. */
export interface ApiClientReads {
  /** The names of these clients, including deleted ones, in no order. Clients that never existed are left out. */
  apiClientNames(clients: readonly ApiClientKey[]): Promise<(ApiClientKey & { readonly name: string })[]>;
  /**
   * API clients in an order, without deleted ones. `after` is the id of the last client of the page before, which may have been deleted
   * meanwhile.
   */
  apiClients(organizationId: number, page: ApiClientPage): Promise<ListedApiClient[]>;
  /** An API client, deleted ones too; undefined if there is none. */
  apiClient(organizationId: number, id: string): Promise<ListedApiClient | undefined>;
}

/** Reads and notes of authentication and scheduled jobs, across organizations: no row scope applies. */
export interface ApiClientAuthReads {
  /**
   * The existing tokens among these, with their client and organization as last committed, in no order. The caller decides whether they
   * still work. Reads by primary key.
   */
  tokens(tokenHashes: readonly Uint8Array[]): Promise<HeldToken[]>;
  /**
   * Clients, neither revoked nor deleted, whose expiry date is before that day (`YYYY-MM-DD`), and which don't yet have an event for `days`
   * or a stage nearer the end; the earliest end first.
   */
  apiClientsExpiring(before: string, days: 30 | 7 | 0, limit: number): Promise<ApiClient[]>;
  /** The number of working clients with an expiry date from `from` to `to`, both included (`YYYY-MM-DD`), in all organizations. */
  countExpiring(from: string, to: string): Promise<number>;
  /**
   * Stores the day of use if it is later than the stored one, or more than a day before it: then that one was noted with a clock that ran
   * ahead. A client that does not exist is ignored. One statement, durable when it
   * resolves; it locks the rows in the order of (organizationId, id). It needs no event.
   */
  noteUsed(
    used: readonly { readonly organizationId: number; readonly id: string }[],
    day: string,
  ): Promise<void>;
}
