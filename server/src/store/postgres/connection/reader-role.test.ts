/** The reader's role: made by a user who may, requested in one sentence otherwise, and never a role that sees everything. */
import { randomBytes } from "node:crypto";
import { DaybookError } from "daybook/internal";
import pg from "pg";
import { describe, expect, test } from "vitest";
import {
  asSuperuser,
  databaseKinds,
  emptyDatabase,
  freshDatabase,
} from "../../../../../test/support/database.ts";
import type { Store } from "../../store.ts";
import { append, newOrganization } from "../../testing/sample-events.ts";
import { openPostgres } from "../index.ts";
import { applyMigrations, migrate, migrations } from "../schema/migrate.ts";
import { connectOnce } from "./connection.ts";

const run = async (url: string, sql: string): Promise<unknown[]> => {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
};

/** A new user with an empty database of their own. The embedded PostgreSQL accepts no other users, so a superuser switches to it. */
async function databaseOf(url: string, user: string, options = ""): Promise<string> {
  const superuser = asSuperuser(url);
  const name = pg.escapeIdentifier(user);
  const database = new URL(url.replace("postgresql:///", "postgresql://x/")).pathname.slice(1);
  await run(superuser, `CREATE ROLE ${name} ${options}; ALTER DATABASE ${database} OWNER TO ${name}`);
  return comingAs(superuser, user);
}
const comingAs = (superuser: string, user: string): string =>
  `${superuser}&options=${encodeURIComponent(`-c role=${user.replace(/[\\ ]/g, "\\$&")}`)}`;
const newName = (): string => `user_${randomBytes(6).toString("hex")}`;

const refusal = async (work: Promise<unknown>): Promise<DaybookError> => {
  const error = await work.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(DaybookError);
  expect((error as DaybookError).code).toBe("config-invalid");
  return error as DaybookError;
};

async function expectWalled(store: Store): Promise<void> {
  const [one, other] = [await newOrganization(store), await newOrganization(store)];
  await append(store, one.organizationId, [{}]);
  const query = { organizationId: one.organizationId, filter: {}, limit: 9 };
  expect(await store.within(one.organizationId).page(query)).toHaveLength(1);
  expect(await store.within(other.organizationId).page(query)).toEqual([]);
  await store.close();
}

const kinds = databaseKinds();
const known = (await migrations()).map(({ version }) => version);

