/**
 * The authenticator for tokens of API clients: it resolves them with the database's present state. Nothing is cached, so a token that any
 * process has just revoked is refused now. Every refusal has the same error; only the log has the reason.
 */
import { DaybookError, type EventInput } from "daybook/internal";
import { type Authenticator, coalescedByHash } from "../access/index.ts";
import type { Denials } from "../denials/index.ts";
import { isLive, isWellFormedToken } from "../secrets/index.ts";
import type { ApiClient, HeldToken } from "../store/contract/api-clients.ts";
import { hashOf } from "../tokens/index.ts";
import type { ApiClientDependencies } from "./organization.ts";
import { apiClientPrefix } from "./prefix.ts";
import { longestOverlap } from "./rules.ts";
import { isExpired, targetOf } from "./shown.ts";

/** Why a token was refused. For the first two, the client is unknown, so they are only counted. */
export const refusedBecause = [
  "malformed",
  "unknown",
  "deleted",
  "revoked",
  "expired",
  "replaced",
  "closed",
] as const;
export type RefusedBecause = (typeof refusedBecause)[number];
type LoggedRefusal = Exclude<RefusedBecause, "malformed" | "unknown">;

const sentences: Readonly<Record<LoggedRefusal, string>> = {
  deleted: "The client is deleted",
  revoked: "The client is revoked",
  expired: "The client has expired",
  replaced: "The token was replaced by a newer one",
  closed: "The organization is closed",
};

/** The dependencies of the authenticator, and callbacks for what it notices. */
export interface AuthenticatorDependencies extends Pick<ApiClientDependencies, "store" | "clock"> {
  readonly denials: Pick<Denials, "note">;
  readonly used: (client: ApiClient) => void;
  /** Called when an expired client's token was sent. */
  readonly expired: (client: ApiClient) => void;
  readonly refused: (why: RefusedBecause) => void;
}

/** Opens the authenticator. */
export function openAuthenticator(dependencies: AuthenticatorDependencies): Authenticator {
  const { store, clock, refused } = dependencies;
  const find = coalescedByHash((hashes) => store.tokens(hashes));
  return async (token) => {
    const held = isWellFormedToken(token, apiClientPrefix) ? await find(hashOf(token)) : "malformed";
    if (held === undefined || held === "malformed") {
      refused(held ?? "unknown");
      throw new DaybookError("not-authenticated");
    }
    const why = whyNot(held, clock());
    if (why !== undefined) throw refusal(dependencies, held.client, why);
    const { client, organization } = held;
    const { id, name } = client;
    dependencies.used(client);
    return {
      kind: "api_client",
      id,
      actor: { type: "api_client", id, name },
      recordedBy: { type: "api_client", id },
      client,
      organization,
    };
  };
}

/** Why a token doesn't work; undefined if it works. */
function whyNot({ client, worksUntil, organization }: HeldToken, now: bigint): LoggedRefusal | undefined {
  if (client.deletedAt !== null) return "deleted";
  if (client.revokedAt !== null) return "revoked";
  if (isExpired(client, now)) return "expired";
  if (worksUntil !== null && !isLive(worksUntil, longestOverlap, now)) return "replaced";
  return organization.closedAt === null ? undefined : "closed";
}

function refusal(
  dependencies: AuthenticatorDependencies,
  client: ApiClient,
  why: LoggedRefusal,
): DaybookError {
  dependencies.refused(why);
  const event: EventInput = {
    type: "API_CLIENT_REFUSED",
    actor: { type: "anonymous" },
    targets: [targetOf(client)],
    data: { clientId: client.id, name: client.name, why: sentences[why] },
  };
  const { organizationId, id } = client;
  dependencies.denials.note({ organizationId, subject: `api_client:${id} ${why}`, event });
  if (why === "expired") dependencies.expired(client);
  return new DaybookError("not-authenticated");
}
