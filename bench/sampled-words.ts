/** Compares how many events have a word, by the index and by a walk over all events, for words of some events. */
import pg from "pg";
import { isFound, phraseOf, wordsOf } from "../server/src/full-text/index.ts";
import type { IndexedEvent, TextQuery } from "../server/src/store/contract/full-text.ts";
import { seeded } from "../test/support/seeded.ts";
import type { Figure } from "./figures.ts";
import { get, inOrganization, type ServedLog } from "./served-log.ts";

const sampled = 100;
const day = 86_400_000;

/** The columns of slots that have words, by the names of the slots. */
const columns = {
  targets: "targets",
  targetsPersonal: "targets_personal",
  actor: "actor",
  actorPersonal: "actor_personal",
  changes: "changes",
  changesPersonal: "changes_personal",
  data: "data",
  dataPersonal: "data_personal",
  reason: "reason",
  producer: "producer",
};
const selected = `type, ${Object.entries(columns)
  .map(([slot, column]) => `${column} AS "${slot}"`)
  .join(", ")}`;

type EventRow = Record<keyof typeof columns, string | null> & { readonly type: string };

function eventOf({ type, ...slots }: EventRow): IndexedEvent {
  const salt = new Uint8Array(16);
  const kept = Object.entries(slots).flatMap(([name, json]) =>
    json === null ? [] : [[name, { json, salt }]],
  );
  return { type, slots: Object.fromEntries(kept) };
}

/** A word of each of some events, different ones, that are spread over the log. */
async function sampleWords(client: pg.Client, organization: string): Promise<string[]> {
  const { rows } = await client.query<EventRow>({
    text: `SELECT ${selected} FROM event WHERE ${inOrganization} ORDER BY leaf_hash LIMIT $2`,
    values: [organization, 10 * sampled],
  });
  const random = seeded(11);
  const words = new Set<string>();
  for (const row of rows) {
    const found = wordsOf(eventOf(row));
    words.add(found[Math.floor(random() * found.length)]!.word);
    if (words.size === sampled) break;
  }
  return [...words];
}

/** For each query, the number of events that it finds: reads every event, and splits it into words. */
async function countByWalk(
  client: pg.Client,
  organization: string,
  queries: readonly TextQuery[],
): Promise<number[]> {
  const counts = queries.map(() => 0);
  await client.query("BEGIN");
  await client.query({
    text: `DECLARE walked NO SCROLL CURSOR FOR SELECT ${selected} FROM event WHERE ${inOrganization}`,
    values: [organization],
  });
  for (;;) {
    const { rows } = await client.query<EventRow>("FETCH 5000 FROM walked");
    if (rows.length === 0) break;
    for (const row of rows) {
      const words = wordsOf(eventOf(row));
      queries.forEach((query, n) => {
        if (isFound(query, words)) counts[n]! += 1;
      });
    }
  }
  await client.query("COMMIT");
  return counts;
}

interface DayCounts {
  readonly buckets: readonly { readonly count: number; readonly more?: true }[];
}

/** By the API; `isExact` is false if it stopped counting. */
async function countByIndex(log: ServedLog, word: string): Promise<{ count: number; isExact: boolean }> {
  const [from, to] = [Date.now() - 390 * day, Date.now() + day].map((time) => new Date(time).toISOString());
  const { buckets } = await get<DayCounts>(
    log,
    `/histogram?q=${encodeURIComponent(word)}&from=${from}&to=${to}`,
  );
  return {
    count: buckets.reduce((sum, { count }) => sum + count, 0),
    isExact: !buckets.some(({ more }) => more),
  };
}

/** A row for 100 words. A count that stopped is right if there are at least as many events. */
export async function compareCounts(log: ServedLog): Promise<Figure> {
  const client = new pg.Client({ connectionString: log.connectionString });
  await client.connect();
  const words = await sampleWords(client, log.organization);
  const queries = words.map((word): TextQuery => ({ all: [phraseOf(word)], none: [] }));
  const walked = await countByWalk(client, log.organization, queries);
  await client.end();
  let equal = 0;
  for (const [n, word] of words.entries()) {
    const { count, isExact } = await countByIndex(log, word);
    const all = walked[n]!;
    if (isExact ? count === all : count <= all) equal++;
    else console.error(`${word}: ${count} events by the index, ${all} by a walk over all`);
  }
  return {
    what: `counts of ${words.length} words of recorded events`,
    measured: `${equal} as by the walk`,
    yardstick: "a walk over all events",
    ratio: equal / words.length,
    goal: "all equal",
    met: equal === words.length,
  };
}
