/**
 * Measures sustained, durable ingest over HTTP against bare multi-row INSERTs of the same rows: same columns, same indexes, same driver,
 * same number of connections and rows a transaction. Both take turns, so that a slow minute of the machine affects both. The time and the
 * CPU of a turn end when its words are indexed: what is put off is paid for.
 */
import type { EventInput } from "daybook";
import pg from "pg";
import type { Cpu } from "./cpu.ts";
import { type Figure, median } from "./figures.ts";
import { gathered, waitForFullText } from "./indexing.ts";
import { postEvents } from "./load.ts";

export interface IngestOptions {
  readonly url: string;
  readonly connectionString: string;
  readonly organization: string;
  readonly next: () => EventInput;
  /** CPU so far, microseconds. */
  readonly cpu: () => Cpu;
}

type Row = Record<string, unknown>;
const columnsOf = (row: Row): string[] => Object.keys(row);

/** One multi-row INSERT with its values as parameters. */
function insertOf(table: string, rows: readonly Row[]): { text: string; values: unknown[] } {
  const columns = columnsOf(rows[0] as Row);
  const values: unknown[] = [];
  const tuples = rows.map((row) => `(${columns.map((column) => `$${values.push(row[column])}`).join(",")})`);
  return { text: `INSERT INTO ${table} (${columns.join(",")}) VALUES ${tuples.join(",")}`, values };
}

/** Times and bytes as the driver gives them lose microseconds: everything crosses as text. */
const asText = { getTypeParser: () => (value: string | null) => value };

/** Makes empty copies of the tables with the same columns, checks and indexes. */
async function makeCopies(pool: pg.Pool): Promise<void> {
  for (const table of ["event", "event_target"]) {
    await pool.query(`DROP TABLE IF EXISTS bench_${table}`);
    await pool.query(`CREATE TABLE bench_${table} (LIKE ${table} INCLUDING ALL)`);
  }
}

/** The columns of a table that the database doesn't compute. */
async function columnsToFill(pool: pg.Pool, table: string): Promise<string> {
  const { rows } = await pool.query<{ columns: string }>(
    `SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) AS columns FROM pg_attribute
      WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`,
    [table],
  );
  return (rows[0] as { columns: string }).columns;
}

interface Rows {
  readonly events: Row[];
  readonly targets: Row[];
}

/** The rows of the newest `count` events, as stored. */
async function newestRows(pool: pg.Pool, organization: string, count: number): Promise<Rows> {
  const key = "organization_id = (SELECT organization_id FROM organization WHERE slug = $1)";
  const events = await pool.query<Row>({
    text: `SELECT ${await columnsToFill(pool, "event")} FROM event WHERE ${key} ORDER BY seq DESC LIMIT $2`,
    values: [organization, count],
    types: asText,
  });
  const seqs = events.rows.map((row) => row.seq as string);
  const targets = await pool.query<Row>({
    text: `SELECT ${await columnsToFill(pool, "event_target")} FROM event_target WHERE ${key} AND seq = ANY($2::bigint[])`,
    values: [organization, seqs],
    types: asText,
  });
  return { events: events.rows, targets: targets.rows };
}

/** Inserts the rows, `batch` events a transaction over `connections`; events a second. */
async function insertRows(pool: pg.Pool, rows: Rows, batch: number): Promise<number> {
  const targetsOf = new Map<string, Row[]>();
  for (const target of rows.targets) {
    const seq = target.seq as string;
    targetsOf.set(seq, [...(targetsOf.get(seq) ?? []), target]);
  }
  let at = 0;
  const started = performance.now();
  const worker = async (): Promise<void> => {
    const client = await pool.connect();
    client.on("error", () => {}); // a connection that ends while the run is broken off
    while (at < rows.events.length) {
      const events = rows.events.slice(at, at + batch);
      at += batch;
      const targets = events.flatMap((event) => targetsOf.get(event.seq as string) ?? []);
      await client.query("BEGIN");
      await client.query(insertOf("bench_event", events));
      if (targets.length > 0) await client.query(insertOf("bench_event_target", targets));
      await client.query("COMMIT");
    }
    client.release();
  };
  await Promise.all(Array.from({ length: pool.options.max }, worker));
  return rows.events.length / ((performance.now() - started) / 1000);
}

