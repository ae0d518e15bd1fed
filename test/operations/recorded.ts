/** The new events in all logs of a database, read back through the store, compared with the expected ones. */
import type { RecordedEvent } from "daybook/internal";
import { expect } from "vitest";
import { toRecordedEvent } from "../../server/src/search/recorded-event.ts";
import { type LogName, type Operation, type Prepared, slugOf, theOperator } from "./operation.ts";
import type { OperationsWorld } from "./world.ts";

/** How many events each log had, by the organization's number. */
export type Sizes = ReadonlyMap<number, bigint>;
/** New events by the slug of their organization. */
export type News = ReadonlyMap<string, readonly RecordedEvent[]>;

export async function sizesOf({ sql }: Pick<OperationsWorld, "sql">): Promise<Sizes> {
  const { rows } = await sql.query<{ id: number; size: string }>(
    "SELECT organization_id AS id, size FROM head",
  );
  return new Map(rows.map(({ id, size }) => [id, BigInt(size)]));
}

/** Events that are read at once. */
const portion = 1_000;

export async function newsSince(world: Pick<OperationsWorld, "sql" | "store">, before: Sizes): Promise<News> {
  const grown = [...(await sizesOf(world))].filter(([id, size]) => size !== (before.get(id) ?? 0n));
  const news = new Map<string, RecordedEvent[]>();
  if (grown.length === 0) return news;
  const { store } = world;
  for (const organization of await store.organizationsById(grown.map(([id]) => id))) {
    const { organizationId, slug } = organization;
    const events: RecordedEvent[] = [];
    for (;;) {
      const from = (before.get(organizationId) ?? 0n) + BigInt(events.length);
      const stored = await store.events(organizationId, 0, from, portion);
      events.push(...stored.map((each) => toRecordedEvent(each, organization)));
      if (stored.length < portion) break;
    }
    news.set(slug, events);
  }
  return news;
}

/** The types of new events, by slug: all that there should be. */
export const expectedTypes = (
  { records }: Operation,
  prepared: Prepared,
): Record<string, readonly string[]> =>
  Object.fromEntries(
    (Object.entries(records) as [LogName, readonly string[]][]).map(([name, types]) => [
      slugOf(prepared, name),
      types,
    ]),
  );

export const typesOf = (news: News): Record<string, readonly string[]> =>
  Object.fromEntries([...news].map(([slug, events]) => [slug, events.map(({ type }) => type)]));

/** Throws unless exactly what the list says was recorded, by whom it says, as one act. */
export function checkNews(news: News, operation: Operation, prepared: Prepared): void {
  expect(typesOf(news), operation.name).toEqual(expectedTypes(operation, prepared));
  for (const [name, types] of Object.entries(operation.records) as [LogName, readonly string[]][]) {
    const events = news.get(slugOf(prepared, name)) ?? [];
    types.forEach((type, i) => {
      const pin = prepared.pins?.[name]?.[i] ?? {};
      const { actor, recordedBy } = prepared.by ?? theOperator;
      // what tells of no rows is what the server itself saw
      const recorder = aboutNoRows.has(type) ? byServer : recordedBy;
      const expected = { outcome: "success", actor, recordedBy: recorder, ...pin, type };
      expect(events[i], `${operation.name}: ${type}`).toMatchObject(expected);
      const own = events[i]?.recordedBy.own;
      expect(own, `${operation.name}: ${type} is own`).toBe(isOwn(operation, type) ? true : undefined);
    });
    checkAct(events, operation);
  }
  const requests = [...news.values()].flat().flatMap(({ context }) => context?.requestId ?? []);
  if (operation.several === undefined) expect(new Set(requests).size, operation.name).toBeLessThan(2);
}

const byServer = { type: "server", id: "daybook" };

/** What tells of no change of Daybook's own rows. */
const aboutNoRows: ReadonlySet<string> = new Set([
  "AUDIT_LOG_DOWNLOADED",
  "AUDIT_LOG_DOWNLOAD_REFUSED",
  "API_CLIENT_REFUSED",
  "SIGN_IN_REFUSED",
]);

/** Whether the event goes with a change of Daybook's own rows; what producers send never does. */
const isOwn = ({ how }: Operation, type: string): boolean =>
  !how.endsWith("/events") && !aboutNoRows.has(type);

/** Events of one act share their correlation id, but for leaf 0, whose form is fixed; what producers send has what they sent. */
function checkAct(all: readonly RecordedEvent[], { how, name, several }: Operation): void {
  const events = all.filter(({ type }) => type !== "LOG_OPENED");
  if (events.length < 2 || several !== undefined || how.endsWith("/events")) return;
  const ids = new Set(events.map(({ context }) => context?.correlationId));
  expect([...ids], `${name}: one correlation id`).toEqual([expect.any(String)]);
}
