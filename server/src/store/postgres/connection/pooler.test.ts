/** Through PgBouncer: in transaction mode nothing stays on a connection, and everything works; at full strength the whole conformance suite. */
import { randomBytes } from "node:crypto";
import { PassThrough } from "node:stream";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { databaseKinds, emptyDatabase, freshDatabase } from "../../../../../test/support/database.ts";
import { openLine } from "../../../../../test/support/line.ts";
import { hasPgBouncer, type PgBouncer, startPgBouncer } from "../../../../../test/support/pgbouncer.ts";
import { isFull } from "../../../../../test/support/strength.ts";
import { breakConnections, superuserRuns, watchStatements } from "../../../../../test/support/superuser.ts";
import { storeConformance } from "../../conformance.ts";
import type { Store } from "../../store.ts";
import { byteWalks } from "../../testing/byte-walks.ts";
import type { TestDatabase } from "../../testing/harness.ts";
import { rowScopes } from "../../testing/row-scopes.ts";
import { append, newOrganization } from "../../testing/sample-events.ts";
import { backup, openPostgres, restore } from "../index.ts";

const databaseIn = (url: string): string => /test_\w+/.exec(url)![0];

describe.skipIf(!databaseKinds().includes("server") || !hasPgBouncer())("through PgBouncer", () => {
  let transactions: PgBouncer;
  let sessions: PgBouncer;
  let url: string;

  beforeAll(async () => {
    url = await freshDatabase("server");
    transactions = await startPgBouncer(url, { mode: "transaction", size: 4 });
    sessions = await startPgBouncer(url, { mode: "session", size: 20 });
  });
  afterAll(() => Promise.all([transactions.stop(), sessions.stop()]));

  const make = async (): Promise<TestDatabase> => {
    const direct = await freshDatabase("server");
    const through = transactions.urlOf(databaseIn(direct));
    return {
      open: () => openPostgres(through),
      breakConnections: () => breakConnections(direct),
      plant: (sql) => superuserRuns(direct, sql),
      openOverLine: async () => {
        const { url: near, line } = await openLine(through);
        return { store: await openPostgres(near), line };
      },
    };
  };

  describe("in transaction mode", () => {
    let database: TestDatabase;
    beforeAll(async () => {
      database = await make();
    });
    rowScopes(() => database, { isWhole: isFull });
    byteWalks(() => database, { isWhole: isFull });
  });

  test("another client of the pool finds none of Daybook's settings, roles, statements and locks", async () => {
    const through = transactions.urlOf(databaseIn(url));
    const others = Array.from({ length: 4 }, () => new pg.Client(through));
    for (const one of others) await one.connect();
    const state = async (client: pg.Client): Promise<unknown[][]> => {
      const found: unknown[][] = [];
      for (const text of [
        "SELECT current_user::text, session_user::text, current_setting('search_path'), coalesce(current_setting('daybook.organization', true), '') AS sight",
        // PgBouncer gives each client its own application_name back
        "SELECT name, setting FROM pg_settings WHERE source = 'session' AND name <> 'application_name' ORDER BY name",
        "SELECT name FROM pg_prepared_statements",
        "SELECT mode FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
      ])
        found.push((await client.query(text)).rows);
      return found;
    };
    const before = await state(others[0]!);
    expect(before.slice(1)).toEqual([[], [], []]);
    const store = await openPostgres(through);
    const { organizationId } = await newOrganization(store);
    for (let round = 0; round < 20; round++) {
      await Promise.all([
        append(store, organizationId, [{}]),
        store.within(organizationId).page({ organizationId, filter: {}, limit: 5 }),
        store.organizations(undefined, 3),
        store.tryWriting({ room: true }),
      ]);
      // together they get each connection of the pool
      for (const found of await Promise.all(others.map(state))) expect(found).toEqual(before);
    }
    for (const one of others) await one.end();
    await store.close();
  });

  test("many processes start at once in an empty database, and a backup goes through it too", async () => {
    const [empty, second] = [await emptyDatabase("server"), await emptyDatabase("server")];
    const stores = await Promise.all(
      Array.from({ length: 3 }, () => openPostgres(transactions.urlOf(databaseIn(empty)))),
    );
    const { organizationId } = await newOrganization(stores[0]!);
    await Promise.all(stores.map((store) => append(store, organizationId, [{}, {}])));
    const file = new PassThrough();
    await Promise.all([
      backup(transactions.urlOf(databaseIn(empty)), file),
      restore(transactions.urlOf(databaseIn(second)), file),
    ]);
    const restored = await openPostgres(transactions.urlOf(databaseIn(second)));
    expect(await restored.within(organizationId).page({ organizationId, filter: {}, limit: 9 })).toHaveLength(
      6,
    );
    await Promise.all([...stores, restored].map((store) => store.close()));
  });

  test.each([
    ["a pooler in session mode", {}],
    ["a pooler in session mode that is named", { pooler: "session" }],
    [
      "a pooler in transaction mode without prepared statements",
      { pooler: "transaction", preparedStatements: false },
    ],
  ] as const)("works with %s", async (_, options) => {
    const store: Store = await openPostgres(sessions.urlOf(databaseIn(url)), options);
    const { organizationId } = await newOrganization(store);
    await append(store, organizationId, [{}]);
    expect(await store.within(organizationId).page({ organizationId, filter: {}, limit: 9 })).toHaveLength(1);
    await store.close();
  });

  test("a pooler that is named session but shares connections is refused", async () => {
    await expect(
      openPostgres(transactions.urlOf(databaseIn(url)), { pooler: "session" }),
    ).rejects.toMatchObject({
      code: "config-invalid",
      message: expect.stringContaining("gives connections to other clients between transactions"),
      remedy: expect.stringContaining("Set DAYBOOK_POOLER to transaction"),
    });
  });

  test("options in the address get the remedy of poolers", async () => {
    const options = `&options=${encodeURIComponent("-c search_path=public")}`;
    await expect(openPostgres(transactions.urlOf(databaseIn(url)) + options)).rejects.toMatchObject({
      message: expect.stringContaining("the pooler passes no options on"),
      remedy: expect.stringContaining("ALTER ROLE"),
    });
  });

  if (isFull) storeConformance("PostgreSQL through PgBouncer", make, { isWhole: true });
});

test("a direct connection keeps its prepared statements, unless they are turned off", async () => {
  const url = await freshDatabase("embedded");
  const named = async (preparedStatements?: boolean): Promise<number> => {
    const seen: unknown[] = [];
    const stopWatching = watchStatements(({ name }) => seen.push(name));
    const store = await openPostgres(url, { preparedStatements });
    await newOrganization(store, `Named ${randomBytes(4).toString("hex")}`).finally(stopWatching);
    await store.close();
    return seen.filter((name) => name !== undefined).length;
  };
  expect(await named()).toBeGreaterThan(0);
  expect(await named(true)).toBeGreaterThan(0);
  expect(await named(false)).toBe(0);
});
