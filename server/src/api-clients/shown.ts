/** How an API client is shown: its status at this moment, its times as text, never a token or a hash. Pure functions. */
import { formatTime, type JsonObject, type Target } from "daybook/internal";
import type { ApiClient, ListedApiClient, Scope } from "../store/contract/api-clients.ts";
import { dayOf, daysBetween, endOf } from "../tokens/index.ts";

type ApiClientStatus = "active" | "expired" | "revoked";

/** An API client as everybody who may see it sees it. Dates are `YYYY-MM-DD` in UTC. */
interface ShownApiClient {
  /** `client_…` */
  readonly id: string;
  readonly name: string;
  /** It works until the end of that day (UTC). */
  readonly expiresOn: string;
  readonly status: ApiClientStatus;
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
  readonly lastUsedOn: string | null;
  /** Of its newest token: `dbk_live_` and 6 characters. */
  readonly tokenPrefix: string;
  /** Only of an active one: whether its end is at most 7 or 30 days away. */
  readonly expiresWithinDays: 7 | 30 | null;
}

/** A client with the version by which a change says what it was made from. */
export interface TaggedApiClient {
  readonly client: ShownApiClient;
  readonly version: number;
}

/** What is near the end is said at so many days before it. */
const warnings = [7, 30] as const;

/** The narrowest warning that so many days before the end fall into. */
export const warningAt = (days: number): 7 | 30 | null => warnings.find((each) => days <= each) ?? null;

type Ends = Pick<ApiClient, "expiresOn">;

/** From the first microsecond of the day after. */
export const isExpired = ({ expiresOn }: Ends, now: bigint): boolean => now >= endOf(expiresOn);

function statusOf(client: Ends & Pick<ApiClient, "revokedAt">, now: bigint): ApiClientStatus {
  if (client.revokedAt !== null) return "revoked";
  return isExpired(client, now) ? "expired" : "active";
}

/** `now` in microseconds since 1970 UTC. */
export function shown(client: ListedApiClient, now: bigint): TaggedApiClient {
  const { id, name, expiresOn, scopes, createdBy, createdAt, lastUsedOn, tokenPrefix, version } = client;
  const status = statusOf(client, now);
  const left = daysBetween(dayOf(now), expiresOn);
  return {
    client: {
      id,
      name,
      expiresOn,
      status,
      scopes,
      createdBy: { ...createdBy, hasLeft: client.creatorHasLeft },
      createdAt: formatTime(createdAt),
      lastUsedOn,
      tokenPrefix,
      expiresWithinDays: status === "active" ? warningAt(left) : null,
    },
    version,
  };
}

type NamedClient = Pick<ApiClient, "id" | "name">;

/** It as what something was done to. */
export const targetOf = ({ id, name }: NamedClient): Target => ({ type: "api_client", id, name });

/** The data of most of its events. */
export const dataOf = ({
  id,
  name,
  expiresOn,
  scopes,
}: NamedClient & Ends & Pick<ApiClient, "scopes">): JsonObject => ({
  clientId: id,
  name,
  expiresOn,
  scopes: [...scopes],
});
