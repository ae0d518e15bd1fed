/** The contract of the store for API clients and their tokens. A token comes here as its SHA-256, never as it is. */
import type { By } from "./actors.ts";
import type { ListPage } from "./lists.ts";
import type { Organization } from "./organizations.ts";

/** What a token lets its holder do, within the client's organization. */
export const scopes = [
  "events:write",
  "events:read",
  "events:import",
  "audit-log:download",
  "event-types:write",
] as const;

export type Scope = (typeof scopes)[number];

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
  /** The last warning or end that has its event: 30 or 7 days before the end, 0 the end itself. */
  readonly expirySaid: 30 | 7 | 0 | null;
  readonly version: number;
}

/** As the list shows it. */
export interface ListedApiClient extends ApiClient {
  /** Of the newest token. */
  readonly tokenPrefix: string;
  /** Whether it was added by a member who is none any more. Of others (an operator, a client) it is false. */
  readonly creatorHasLeft: boolean;
}

/** Who holds a token, as the authenticator needs it: one read tells all. */
export interface HeldToken {
  readonly tokenHash: Uint8Array;
  /** Set once a newer token was issued: until then this one works too. */
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

/** Which client, by the ids that people see. */
export interface ApiClientKey {
  /** `org_…` */
  readonly organization: string;
  /** `client_…` */
  readonly id: string;
}

/** Step 1 of a writing transaction: the rows of API clients and their tokens. The organization's row is locked before. */
export interface ApiClientRows {
  /**
   * Makes an API client, version 1, without a token. Rejects with StoreError `conflict`, constraint `api_client_name_key`, if the
   * name (by `nameKey`) is taken by one of the organization's that is not deleted.
   */
  insertApiClient(
    client: Pick<ApiClient, "organizationId" | "id" | "name" | "expiresOn" | "scopes" | "createdBy"> & {
      /** The person of ours who adds it; null: nobody of ours. Kept only of who is a member of the organization then. */
      readonly creatorId: number | null;
    },
  ): Promise<ApiClient>;
  /** Adds a token to a client, without an end. It works from the commit on. */
  insertToken(token: NewClientToken): Promise<void>;
  /** The tokens of a client that would work longer end at that time; an earlier end stays. None is no error. */
  endTokens(organizationId: number, clientId: string, worksUntil: bigint): Promise<void>;
  /** Locks a client's row and answers it, revoked and deleted ones too; undefined if there is none. */
  apiClientForUpdate(organizationId: number, id: string): Promise<ApiClient | undefined>;
  /**
   * Sets the name and raises `version`. Rejects with StoreError `conflict` if there is no such client, or as `insertApiClient`.
   */
  renameApiClient(organizationId: number, id: string, name: string): Promise<void>;
  /**
   * Raises `version`: for a new token, which changes nothing else of the row. Rejects with StoreError `conflict` if there is no
   * such client.
   */
  touchApiClient(organizationId: number, id: string): Promise<void>;
  /**
   * Sets `revokedAt` to the time of the change and raises `version`. Its tokens are refused from the commit on. Rejects with
   * StoreError `conflict` if there is no such client, or it is revoked already.
   */
  revokeApiClient(organizationId: number, id: string): Promise<void>;
  /**
   * Sets `deletedAt` to the time of the change and raises `version`; the row stays, and its name is free. Rejects with StoreError
   * `conflict` if there is no such client, or it is deleted already.
   */
  deleteApiClient(organizationId: number, id: string): Promise<void>;
  /**
   * Keeps the last warning, or the end, that has its event. `version` stays. Rejects with StoreError `conflict` if there is no
   * such client.
   */
  setExpirySaid(organizationId: number, id: string, said: 30 | 7 | 0): Promise<void>;
}

/** Reading API clients, within a row scope. One outside the row scope is answered like one that does not exist. */
export interface ApiClientReads {
  /** What these are called, deleted ones too, in no order. One that never was is left out. */
  apiClientNames(clients: readonly ApiClientKey[]): Promise<(ApiClientKey & { readonly name: string })[]>;
  /**
   * API clients, newest first by (createdAt, id), without deleted ones. `after` is the id of the last one seen, which may have
   * been deleted meanwhile.
   */
  apiClients(organizationId: number, page: ListPage): Promise<ListedApiClient[]>;
  /** An API client, deleted ones too; undefined if there is none. */
  apiClient(organizationId: number, id: string): Promise<ListedApiClient | undefined>;
}

/** What authentication and the clock read and note, across organizations: no row scope applies. */
export interface ApiClientAuthReads {
  /**
   * Those of these that there are, with their client and organization as last committed, in no order. Whether they still work is
   * for the caller to say. Reads by primary key.
   */
  tokens(tokenHashes: readonly Uint8Array[]): Promise<HeldToken[]>;
  /**
   * Clients, neither revoked nor deleted, whose expiry date is before that day (`YYYY-MM-DD`), and of which neither `said` nor
   * anything nearer the end was said yet; the earliest end first.
   */
  apiClientsExpiring(before: string, said: 30 | 7 | 0, limit: number): Promise<ApiClient[]>;
  /** How many clients that work have an expiry date from `from` to `to`, both included (`YYYY-MM-DD`), in all organizations. */
  countExpiring(from: string, to: string): Promise<number>;
  /**
   * Notes the day of use where it is a later one. A client that is not there is passed over. One statement, durable when it
   * resolves; it locks the rows in the order of (organizationId, id). It needs no event.
   */
  noteUsed(
    used: readonly { readonly organizationId: number; readonly id: string }[],
    day: string,
  ): Promise<void>;
}
