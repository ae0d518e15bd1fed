/** An API client as callers see it: its present status, its times as text, never a token or a hash. All functions are pure. */
import { formatTime, type JsonObject, type ApiClient as ShownApiClient, type Target } from "daybook/internal";
import type { ApiClient, ListedApiClient } from "../store/contract/api-clients.ts";
import { dayOf, daysBetween, endOf } from "../tokens/index.ts";

/** A client with its version, which a change can name. */
export interface TaggedApiClient {
  readonly client: ShownApiClient;
  readonly version: number;
}

/** The days before the expiry at which a warning is due. */
const warnings = [7, 30] as const;

/** The smallest warning period that includes so many days before the expiry. */
export const warningAt = (days: number): 7 | 30 | null => warnings.find((each) => days <= each) ?? null;

type Ends = Pick<ApiClient, "expiresOn">;

/** The first microsecond of the day after. */
export const isExpired = ({ expiresOn }: Ends, now: bigint): boolean => now >= endOf(expiresOn);

function statusOf(client: Ends & Pick<ApiClient, "revokedAt">, now: bigint): ShownApiClient["status"] {
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

/** The client as the target of an event. */
export const targetOf = ({ id, name }: NamedClient): Target => ({ type: "api_client", id, name });

/** The data of most events about it. */
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
