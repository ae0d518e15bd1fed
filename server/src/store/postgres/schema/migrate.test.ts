/** Migrations: at most once with any number of starts, and one clear sentence if they fail. */
import { DaybookError } from "daybook/internal";
import pg from "pg";
import { describe, expect, test } from "vitest";
import {
  asSuperuser,
  databaseKinds,
  emptyDatabase,
  freshDatabase,
} from "../../../../../test/support/database.ts";
import { unfit } from "../connection/connection.ts";
import { migrate, migrations } from "./migrate.ts";

const run = async (url: string, sql: string): Promise<void> => {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(sql);
  await client.end();
};
const refusal = async (work: Promise<unknown>): Promise<string> => {
  const error = await work.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(DaybookError);
  expect((error as DaybookError).code).toBe("config-invalid");
  expect((error as Error).message).toMatch(/^[^\n]+\.$/);
  return (error as Error).message;
};

describe.each(databaseKinds())("migrations on %s PostgreSQL", (kind) => {
  test("twenty servers that start at once apply each migration once", async () => {
    const url = await emptyDatabase(kind);
    const known = (await migrations()).map(({ version }) => version);
    const applied = await Promise.all(Array.from({ length: 20 }, () => migrate(url)));
    expect(applied.flat()).toEqual(known);
    expect(await migrate(url)).toEqual([]);
  });

  test("a database of a newer Daybook is refused, and left as it is", async () => {
    const url = await freshDatabase(kind);
    await run(url, "INSERT INTO schema_migration (version, name, checksum) VALUES (999, 'later', 'x')");
    expect(await refusal(migrate(url))).toContain("schema 999, made by a newer Daybook");
  });

  test("a migration that was another file then is refused", async () => {
    const url = await freshDatabase(kind);
    await run(url, "UPDATE schema_migration SET checksum = 'x' WHERE version = 1");
    expect(await refusal(migrate(url))).toContain("is not the one that this Daybook has");
  });

  test("a database of another application is refused, and nothing is left in it", async () => {
    const url = await emptyDatabase(kind);
    await run(asSuperuser(url), "CREATE TABLE tile (a integer); GRANT ALL ON SCHEMA public TO daybook");
    expect(await refusal(migrate(url))).toContain('another application: relation "tile" already exists');
    await run(
      asSuperuser(url),
      "DO $$ BEGIN IF to_regclass('organization') IS NOT NULL THEN RAISE 'left'; END IF; END $$",
    );
  });

  test("a database that is not there, or not the user's, is refused by name", async () => {
    const url = await emptyDatabase(kind);
    const { pathname } = new URL(url.replace("postgresql:///", "postgresql://x/"));
    const missing = url.replace(pathname, "/no_such");
    expect(await refusal(migrate(missing))).toMatch(
      /^The database no_such at .*: there is no such database\.$/,
    );
    expect(await refusal(migrate(url.replace("user=daybook", "user=nobody_here")))).toMatch(/can't be used/);
  });
});

describe("a wrong DATABASE_URL", () => {
  test.each([
    ["mysql://localhost/daybook", /must be like postgresql:\/\//],
    ["localhost:5432/daybook", /must be like postgresql:\/\//],
    ["postgresql://user:secret@localhost:notaport/daybook", /must be like postgresql:\/\//],
    [
      "postgresql://user:secret@127.0.0.1:1/daybook",
      /daybook at 127\.0\.0\.1:1 can't be used: nothing answers there/,
    ],
    [
      "postgresql://user:secret@no-such-host.invalid/daybook",
      /can't be used: the host|can't be used: there is no such host/,
    ],
    [
      "postgresql:///daybook?host=/no/such/folder&user=u",
      /daybook at \/no\/such\/folder can't be used: there is no such/,
    ],
  ])("%s is refused in one sentence, without its password", async (url, sentence) => {
    const message = await refusal(migrate(url));
    expect(message).toMatch(sentence);
    expect(message).not.toContain("secret");
  });

  test("a PostgreSQL that is too old, or a database with another encoding, is refused with what to do", () => {
    const facts = { number: 150_000, version: "15.0", encoding: "UTF8", database: "audit", user: "app" };
    const old = unfit({ ...facts, number: 140_013, version: "14.13" });
    expect(old?.detail).toMatch(/needs PostgreSQL 15 or newer.*14\.13/);
    const latin = unfit({ ...facts, encoding: "LATIN1" });
    expect(latin?.detail).toMatch(/encoding UTF8.*LATIN1/);
    expect(latin?.remedy).toBe(
      "Make another database: CREATE DATABASE audit_utf8 OWNER app ENCODING 'UTF8' TEMPLATE template0;",
    );
    expect(unfit(facts)).toBeUndefined();
  });
});