describe.each(kinds)("the reader's role on %s PostgreSQL", (kind) => {
  test("is asked for in one sentence where the user may not make it, and used once it was made", async () => {
    const user = newName();
    const empty = await emptyDatabase(kind);
    const url = await databaseOf(empty, user);
    const { message, remedy } = await refusal(migrate(url));
    expect(message).toBe(
      `Daybook reads with its own role ${user}_reader, which the user ${user} may not create.`,
    );
    const sql = `CREATE ROLE ${user}_reader NOLOGIN; GRANT ${user}_reader TO ${user};`;
    expect(remedy).toBe(`Let a superuser of the database server run: ${sql}`);
    expect(
      await run(asSuperuser(empty), "SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace"),
    ).toEqual([]);
    const [make, grant] = sql.split("; ") as [string, string];
    await run(asSuperuser(empty), make);
    expect((await refusal(migrate(url))).remedy).toBe(`Let a superuser of the database server run: ${grant}`);
    await run(asSuperuser(empty), grant);
    expect(await migrate(url)).toEqual(known);
    await expectWalled(await openPostgres(url));
  });

  test("is made by a user who may make roles, in many databases at the same moment", async () => {
    const user = newName();
    const empty = await Promise.all(Array.from({ length: 4 }, () => emptyDatabase(kind)));
    const urls = [await databaseOf(empty[0]!, user, "CREATEROLE")];
    for (const url of empty.slice(1)) {
      const database = new URL(url.replace("postgresql:///", "postgresql://x/")).pathname.slice(1);
      await run(asSuperuser(url), `ALTER DATABASE ${database} OWNER TO ${user}`);
      urls.push(comingAs(asSuperuser(url), user));
    }
    expect(await Promise.all(urls.map((url) => migrate(url)))).toEqual(urls.map(() => known));
    await Promise.all(urls.map(async (url) => expectWalled(await openPostgres(url))));
  });

  test("holds a superuser's readings as any other's", async () => {
    const url = asSuperuser(await emptyDatabase(kind));
    expect(await migrate(url)).toEqual(known);
    await expectWalled(await openPostgres(url));
  });

  test.each([
    ["of the longest name", () => `u${randomBytes(31).toString("hex")}`],
    ["of a name with everything in it", () => `"Zoë" $1 '\\; ${randomBytes(6).toString("hex")}`],
  ])("is that of an owner %s", async (_, name) => {
    const url = await databaseOf(await emptyDatabase(kind), name(), "CREATEROLE");
    expect(await migrate(url)).toEqual(known);
    await expectWalled(await openPostgres(url));
  });

  test("stays that of the owner when another user connects, who must be a member", async () => {
    const user = newName();
    const url = await freshDatabase(kind);
    const superuser = asSuperuser(url);
    await run(superuser, `CREATE ROLE ${user}; GRANT ALL ON ALL TABLES IN SCHEMA public TO ${user}`);
    const { message, remedy } = await refusal(openPostgres(comingAs(superuser, user)));
    expect(message).toContain(`daybook_reader, which the user ${user} may not switch to.`);
    expect(remedy).toContain(`run: GRANT daybook_reader TO ${user};`);
    await expectWalled(await openPostgres(superuser));
  });

  test("is not used once row-level security doesn't hold it", async () => {
    const user = newName();
    const url = await databaseOf(await emptyDatabase(kind), user, "CREATEROLE");
    await migrate(url);
    await run(url.split("&options")[0]!, `ALTER ROLE ${user}_reader BYPASSRLS`);
    const store = await openPostgres(url);
    expect(await store.organizations(undefined, 9)).toEqual([]);
    await expect(store.within(1).organizations(undefined, 9)).rejects.toThrow(
      "Row-level security is not active",
    );
    await store.close();
  });

  test("is missed where its policies were dropped", async () => {
    const url = await freshDatabase(kind);
    await run(url, "DROP POLICY event_in_row_scope ON event");
    expect((await refusal(openPostgres(url))).message).toContain(
      "policy by which Daybook reads events is gone",
    );
  });

  test("comes to a database of the version before, and its events are found by their hashes", async () => {
    const url = await emptyDatabase(kind);
    const client = await connectOnce(url);
    await client.query("BEGIN");
    await applyMigrations(client, 1);
    await client.query(`INSERT INTO organization (id, slug, name) VALUES ('org_1', 'acme', 'Acme');
      INSERT INTO event (organization_id, log_no, seq, id, type, occurred_at, recorded_at, outcome, leaf_hash, salts, actor_key, actor)
        VALUES (1, 0, 0, '01a1ee56-6031-770e-8f78-3e4b60b8e4d1', 'NEW_API', '2026-11-22Z', '2026-11-22Z', 's', sha256(''),
          decode(repeat('00', 16), 'hex'), 'user:u_17', '{"id":"u_17","type":"user"}');
      INSERT INTO event_target (organization_id, log_no, seq, occurred_at, by_daybook, target_key)
        VALUES (1, 0, 0, '2026-11-22Z', false, 'api:a')`);
    await client.query("COMMIT");
    await client.end();
    expect(await migrate(url)).toEqual(known.slice(1));
    const store = await openPostgres(url);
    for (const filter of [{ types: ["NEW_API"] }, { actors: ["user:u_17"] }, { targets: ["api:a"] }]) {
      const page = await store.within(1).page({ organizationId: 1, filter, limit: 9 });
      expect(page.map(({ seq }) => seq)).toEqual([0n]);
    }
    await store.close();
  });
});
