/**
 * Measures durable ingest over HTTP against bare multi-row INSERTs of the same rows: same columns, same indexes, same driver, same number
 * of connections and rows a transaction. Both take turns, so that a slow minute of the machine affects both.
 */
import type { EventInput } from "daybook";
import pg from "pg";
import type { Figure } from "./figures.ts";
import { median } from "./figures.ts";
import { postEvents } from "./load.ts";

export interface IngestOptions {
  readonly url: string;
  readonly connectionString: string;
  readonly organization: string;
  readonly next: () => EventInput;
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

/** Batches of 100 over 8 connections, five turns each. */
export async function measureIngest(options: IngestOptions): Promise<Figure> {
  const pool = new pg.Pool({ connectionString: options.connectionString, max: 8 });
  const ours: number[] = [];
  const bare: number[] = [];
  const events = 20_000;
  for (let turn = 0; turn < 6; turn++) {
    const result = await postEvents({ ...options, connections: 8, batch: 100, amount: { seconds: 6 } });
    if (result.refused > 0) throw new Error(`${result.refused} requests were refused`);
    await makeCopies(pool);
    const rate = await insertRows(pool, await newestRows(pool, options.organization, events), 100);
    if (turn === 0) continue; // warming up
    ours.push(result.eventsPerSecond);
    bare.push(rate);
  }
  await pool.end();
  const ratio = median(ours.map((rate, turn) => rate / (bare[turn] as number)));
  return {
    what: "durable ingest over HTTP, batches of 100, 8 connections",
    measured: `${Math.round(median(ours))} events/s`,
    yardstick: `bare multi-row INSERT of the same rows: ${Math.round(median(bare))} events/s`,
    ratio,
    goal: ">= 0.6",
    met: ratio >= 0.6,
  };
}

/** One event a request, 64 in flight; beside it one row a transaction over 40 connections (the embedded PostgreSQL takes 80). */
export async function measureSingles(options: IngestOptions): Promise<Figure> {
  const pool = new pg.Pool({ connectionString: options.connectionString, max: 40 });
  const rates: number[] = [];
  const tails: number[] = [];
  const bare: number[] = [];
  for (let turn = 0; turn < 4; turn++) {
    const result = await postEvents({ ...options, connections: 64, batch: 1, amount: { seconds: 6 } });
    if (result.refused > 0) throw new Error(`${result.refused} requests were refused`);
    await makeCopies(pool);
    const rate = await insertRows(pool, await newestRows(pool, options.organization, 10_000), 1);
    if (turn === 0) continue;
    rates.push(result.eventsPerSecond);
    tails.push(result.p99);
    bare.push(rate);
  }
  await pool.query("DROP TABLE bench_event, bench_event_target");
  await pool.end();
  const rate = median(rates);
  const tail = median(tails);
  return {
    what: "single-event requests, 64 in flight",
    measured: `${Math.round(rate)} events/s, p99 ${tail} ms`,
    yardstick: `one row a transaction, 40 connections: ${Math.round(median(bare))} events/s`,
    ratio: rate / median(bare),
    goal: ">= 8,000/s, p99 <= 25 ms",
    met: rate >= 8000 && tail <= 25,
  };
}
