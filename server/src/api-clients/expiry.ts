/**
 * What the clock does to API clients: the end, and the warnings 30 and 7 days before it, an event each and each once, by
 * whichever process notices first. What was said is in the client's row, and changes with the event.
 */
import { byServer, type ChangeTransaction } from "../log/index.ts";
import type { ApiClient } from "../store/contract/api-clients.ts";
import { addDays, dayOf, daysBetween } from "../tokens/index.ts";
import type { ApiClientDependencies } from "./organization.ts";
import { dataOf, targetOf, warningAt } from "./shown.ts";

/** Clients that are looked up at a time. */
const atOnce = 100;

/** How near the end: the end itself first. Before which day, counted from today, a client is due. */
const sayings = [
  { said: 0, before: 0 },
  { said: 7, before: 8 },
  { said: 30, before: 31 },
] as const;

type ExpiringClient = Pick<ApiClient, "organizationId" | "id">;

/** How many clients that work end within so many days, today included. */
export interface Expiring {
  readonly "7d": number;
  readonly "30d": number;
}

/** Says of every client what is due. Throws what reading and recording throw; what was said until then stays said. */
export async function sayWhatIsDue(dependencies: ApiClientDependencies): Promise<void> {
  const today = dayOf(dependencies.clock());
  for (const { said, before } of sayings) {
    for (;;) {
      const due = await dependencies.store.apiClientsExpiring(addDays(today, before), said, atOnce);
      for (const client of due) await sayOf(dependencies, client);
      if (due.length < atOnce) break;
    }
  }
}

/** Says of one client what is due, if anything is. */
export const sayOf = ({ log, clock }: ApiClientDependencies, client: ExpiringClient): Promise<void> =>
  log.change((tx) => say(tx, client, dayOf(clock())));

async function say(
  tx: ChangeTransaction,
  { organizationId, id }: ExpiringClient,
  today: string,
): Promise<void> {
  await tx.rows.organizationForUpdate(organizationId);
  const client = await tx.rows.apiClientForUpdate(organizationId, id);
  if (client === undefined || client.revokedAt !== null || client.deletedAt !== null) return;
  const due = dueOf(client, today);
  if (due === null || (client.expirySaid !== null && client.expirySaid <= due)) return;
  await tx.rows.setExpirySaid(organizationId, id, due);
  const actor = { type: "system", id: "daybook" } as const;
  const { name, expiresOn } = client;
  const event =
    due === 0
      ? { type: "API_CLIENT_EXPIRED", data: dataOf(client) }
      : { type: "API_CLIENT_EXPIRES_SOON", data: { clientId: id, name, expiresOn, days: due } };
  await tx.record({ organizationId }, { ...event, actor, targets: [targetOf(client)] }, byServer);
}

/** What there is to say today: the end, the nearest warning, or nothing yet. */
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
