/** Measures the size of an event in the database, with everything that grows with events, against its JSON. */
import pg from "pg";
import { operatorToken } from "../test/support/server-process.ts";
import type { Figure } from "./figures.ts";
import { waitForFullText } from "./indexing.ts";

export interface StorageOptions {
  readonly url: string;
  readonly connectionString: string;
  readonly organization: string;
}

export async function measureStorage(options: StorageOptions): Promise<Figure> {
  const client = new pg.Client({ connectionString: options.connectionString });
  await client.connect();
  await waitForFullText(options);
  await client.query("VACUUM ANALYZE");
  const { rows } = await client.query<{ table: string; bytes: string; events: string }>(
    `SELECT relname AS table, pg_total_relation_size(oid) AS bytes, (SELECT count(*) FROM event) AS events
      FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace ORDER BY bytes DESC, relname`,
  );
  await client.end();
  const perTable = rows.map(({ table, bytes, events }) => ({ table, bytes: Number(bytes) / Number(events) }));
  const growing = perTable.filter(({ bytes }) => bytes >= 1);
  const perEvent = perTable.reduce((sum, { bytes }) => sum + bytes, 0);
  const answer = await fetch(`${options.url}/v1/organizations/${options.organization}/events?limit=1000`, {
    headers: { authorization: `Bearer ${operatorToken}` },
  });
  const { events } = (await answer.json()) as { events: unknown[] };
  const json =
    events.reduce<number>((sum, event) => sum + Buffer.byteLength(JSON.stringify(event)), 0) / events.length;
  const ratio = perEvent / json;
  return {
    what: "storage per event: all tables with their indexes",
    measured: `${Math.round(perEvent)} bytes (${growing.map(({ table, bytes }) => `${table} ${Math.round(bytes)}`).join(", ")})`,
    yardstick: `its JSON: ${Math.round(json)} bytes`,
    ratio,
    goal: "<= 2.5",
    met: ratio <= 2.5,
  };
}
