/**
 * Changes an API client: rename, rotate its token, revoke, delete. Each change and its event are one transaction; a change to the present
 * state records nothing.
 */
import { DaybookError, type EventInput, formatTime } from "daybook/internal";
import {
  actorAndContext,
  type ChangeRequest,
  type ChangeTransaction,
  type Initiator,
  once,
  reasonOf,
} from "../log/index.ts";
import type { ApiClient, ListedApiClient } from "../store/contract/api-clients.ts";
import { inOne } from "../store/contract/placement.ts";
import { endOf, issuedData, issueToken } from "../tokens/index.ts";
import type { IssuedApiClient } from "./add.ts";
import {
  type ApiClientDependencies,
  type ClientOrganization,
  nameTaken,
  notFound,
  openForUpdate,
  withoutToken,
} from "./organization.ts";
import { apiClientPrefix } from "./prefix.ts";
import { findApiClient } from "./read.ts";
import { checkName, checkOverlap } from "./rules.ts";
import { dataOf, isExpired, shown, type TaggedApiClient, targetOf } from "./shown.ts";

/** The client, and who changes it. */
export interface ChangeApiClient extends ChangeRequest {
  readonly organization: ClientOrganization;
  readonly id: string;
}

/** A client that is locked and not deleted. */
interface Locked {
  readonly tx: ChangeTransaction;
  readonly client: ListedApiClient;
  readonly now: bigint;
}

/** Runs work on a client that is locked and not deleted; under the `Idempotency-Key`, if there is one. */
async function changing<T extends TaggedApiClient>(
  dependencies: ApiClientDependencies,
  { organization, id, idempotency }: ChangeApiClient,
  work: (locked: Locked) => Promise<T>,
): Promise<T> {
  const { organizationId } = organization;
  const before = await findApiClient(dependencies.store, organization, id);
  return dependencies.log.change(
    (tx) =>
      once<T>(tx.rows, {
        organizationId,
        idempotency,
        status: 200,
        work: async () => {
          await openForUpdate(tx, organization);
          const row = await tx.rows.apiClientForUpdate(organizationId, id);
          if (row === undefined || row.deletedAt !== null) throw notFound();
          // a change to data outside the row also raises the version, and the lock prevents others
          const listed =
            row.version === before.version
              ? before
              : await findApiClient(dependencies.store, organization, id);
          return work({ tx, client: { ...listed, ...row }, now: dependencies.clock() });
        },
        ...withoutToken(),
      }),
    inOne(organization),
  );
}

const aboutClient = (type: string, client: ApiClient, initiator: Initiator): EventInput => ({
  type,
  ...actorAndContext(initiator),
  targets: [targetOf(client)],
  data: dataOf(client),
});

/**
 * Throws `api-client-not-found`, `api-client-revoked`, `changed-meanwhile`, `request-invalid`, `name-taken`,
 * `organization-closed`, and what recording throws.
 */
export async function renameApiClient(
  dependencies: ApiClientDependencies,
  change: ChangeApiClient & { readonly name: unknown; readonly ifVersion?: number | undefined },
): Promise<TaggedApiClient> {
  const { organization, initiator, ifVersion } = change;
  const name = checkName(change.name);
  const rename = async ({ tx, client, now }: Locked): Promise<TaggedApiClient> => {
    if (ifVersion !== undefined && ifVersion !== client.version) throw new DaybookError("changed-meanwhile");
    if (client.revokedAt !== null) throw new DaybookError("api-client-revoked");
    if (client.name === name) return shown(client, now);
    await tx.rows.renameApiClient(organization.organizationId, client.id, name);
    const renamed = { ...client, name, version: client.version + 1 };
    const event = {
      ...aboutClient("API_CLIENT_UPDATED", renamed, initiator),
      before: { name: client.name },
      after: { name },
    };
    await tx.record(organization, event, initiator.recordedBy);
    return shown(renamed, now);
  };
  return changing(dependencies, change, rename).catch(nameTaken);
}

/**
 * Issues a new token; the old ones work for `overlapMinutes` more (0 to 10,080), but not after the client expires. Throws
 * `api-client-not-found`, `api-client-revoked`, `api-client-expired`, `request-invalid`, `organization-closed`, and what recording throws.
 */
export function rotateApiClient(
  dependencies: ApiClientDependencies,
  change: ChangeApiClient & { readonly overlapMinutes?: unknown },
): Promise<IssuedApiClient> {
  const { organization, initiator } = change;
  const { organizationId } = organization;
  const overlap = BigInt(checkOverlap(change.overlapMinutes)) * 60_000_000n;
  const issued = issueToken(apiClientPrefix);
  const { token, tokenHash, prefix } = issued;
  return changing<IssuedApiClient>(dependencies, change, async ({ tx, client, now }) => {
    if (client.revokedAt !== null) throw new DaybookError("api-client-revoked");
    if (isExpired(client, now)) throw new DaybookError("api-client-expired");
    const end = endOf(client.expiresOn);
    const until = now + overlap < end ? now + overlap : end;
    // without an overlap, they have ended by the clock of every process
    await tx.rows.endTokens(organizationId, client.id, overlap === 0n ? 0n : until);
    await tx.rows.insertToken({ organizationId, clientId: client.id, tokenHash, prefix });
    await tx.rows.touchApiClient(organizationId, client.id);
    const { id: clientId, name, expiresOn } = client;
    const data = { clientId, name, expiresOn, ...issuedData(issued) };
    const event = {
      ...aboutClient("API_CLIENT_TOKEN_ROTATED", client, initiator),
      data: overlap === 0n ? data : { ...data, overlapUntil: formatTime(until) },
    };
    await tx.record(organization, event, initiator.recordedBy);
    return { ...shown({ ...client, tokenPrefix: prefix, version: client.version + 1 }, now), token };
  });
}

/** Permanent; with the reason in the person's own words, if any. */
export type EndApiClient = ChangeApiClient & { readonly reason?: unknown };

/**
 * Repeating it has no effect, and records no event. Throws `api-client-not-found`, `request-invalid` for the reason, `organization-closed`, and
 * what recording throws.
 */
export function revokeApiClient(
  dependencies: ApiClientDependencies,
  change: EndApiClient,
): Promise<TaggedApiClient> {
  const { organization, initiator } = change;
  const why = reasonOf(change);
  return changing(dependencies, change, async ({ tx, client, now }) => {
    if (client.revokedAt !== null) return shown(client, now);
    await tx.rows.revokeApiClient(organization.organizationId, client.id);
    await tx.record(
      organization,
      { ...aboutClient("API_CLIENT_REVOKED", client, initiator), ...why },
      initiator.recordedBy,
    );
    return shown({ ...client, revokedAt: now, version: client.version + 1 }, now);
  });
}

/** Like revoking, but also removes it from the list; a revoked client can be deleted too. */
export async function deleteApiClient(
  dependencies: ApiClientDependencies,
  change: EndApiClient,
): Promise<void> {
  const { organization, id, initiator } = change;
  const { organizationId } = organization;
  const why = reasonOf(change);
  await findApiClient(dependencies.store, organization, id);
  await dependencies.log.change(async (tx) => {
    await openForUpdate(tx, organization);
    const client = await tx.rows.apiClientForUpdate(organizationId, id);
    if (client === undefined) throw notFound();
    if (client.deletedAt !== null) return;
    await tx.rows.deleteApiClient(organizationId, id);
    await tx.record(
      organization,
      { ...aboutClient("API_CLIENT_DELETED", client, initiator), ...why },
      initiator.recordedBy,
    );
  }, inOne(organization));
}
