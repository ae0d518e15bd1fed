/** The yardstick of ingest: bare multi-row INSERTs of the rows that Daybook wrote, into copies of its tables with their indexes. */
import type pg from "pg";
import type { Cpu } from "./cpu.ts";

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
export async function makeCopies(pool: pg.Pool): Promise<void> {
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

/** Rows as stored; their values are texts. */
export interface Rows {
  readonly events: Row[];
  readonly targets: Row[];
}

/** The rows of the newest `count` events, as stored. */
export async function newestRows(pool: pg.Pool, organization: string, count: number): Promise<Rows> {
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

/** What inserting took. */
export interface BareInserts {
  readonly eventsPerSecond: number;
  /** Of one event, microseconds: of this process and of PostgreSQL. */
  readonly cpu: Cpu;
}

interface Inserting {
  readonly rows: Rows;
  /** Events a transaction. */
  readonly batch: number;
  readonly cpu: () => Cpu;
}

/** Inserts the rows over all connections of the pool. */
export async function insertRows(pool: pg.Pool, { rows, batch, cpu }: Inserting): Promise<BareInserts> {
  const targetsOf = new Map<string, Row[]>();
  for (const target of rows.targets) {
    const seq = target.seq as string;
    targetsOf.set(seq, [...(targetsOf.get(seq) ?? []), target]);
  }
  let at = 0;
  const [started, before, ownBefore] = [performance.now(), cpu(), process.cpuUsage()];
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
  const [after, own] = [cpu(), process.cpuUsage(ownBefore)];
  const count = rows.events.length;
  return {
    eventsPerSecond: count / ((performance.now() - started) / 1_000),
    cpu: { node: (own.user + own.system) / count, postgres: (after.postgres - before.postgres) / count },
  };
}
