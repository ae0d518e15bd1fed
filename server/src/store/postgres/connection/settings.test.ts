/** Settings of a database that other applications like, and a schema with any name: Daybook works as if they were not there. */
import { PassThrough } from "node:stream";
import pg from "pg";
import { describe, expect, test } from "vitest";
import { asSuperuser, databaseKinds, emptyDatabase } from "../../../../../test/support/database.ts";
import { append, newOrganization } from "../../testing/sample-events.ts";
import { backup, openPostgres, restore } from "../index.ts";

const run = async (url: string, statements: readonly string[]): Promise<void> => {
  const client = new pg.Client(url);
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
};

const hostile: readonly string[] = [
  "row_security = off",
  "default_transaction_read_only = on",
  "default_transaction_isolation = serializable",
  "statement_timeout = '300ms'",
  "lock_timeout = '50ms'",
  "idle_in_transaction_session_timeout = '200ms'",
  "TimeZone = 'Asia/Kathmandu'",
  "DateStyle = 'SQL, DMY'",
  "IntervalStyle = 'iso_8601'",
  "bytea_output = 'escape'",
  "extra_float_digits = -3",
  "standard_conforming_strings = off",
  "client_encoding = 'LATIN1'",
  "synchronous_commit = off",
  "plan_cache_mode = force_generic_plan",
  'search_path = "my ""schema"',
];

/** An empty database with these settings, as its owner. */
async function hostileDatabase(kind: "embedded" | "server"): Promise<string> {
  const url = await emptyDatabase(kind);
  const superuser = asSuperuser(url);
  const name = /test_\w+/.exec(url)![0];
  await run(superuser, [
    'CREATE SCHEMA "my ""schema" AUTHORIZATION daybook',
    ...hostile.map((setting) => `ALTER DATABASE ${name} SET ${setting}`),
  ]);
  return url;
}

describe.each(databaseKinds())("a database with other settings on %s PostgreSQL", (kind) => {
  test("is recorded into, read, backed up and restored", async () => {
    const [url, second] = [await hostileDatabase(kind), await hostileDatabase(kind)];
    const store = await openPostgres(url);
    const { organizationId } = await newOrganization(store, "Zoë");
    await append(store, organizationId, [{}, {}]);
    const query = { organizationId, filter: {}, limit: 9 };
    const before = await store.within(organizationId).page(query);
    expect(before).toHaveLength(2);
    await store.close();
    const file = new PassThrough();
    const [, restored] = await Promise.all([backup(url, file), restore(second, file)]);
    expect(restored).toBeUndefined();
    const other = await openPostgres(second);
    expect(await other.within(organizationId).page(query)).toEqual(before);
    expect(await other.within(organizationId + 1).page(query)).toEqual([]);
    await other.close();
  });

  test("is refused if its search path names no schema", async () => {
    const url = await emptyDatabase(kind);
    const name = /test_\w+/.exec(url)![0];
    await run(asSuperuser(url), [`ALTER DATABASE ${name} SET search_path = 'nowhere'`]);
    await expect(openPostgres(url)).rejects.toMatchObject({
      code: "config-invalid",
      message: expect.stringMatching(/search path names no schema that exists\.$/),
      remedy: expect.stringMatching(/^Create the schema, or correct search_path/),
    });
  });
});
