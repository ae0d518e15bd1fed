/** Measures the size of an event in the database, including indexes, salts and tree, against its JSON. */
import pg from "pg";
import { operatorToken } from "../test/support/server-process.ts";
import type { Figure } from "./figures.ts";

export interface StorageOptions {
  readonly url: string;
  readonly connectionString: string;
  readonly organization: string;
}

export async function measureStorage(options: StorageOptions): Promise<Figure> {
  const client = new pg.Client({ connectionString: options.connectionString });
  await client.connect();
  await client.query("VACUUM ANALYZE event");
  const sizes = await client.query<{ bytes: string; events: string }>(
    `SELECT pg_total_relation_size('event') + pg_total_relation_size('event_target') + pg_total_relation_size('tile') AS bytes,
      (SELECT count(*) FROM event) AS events`,
  );
  await client.end();
  const perEvent = Number(sizes.rows[0]?.bytes) / Number(sizes.rows[0]?.events);
  const answer = await fetch(`${options.url}/v1/organizations/${options.organization}/events?limit=1000`, {
    headers: { authorization: `Bearer ${operatorToken}` },
  });
  const { events } = (await answer.json()) as { events: unknown[] };
  const json =
    events.reduce<number>((sum, event) => sum + Buffer.byteLength(JSON.stringify(event)), 0) / events.length;
  const ratio = perEvent / json;
  return {
    what: "storage per event with indexes, salts and tree",
    measured: `${Math.round(perEvent)} bytes`,
    yardstick: `its JSON: ${Math.round(json)} bytes`,
    ratio,
    goal: "<= 2.5",
    met: ratio <= 2.5,
  };
}
