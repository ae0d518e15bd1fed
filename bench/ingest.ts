/**
 * Measures sustained, durable ingest over HTTP against bare INSERTs of the same rows: same columns, same indexes, same driver, same number of
 * connections and rows a transaction. Both take turns, so that a slow minute of the machine affects both. The time and the CPU of a turn end
 * when its words are indexed: what is put off is paid for. Turns in which another process holds the index back show its share.
 */
import type { EventInput } from "daybook";
import pg from "pg";
import { type BareInserts, insertRows, makeCopies, newestRows } from "./bare-inserts.ts";
import type { Cpu } from "./cpu.ts";
import { type Figure, median } from "./figures.ts";
import { gathered, holdIndexing, waitForFullText } from "./indexing.ts";
import { postEvents } from "./load.ts";

export interface IngestOptions {
  readonly url: string;
  readonly connectionString: string;
  readonly organization: string;
  readonly next: () => EventInput;
  /** CPU so far, microseconds. */
  readonly cpu: () => Cpu;
}

/** What one turn of posting took. */
export interface Turn {
  readonly eventsPerSecond: number;
  readonly p99: number;
  /** Of one event, microseconds. */
  readonly cpu: Cpu;
}

interface Load {
  readonly connections: number;
  readonly batch: number;
  /** Whether the words are indexed meanwhile. */
  readonly isIndexed: boolean;
}

/** Posts events for six seconds, and waits until they are indexed: the time ends with the backlog, and the CPU counts all of them. */
async function sustained(options: IngestOptions, { isIndexed, ...load }: Load): Promise<Turn> {
  const release = isIndexed ? undefined : await holdIndexing(options);
  const [began, before] = [performance.now(), options.cpu()];
  const result = await postEvents({ ...options, ...load, amount: { seconds: 6 } });
  if (result.refused > 0) throw new Error(`${result.refused} requests were refused`);
  if (isIndexed) await waitForFullText({ ...options, waiting: gathered });
  const seconds = (performance.now() - began) / 1_000;
  if (isIndexed) await waitForFullText(options);
  const after = options.cpu();
  await release?.();
  if (!isIndexed) await waitForFullText(options);
  return {
    eventsPerSecond: result.events / seconds,
    p99: result.p99,
    cpu: {
      node: (after.node - before.node) / result.events,
      postgres: (after.postgres - before.postgres) / result.events,
    },
  };
}

const sum = ({ node, postgres }: Cpu): number => node + postgres;

function cpuInWords(turns: readonly { readonly cpu: Cpu }[]): string {
  const [node, postgres] = (["node", "postgres"] as const).map((part) =>
    Math.round(median(turns.map(({ cpu }) => cpu[part]))),
  );
  return `${node} us of Node and ${postgres} us of PostgreSQL an event`;
}

/** The medians of turns. */
export const inWords = (turns: readonly Turn[]): string =>
  `${Math.round(median(turns.map(({ eventsPerSecond }) => eventsPerSecond)))} events/s, p99 ${median(turns.map(({ p99 }) => p99))} ms, CPU ${cpuInWords(turns)}`;

const bareInWords = (turns: readonly BareInserts[]): string =>
  `${Math.round(median(turns.map(({ eventsPerSecond }) => eventsPerSecond)))} events/s, CPU ${cpuInWords(turns)}`;

/** Batches of 100 over 8 connections, five turns each: CPU beside that of the bare INSERT, with the index and without. */
export async function measureIngest(options: IngestOptions): Promise<Figure[]> {
  const pool = new pg.Pool({ connectionString: options.connectionString, max: 8 });
  const turns: Record<"with" | "without", Turn[]> = { with: [], without: [] };
  const bare: BareInserts[] = [];
  const load = { connections: 8, batch: 100 };
  for (let turn = 0; turn < 6; turn++) {
    const found = await sustained(options, { ...load, isIndexed: true });
    await makeCopies(pool);
    const rows = await newestRows(pool, options.organization, 20_000);
    const inserts = await insertRows(pool, { rows, batch: 100, cpu: options.cpu });
    const without = await sustained(options, { ...load, isIndexed: false });
    if (turn === 0) continue; // warming up
    turns.with.push(found);
    turns.without.push(without);
    bare.push(inserts);
  }
  await pool.end();
  return (["without", "with"] as const).map((which) => {
    const goal = which === "with" ? 0.42 : 0.65;
    const ratio = median(turns[which].map(({ cpu }, turn) => sum(bare[turn]!.cpu) / sum(cpu)));
    return {
      what: `sustained ingest over HTTP, batches of 100, 8 connections, ${which === "with" ? "words indexed" : "the index held back"}`,
      measured: inWords(turns[which]),
      yardstick: `CPU of a bare multi-row INSERT of the same rows: ${bareInWords(bare)}`,
      ratio,
      goal: `>= ${goal}`,
      met: ratio >= goal,
    };
  });
}

/** One event a request, 64 in flight; beside it one row a transaction over 40 connections (the embedded PostgreSQL takes 80). */
export async function measureSingles(options: IngestOptions): Promise<Figure> {
  const pool = new pg.Pool({ connectionString: options.connectionString, max: 40 });
  const turns: Turn[] = [];
  const bare: BareInserts[] = [];
  for (let turn = 0; turn < 4; turn++) {
    const ours = await sustained(options, { connections: 64, batch: 1, isIndexed: true });
    await makeCopies(pool);
    const rows = await newestRows(pool, options.organization, 10_000);
    const inserts = await insertRows(pool, { rows, batch: 1, cpu: options.cpu });
    if (turn === 0) continue;
    turns.push(ours);
    bare.push(inserts);
  }
  await pool.query("DROP TABLE bench_event, bench_event_target");
  await pool.end();
  return {
    what: "sustained single-event requests, words indexed, 64 in flight",
    measured: inWords(turns),
    yardstick: `one row a transaction, 40 connections: ${bareInWords(bare)}`,
    ratio: median(turns.map(({ eventsPerSecond }, turn) => eventsPerSecond / bare[turn]!.eventsPerSecond)),
    goal: "-",
    met: true,
  };
}
