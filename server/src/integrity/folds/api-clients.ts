/** Folds events about API clients and their tokens. */
import { warningAt } from "../../api-clients/index.ts";
import { nameKey } from "../../store/contract/name-key.ts";
import { daysBetween } from "../../tokens/index.ts";
import { actorText, type Folds, type OwnEvent, ofOrganization } from "./own-event.ts";
import type { FoldedRows } from "./state.ts";

type TokenEvent = OwnEvent<"API_CLIENT_ADDED"> | OwnEvent<"API_CLIENT_TOKEN_ROTATED">;

const putToken = (rows: FoldedRows, event: TokenEvent): void => {
  const { clientId: client_id, tokenPrefix: prefix = null, credential: token_hash = null } = event.data;
  const token = { client_id, prefix, token_hash, created_at: event.occurredAt, works_until: null };
  rows.put("api_client_token", { ...ofOrganization(event), ...token });
};

/** The end of a token that was replaced without an overlap. */
const longAgo = "1970-01-01T00:00:00.000000Z";

function endTokens(rows: FoldedRows, clientId: string, works_until: string): void {
  for (const key of rows.group("api_client_token", clientId)) {
    const until = rows.get("api_client_token", key)?.works_until ?? null;
    if (until === null || (until as string) > works_until)
      rows.change("api_client_token", key, { works_until });
  }
}

/** A member who adds a client is its creator. */
function creatorOf(rows: FoldedRows, { organization, actor }: OwnEvent): string | null {
  const id = actor?.id;
  return id !== undefined && rows.get("membership", `${organization.id} ${id}`) !== undefined ? id : null;
}

/** The stage before the end of a client that is due on the day of an event: 30 or 7 days, 0 after the end, null before all. */
function dueAt(occurredAt: string, expiresOn: string): number | null {
  const days = daysBetween(occurredAt.slice(0, 10), expiresOn);
  return days < 0 ? 0 : warningAt(days);
}

/** A stage that is nearer to the end than what is due was recorded while the clock was ahead; it is recorded again when it is true. */
export function resetStages(rows: FoldedRows, event: OwnEvent<"LOG_CLOCK_CORRECTED">): void {
  const { occurredAt, organization } = event;
  for (const [key, { organization_id, expiry_warned, expires_on }] of rows.of("api_client")) {
    if (organization_id !== organization.id) continue;
    const due = dueAt(occurredAt, String(expires_on));
    const isAhead = typeof expiry_warned === "number" && expiry_warned < (due ?? Number.POSITIVE_INFINITY);
    if (isAhead) rows.change("api_client", key, { expiry_warned: due });
  }
}

export const apiClientFolds: Folds<
  | "API_CLIENT_ADDED"
  | "API_CLIENT_UPDATED"
  | "API_CLIENT_TOKEN_ROTATED"
  | "API_CLIENT_REVOKED"
  | "API_CLIENT_DELETED"
  | "API_CLIENT_EXPIRES_SOON"
  | "API_CLIENT_EXPIRED"
> = {
  API_CLIENT_ADDED: {
    organization: (rows, event) => {
      const { clientId: id, name, expiresOn = "", scopes = [] } = event.data;
      rows.put("api_client", {
        ...{ ...ofOrganization(event), id, version: 1, name, name_key: nameKey(name) },
        ...{ expires_on: expiresOn, scopes: JSON.stringify(scopes) },
        ...{ created_by: actorText(event), creator_id: creatorOf(rows, event), created_at: event.occurredAt },
        ...{ expiry_warned: dueAt(event.occurredAt, expiresOn), revoked_at: null, deleted_at: null },
      });
      putToken(rows, event);
    },
  },
  API_CLIENT_UPDATED: {
    organization: (rows, { data: { clientId, name } }) =>
      rows.count("api_client", clientId, { name, name_key: nameKey(name) }),
  },
  API_CLIENT_TOKEN_ROTATED: {
    organization: (rows, event) => {
      const { clientId, overlapUntil = longAgo } = event.data;
      endTokens(rows, clientId, overlapUntil);
      putToken(rows, event);
      rows.count("api_client", clientId);
    },
  },
  API_CLIENT_REVOKED: {
    organization: (rows, { data: { clientId }, occurredAt: revoked_at }) =>
      rows.count("api_client", clientId, { revoked_at }),
  },
  API_CLIENT_DELETED: {
    organization: (rows, { data: { clientId }, occurredAt: deleted_at }) =>
      rows.count("api_client", clientId, { deleted_at }),
  },
  API_CLIENT_EXPIRES_SOON: {
    organization: (rows, { data: { clientId, days } }) =>
      rows.change("api_client", clientId, { expiry_warned: days }),
  },
  API_CLIENT_EXPIRED: {
    organization: (rows, { data: { clientId } }) => rows.change("api_client", clientId, { expiry_warned: 0 }),
  },
};
