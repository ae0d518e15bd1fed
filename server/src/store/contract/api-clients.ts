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

interface NewToken {
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

/** The rows of API clients and their tokens in a writing transaction; the organization's row is locked before. */
export interface ApiClientRows {
  /** StoreError `conflict`, constraint `api_client_name_key`, where the name is taken. */
  insertApiClient(
    client: Pick<ApiClient, "organizationId" | "id" | "name" | "expiresOn" | "scopes" | "createdBy"> & {
      /** The person of ours who adds it; null: nobody of ours. Kept only of who is a member of the organization then. */
      readonly creatorId: number | null;
    },
  ): Promise<ApiClient>;
  insertToken(token: NewToken): Promise<void>;
  /** The tokens that would work longer end then; an earlier end stays. */
  endTokens(organizationId: number, clientId: string, worksUntil: bigint): Promise<void>;
  /** Deleted ones too; undefined if there is none. Locks the row. */
  apiClientForUpdate(organizationId: number, id: string): Promise<ApiClient | undefined>;
  /** Raises `version`. Throws as `insertApiClient`. */
  renameApiClient(organizationId: number, id: string, name: string): Promise<void>;
  /** Raises `version`: for a new token, which changes nothing else of the row. */
  touchApiClient(organizationId: number, id: string): Promise<void>;
  /** Sets `revokedAt` to the time of the change; raises `version`. Throws StoreError `conflict` if it is revoked already. */
  revokeApiClient(organizationId: number, id: string): Promise<void>;
  /** Sets `deletedAt` to the time of the change; raises `version`. Throws StoreError `conflict` if it is deleted already. */
  deleteApiClient(organizationId: number, id: string): Promise<void>;
  setExpirySaid(organizationId: number, id: string, said: 30 | 7 | 0): Promise<void>;
}

/** Reading API clients, within a row scope. */
export interface ApiClientReads {
  /** What these are called, of those that there are or were. */
  apiClientNames(clients: readonly ApiClientKey[]): Promise<(ApiClientKey & { readonly name: string })[]>;
  /** The newest first, without deleted ones; `after` is the id of the last one seen. */
  apiClients(organizationId: number, page: ListPage): Promise<ListedApiClient[]>;
  /** Deleted ones too. */
  apiClient(organizationId: number, id: string): Promise<ListedApiClient | undefined>;
}

/** What authentication and the clock read and note: it crosses organizations. */
export interface ApiClientAuthReads {
  /** Those of these that there are, whether or not they still work: by primary key. */
  tokens(tokenHashes: readonly Uint8Array[]): Promise<HeldToken[]>;
  /**
   * Clients, neither revoked nor deleted, whose expiry date is before that day (`YYYY-MM-DD`), and of which neither `said` nor
   * anything nearer the end was said yet; the earliest end first.
   */
  apiClientsExpiring(before: string, said: 30 | 7 | 0, limit: number): Promise<ApiClient[]>;
  /** How many clients that work have an expiry date from `from` to `to`, both included (`YYYY-MM-DD`), in all organizations. */
  countExpiring(from: string, to: string): Promise<number>;
  /** Notes the day of use where it is a later one. Bookkeeping: no event goes with it. */
  noteUsed(
    used: readonly { readonly organizationId: number; readonly id: string }[],
    day: string,
  ): Promise<void>;
}
