/** Tests of the databases that tests get from test/support/database.ts. */
import pg from "pg";
import { beforeAll, describe, expect, it } from "vitest";
import { asSuperuser, databaseKinds, emptyDatabase, freshDatabase } from "./database.ts";

const ask = async (url: string, sql: string): Promise<Record<string, unknown>[]> => {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(sql)).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
};

const tables = "SELECT count(*)::int AS tables FROM pg_tables WHERE schemaname = 'public'";

describe.each(databaseKinds())("a database of the kind %s", (kind) => {
  let url = "";
  beforeAll(async () => {
    url = await freshDatabase(kind);
  });

  it("has the schema, and belongs to a user who is no superuser", async () => {
    expect((await ask(url, tables))[0]?.tables).toBeGreaterThan(0);
    const sql = "SELECT usesuper, usename FROM pg_user WHERE usename = current_user";
    expect(await ask(url, sql)).toEqual([{ usesuper: false, usename: "daybook" }]);
  });

  it("is another one each time", async () => {
    expect(await freshDatabase(kind)).not.toBe(url);
  });

  it("has no schema where an empty one is asked for", async () => {
    expect(await ask(await emptyDatabase(kind), tables)).toEqual([{ tables: 0 }]);
  });

  it("can be looked at as superuser", async () => {
    const sql = "SELECT current_user, current_database() AS name";
    expect(await ask(asSuperuser(url), sql)).toEqual([
      { current_user: "postgres", name: /test_\w+/.exec(url)?.[0] },
    ]);
  });
});
