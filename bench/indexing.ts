/** The full-text index beside recording: waiting for it, and what it costs ingest. */
import type { EventInput } from "daybook";
import pg from "pg";
import { type Figure, median } from "./figures.ts";
import { postEvents } from "./load.ts";

interface Waited {
  readonly connectionString: string;
  readonly waiting?: number;
}

/** The index waits for so many events of a log, or for half a minute: these are no backlog. */
export const gathered = 1_023;

/** Waits until each log has at most so many events that are not indexed; seconds. */
export async function waitForFullText({ connectionString, waiting = 0 }: Waited): Promise<number> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  const started = performance.now();
  // a build from before followers has a table of its own
  const older = await client.query<{ is: boolean }>("SELECT to_regclass('words_indexed') IS NOT NULL AS is");
  const progress = older.rows[0]!.is
    ? "words_indexed p ON p.organization_id = h.organization_id"
    : "follower p ON p.organization_id = h.organization_id AND p.name = 'full-text'";
  for (;;) {
    const { rows } = await client.query(
      `SELECT 1 FROM head h LEFT JOIN ${progress} WHERE h.size - coalesce(p.next_seq, 0) > $1 LIMIT 1`,
      [waiting],
    );
    if (rows.length === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await client.end();
  return (performance.now() - started) / 1000;
}

/** Holds the position of each log, so that nothing is indexed; returns how to let go. */
export async function holdIndexing({
  connectionString,
}: {
  readonly connectionString: string;
}): Promise<() => Promise<void>> {
  const holder = new pg.Client({ connectionString });
  await holder.connect();
  await holder.query("BEGIN");
  await holder.query("SELECT FROM follower FOR UPDATE");
  return () => holder.end();
}

export interface IndexingOptions {
  readonly url: string;
  readonly connectionString: string;
  readonly organization: string;
  readonly next: () => EventInput;
}

/** Ingest while words are indexed, and while another process holds the organization's position; in turns. */
export async function measureIndexing(options: IndexingOptions): Promise<Figure> {
  const rates: Record<"with" | "without", number[]> = { with: [], without: [] };
  const run = async (): Promise<number> =>
    (await postEvents({ ...options, connections: 8, batch: 100, amount: { seconds: 6 } })).eventsPerSecond;
  await run();
  for (let turn = 0; turn < 4; turn++) {
    await waitForFullText(options);
    const release = await holdIndexing(options);
    rates.without.push(await run());
    await release();
    await waitForFullText(options);
    rates.with.push(await run());
  }
  const ratio = median(rates.with.map((rate, turn) => rate / (rates.without[turn] as number)));
  return {
    what: "durable ingest while words are indexed",
    measured: `${Math.round(median(rates.with))} events/s`,
    yardstick: `without indexing: ${Math.round(median(rates.without))} events/s`,
    ratio,
    goal: ">= 0.8",
    met: ratio >= 0.8,
  };
}