interface Turn {
  readonly eventsPerSecond: number;
  readonly p99: number;
  /** Of one event, microseconds. */
  readonly cpu: Cpu;
}

/** Posts events for six seconds, and waits until they are indexed: the time ends with the backlog, and the CPU counts all of them. */
async function sustained(
  options: IngestOptions,
  load: { readonly connections: number; readonly batch: number },
): Promise<Turn> {
  const [began, before] = [performance.now(), options.cpu()];
  const result = await postEvents({ ...options, ...load, amount: { seconds: 6 } });
  if (result.refused > 0) throw new Error(`${result.refused} requests were refused`);
  await waitForFullText({ ...options, waiting: gathered });
  const seconds = (performance.now() - began) / 1_000;
  await waitForFullText(options);
  const after = options.cpu();
  return {
    eventsPerSecond: result.events / seconds,
    p99: result.p99,
    cpu: {
      node: (after.node - before.node) / result.events,
      postgres: (after.postgres - before.postgres) / result.events,
    },
  };
}

const cpuInWords = (turns: readonly Turn[]): string => {
  const [node, postgres] = (["node", "postgres"] as const).map((part) =>
    Math.round(median(turns.map(({ cpu }) => cpu[part]))),
  );
  return `CPU ${node} us of Node and ${postgres} us of PostgreSQL an event`;
};

/** Batches of 100 over 8 connections, five turns each. */
export async function measureIngest(options: IngestOptions): Promise<Figure> {
  const pool = new pg.Pool({ connectionString: options.connectionString, max: 8 });
  const turns: Turn[] = [];
  const bare: number[] = [];
  for (let turn = 0; turn < 6; turn++) {
    const ours = await sustained(options, { connections: 8, batch: 100 });
    await makeCopies(pool);
    const rate = await insertRows(pool, await newestRows(pool, options.organization, 20_000), 100);
    if (turn === 0) continue; // warming up
    turns.push(ours);
    bare.push(rate);
  }
  await pool.end();
  const rates = turns.map(({ eventsPerSecond }) => eventsPerSecond);
  const ratio = median(rates.map((rate, turn) => rate / (bare[turn] as number)));
  return {
    what: "sustained ingest over HTTP, words indexed, batches of 100, 8 connections",
    measured: `${Math.round(median(rates))} events/s, ${cpuInWords(turns)}`,
    yardstick: `bare multi-row INSERT of the same rows: ${Math.round(median(bare))} events/s`,
    ratio,
    goal: ">= 0.6",
    met: ratio >= 0.6,
  };
}

/** One event a request, 64 in flight; beside it one row a transaction over 40 connections (the embedded PostgreSQL takes 80). */
export async function measureSingles(options: IngestOptions): Promise<Figure> {
  const pool = new pg.Pool({ connectionString: options.connectionString, max: 40 });
  const turns: Turn[] = [];
  const bare: number[] = [];
  for (let turn = 0; turn < 4; turn++) {
    const ours = await sustained(options, { connections: 64, batch: 1 });
    await makeCopies(pool);
    const rate = await insertRows(pool, await newestRows(pool, options.organization, 10_000), 1);
    if (turn === 0) continue;
    turns.push(ours);
    bare.push(rate);
  }
  await pool.query("DROP TABLE bench_event, bench_event_target");
  await pool.end();
  const rate = median(turns.map(({ eventsPerSecond }) => eventsPerSecond));
  const tail = median(turns.map(({ p99 }) => p99));
  return {
    what: "sustained single-event requests, words indexed, 64 in flight",
    measured: `${Math.round(rate)} events/s, p99 ${tail} ms, ${cpuInWords(turns)}`,
    yardstick: `one row a transaction, 40 connections: ${Math.round(median(bare))} events/s`,
    ratio: rate / median(bare),
    goal: ">= 8,000/s, p99 <= 25 ms",
    met: rate >= 8000 && tail <= 25,
  };
}
