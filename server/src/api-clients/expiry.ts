/**
 * Records the expiry of API clients, and the warnings 30 and 7 days before it: one event each, by the process that notices first. The
 * client's row stores what was recorded, and changes together with the event.
 */
import { byServer, type ChangeTransaction } from "../log/index.ts";
import type { ApiClient } from "../store/contract/api-clients.ts";
import { inOne } from "../store/contract/placement.ts";
import { addDays, dayOf, daysBetween } from "../tokens/index.ts";
import type { ApiClientDependencies } from "./organization.ts";
import { dataOf, targetOf, warningAt } from "./shown.ts";

/** The number of clients that are read at a time. */
const atOnce = 100;

/** The stages, the expiry first. The date, counted from today, before which a client is due. */
const warnings = [
  { days: 0, before: 0 },
  { days: 7, before: 8 },
  { days: 30, before: 31 },
] as const;

type ExpiringClient = Pick<ApiClient, "organizationId" | "id">;

/** The number of active clients that expire within the given days, including today. */
export interface Expiring {
  readonly "7d": number;
  readonly "30d": number;
}

/** Records what is due for every client. Throws what reading and recording throw; events recorded until then stay. */
export async function recordExpiries(dependencies: ApiClientDependencies): Promise<void> {
  const today = dayOf(dependencies.clock());
  for (const { days, before } of warnings) {
    for (;;) {
      const due = await dependencies.store.apiClientsExpiring(addDays(today, before), days, atOnce);
      for (const client of due) await recordExpiryOf(dependencies, client);
      if (due.length < atOnce) break;
    }
  }
}

/** Records what is due for one client, if anything. */
export const recordExpiryOf = (
  { log, clock }: ApiClientDependencies,
  client: ExpiringClient,
): Promise<void> => log.change((tx) => recordExpiry(tx, client, dayOf(clock())), inOne(client, "jobs"));

async function recordExpiry(
  tx: ChangeTransaction,
  { organizationId, id }: ExpiringClient,
  today: string,
): Promise<void> {
  await tx.rows.organizationForUpdate(organizationId);
  const client = await tx.rows.apiClientForUpdate(organizationId, id);
  if (client === undefined || client.revokedAt !== null || client.deletedAt !== null) return;
  const due = dueOf(client, today);
  if (due === null || (client.expiryWarned !== null && client.expiryWarned <= due)) return;
  await tx.rows.setExpiryWarned(organizationId, id, due);
  const actor = { type: "system", id: "daybook" } as const;
  const { name, expiresOn } = client;
  const event =
    due === 0
      ? { type: "API_CLIENT_EXPIRED", data: dataOf(client) }
      : { type: "API_CLIENT_EXPIRES_SOON", data: { clientId: id, name, expiresOn, days: due } };
  await tx.record({ organizationId }, { ...event, actor, targets: [targetOf(client)] }, byServer);
}

/** The stage that is due today: the expiry, the nearest warning, or undefined. */
function dueOf({ expiresOn }: ApiClient, today: string): 0 | 7 | 30 | null {
  const left = daysBetween(today, expiresOn);
  return left < 0 ? 0 : warningAt(left);
}

export async function countExpiring({
  store,
  clock,
}: Pick<ApiClientDependencies, "store" | "clock">): Promise<Expiring> {
  const today = dayOf(clock());
  const [week, month] = await Promise.all([
    store.countExpiring(today, addDays(today, 7)),
    store.countExpiring(today, addDays(today, 30)),
  ]);
  return { "7d": week, "30d": month };
}
