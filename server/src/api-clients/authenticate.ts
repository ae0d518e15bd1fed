/**
 * The authenticator for the tokens of API clients: whose it is, as the database has it at this moment. Nothing is cached: what was
 * revoked a moment ago, by whichever process, is refused now. Every refusal reads alike; why is told to the log alone.
 */
import { DaybookError, type EventInput } from "daybook/internal";
import { type Authenticator, coalesced } from "../access/index.ts";
import type { Denials } from "../denials/index.ts";
import { isWellFormedToken } from "../secrets/index.ts";
import type { ApiClient, HeldToken } from "../store/contract/api-clients.ts";
import { hashOf } from "../tokens/index.ts";
import type { ApiClientDependencies } from "./organization.ts";
import { apiClientPrefix } from "./prefix.ts";
import { isExpired, targetOf } from "./shown.ts";

/** Why a token was refused. Of the first two nobody can say whose it was: they are counted only. */
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

/** What the authenticator stands on, and whom it tells what it saw. */
export interface AuthenticatorDependencies extends Pick<ApiClientDependencies, "store" | "clock"> {
  readonly denials: Pick<Denials, "note">;
  readonly used: (client: ApiClient) => void;
  /** An expired client's token was presented. */
  readonly expired: (client: ApiClient) => void;
  readonly refused: (why: RefusedBecause) => void;
}

/** Opens the authenticator. */
export function openAuthenticator(dependencies: AuthenticatorDependencies): Authenticator {
  const { store, clock, refused } = dependencies;
  const find = coalesced((hashes) => store.tokens(hashes));
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

/** What keeps a token from working; undefined: nothing. */
function whyNot({ client, worksUntil, organization }: HeldToken, now: bigint): LoggedRefusal | undefined {
  if (client.deletedAt !== null) return "deleted";
  if (client.revokedAt !== null) return "revoked";
  if (isExpired(client, now)) return "expired";
  if (worksUntil !== null && now >= worksUntil) return "replaced";
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
