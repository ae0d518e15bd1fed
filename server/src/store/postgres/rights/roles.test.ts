/** The roles: made by a user who may, asked for in SQL otherwise, and never one that sees or may do more than it needs. */
import { execFileSync } from "node:child_process";
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
import { connectOnce } from "../connection/connection.ts";
import { openPostgres, printSql } from "../index.ts";
import { applyMigrations, migrate, migrations } from "../schema/migrate.ts";

const run = async (url: string, sql: string): Promise<unknown[]> => {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
};

const databaseIn = (url: string): string =>
  new URL(url.replace("postgresql:///", "postgresql://x/")).pathname.slice(1);

/** The connection string of another user. The embedded PostgreSQL accepts no other users, so a superuser switches to it. */
const comingAs = (url: string, user: string): string =>
  url.includes("daybook-tests")
    ? asSuperuser(url).replace("user=postgres", `user=${encodeURIComponent(user)}`)
    : `${asSuperuser(url)}&options=${encodeURIComponent(`-c role=${user.replace(/[\\ ]/g, "\\$&")}`)}`;

/** A new user who owns the database; returns its connection string. */
async function databaseOf(url: string, user: string, options = ""): Promise<string> {
  const name = pg.escapeIdentifier(user);
  const own = `ALTER DATABASE ${databaseIn(url)} OWNER TO ${name}`;
  await run(asSuperuser(url), `CREATE ROLE ${name} LOGIN ${options}; ${own}`);
  return comingAs(url, user);
}

/** A user who may do nothing. */
async function poorUser(url: string, user: string = newName()): Promise<string> {
  await run(asSuperuser(url), `CREATE ROLE ${pg.escapeIdentifier(user)} LOGIN`);
  return user;
}

/** Runs a script as an operator would, as a superuser. */
const psql = (url: string, script: string): void => {
  execFileSync("psql", [asSuperuser(url), "-v", "ON_ERROR_STOP=1", "--quiet"], {
    input: script,
    stdio: "pipe",
  });
};

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

describe.each(kinds)("the roles on %s PostgreSQL", (kind) => {
  test("are asked for in one sentence if the user may not make them, and used once they were made", async () => {
    const user = newName();
    const empty = await emptyDatabase(kind);
    const url = await databaseOf(empty, user);
    const { message, remedy } = await refusal(migrate(url));
    expect(message).toBe(
      `Daybook works with the roles ${user}_runtime and ${user}_reader, which the user ${user} may not create.`,
    );
    const make = `CREATE ROLE ${user}_reader NOLOGIN; CREATE ROLE ${user}_runtime NOLOGIN;`;
    const grant = `GRANT ${user}_reader, ${user}_runtime TO ${user};`;
    expect(remedy).toContain(
      `Let a superuser of the database server run: ${make} ${grant} Or name roles that exist`,
    );
    expect(
      await run(asSuperuser(empty), "SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace"),
    ).toEqual([]);
    await run(asSuperuser(empty), make);
    expect((await refusal(migrate(url))).remedy).toContain(
      `Let a superuser of the database server run: ${grant} Or`,
    );
    await run(asSuperuser(empty), grant);
    expect(await migrate(url)).toEqual(known);
    await expectWalled(await openPostgres(url));
  });

  test("are made by a user who may make roles, in many databases at the same moment", async () => {
    const user = newName();
    const empty = await Promise.all(Array.from({ length: 4 }, () => emptyDatabase(kind)));
    const urls = [await databaseOf(empty[0]!, user, "CREATEROLE")];
    for (const url of empty.slice(1)) {
      await run(asSuperuser(url), `ALTER DATABASE ${databaseIn(url)} OWNER TO ${user}`);
      urls.push(comingAs(url, user));
    }
    expect(await Promise.all(urls.map((url) => migrate(url)))).toEqual(urls.map(() => known));
    await Promise.all(urls.map(async (url) => expectWalled(await openPostgres(url))));
  });

  test("hold a superuser's work as any other's", async () => {
    const url = asSuperuser(await emptyDatabase(kind));
    expect(await migrate(url)).toEqual(known);
    await expectWalled(await openPostgres(url));
  });

  test.each([
    ["of the longest name", () => `u${randomBytes(31).toString("hex")}`],
    ["of a name with everything in it", () => `"Zoë" $1 '\\; ${randomBytes(6).toString("hex")}`],
  ])("are named after an owner %s", async (_, name) => {
    const url = await databaseOf(await emptyDatabase(kind), name(), "CREATEROLE");
    expect(await migrate(url)).toEqual(known);
    await expectWalled(await openPostgres(url));
  });

  test("let another user work who is a member, and may not change, remove or give away anything", async () => {
    const url = await freshDatabase(kind);
    const user = await poorUser(url);
    const coming = comingAs(url, user);
    const { message, remedy } = await refusal(openPostgres(coming));
    expect(message).toContain(
      `Rights must be given, which the user ${user} may not do: the tables belong to daybook.`,
    );
    expect(remedy).toContain("daybook-server migrate --print-sql");
    await run(asSuperuser(url), `GRANT daybook_reader, daybook_runtime TO ${user}`);
    await expectWalled(await openPostgres(coming));
    const refused = [
      "ALTER TABLE event ADD COLUMN a integer",
      "ALTER TABLE organization DISABLE ROW LEVEL SECURITY",
      "GRANT UPDATE ON event TO CURRENT_USER",
      `GRANT SELECT ON event TO ${user}`,
      "TRUNCATE event",
      "DELETE FROM event",
      "DELETE FROM tile",
      "UPDATE full_text_block SET data = ''",
      "UPDATE event SET reason = NULL",
      "UPDATE event_type SET definition = ''",
      "UPDATE api_client_token SET token_hash = ''",
      "DELETE FROM organization",
      "DROP TABLE session",
      "CREATE TABLE mine (a integer)",
      "CREATE POLICY mine ON head USING (true)",
    ];
    for (const statement of refused) {
      const outcome = await run(coming, statement).then(
        () => "done",
        (error: Error) => error.message,
      );
      // GRANT of what one has without the right to give it on is a warning, and gives nothing
      if (!statement.startsWith("GRANT"))
        expect(`${statement}: ${outcome}`).toMatch(/permission denied|must be owner/);
    }
    const given =
      "SELECT FROM pg_class c, aclexplode(c.relacl) g WHERE c.oid = 'event'::regclass AND g.privilege_type = 'UPDATE'";
    expect(await run(url, given)).toEqual([]);
    expect(
      await run(url, `SELECT FROM pg_class c, aclexplode(c.relacl) g WHERE g.grantee = '${user}'::regrole`),
    ).toEqual([]);
  });

  test.each([
    ["who owns the database", true, {}],
    ["who owns nothing", false, {}],
    ["who is the runtime role, with a reader that exists", false, { named: true }],
    ["who owns nothing, in a schema with a name in quotes", false, { schema: 'my "schema' }],
  ])(
    "are made by what migrate --print-sql prints for a user %s",
    async (_, owns, { named, schema = "public" }: { named?: boolean; schema?: string }) => {
      const empty = await emptyDatabase(kind);
      const user = await poorUser(empty, `Po or ${newName()}`);
      const name = pg.escapeIdentifier(user);
      if (owns) await run(asSuperuser(empty), `ALTER DATABASE ${databaseIn(empty)} OWNER TO ${name}`);
      if (schema !== "public") {
        const quoted = pg.escapeIdentifier(schema);
        const path = `ALTER DATABASE ${databaseIn(empty)} SET search_path = ${quoted}`;
        await run(
          asSuperuser(empty),
          `CREATE SCHEMA ${quoted}; GRANT USAGE ON SCHEMA ${quoted} TO ${name}; ${path}`,
        );
      }
      const reader = `${newName()}_sees`;
      if (named) await run(asSuperuser(empty), `CREATE ROLE ${reader} NOLOGIN`);
      const roles = named ? { runtime: user, reader } : {};
      const url = comingAs(empty, user);
      const { remedy } = await refusal(openPostgres(url, { roles }));
      expect(remedy).toMatch(/--print-sql|superuser/);
      psql(empty, await printSql(url, roles));
      await expectWalled(await openPostgres(url, { roles }));
      // nothing is missing now, and running it again does no harm
      const again = await printSql(url, roles);
      expect(again).not.toContain("CREATE TABLE");
      expect(again).not.toContain("CREATE ROLE");
      psql(empty, again);
      // the names that the database has are found without the configuration
      await expectWalled(await openPostgres(url));
    },
  );

  test.each([
    ["REVOKE INSERT ON event FROM daybook_runtime", "daybook_runtime lacks INSERT on event."],
    ["REVOKE UPDATE (size) ON head FROM daybook_runtime", "daybook_runtime lacks UPDATE (size) on head."],
    [
      "REVOKE SELECT ON public_reader.full_text_block FROM daybook_reader",
      "daybook_reader lacks SELECT on full_text_block.",
    ],
    [
      "REVOKE USAGE ON SCHEMA public_reader FROM daybook_reader",
      "daybook_reader lacks USAGE on the schema public_reader.",
    ],
    ["DROP POLICY log_in_row_scope ON log", "the policy log_in_row_scope of log is gone."],
    [
      "GRANT SELECT (id) ON event TO daybook_reader",
      "daybook_reader may read the table event, and not only its view.",
    ],
    ["DROP VIEW public_reader.event", "daybook_reader lacks SELECT on event."],
    ["ALTER TABLE api_client DISABLE ROW LEVEL SECURITY", "the row-level security of api_client is off."],
    [
      "ALTER POLICY head_in_row_scope ON head USING (true)",
      "the policy head_in_row_scope of head shows daybook_reader every organization.",
    ],
    [
      "CREATE OR REPLACE VIEW public_reader.event AS SELECT * FROM event",
      "the view event shows daybook_reader every organization.",
    ],
    [
      "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM daybook_reader; GRANT SELECT ON event_type TO daybook_reader",
      /daybook_reader lacks SELECT on organization; .*, and \d+ more\.$/,
    ],
  ])("lack a right after %s: the start says which, and an owner gives it", async (loss, sentence) => {
    const url = await freshDatabase(kind);
    const user = await poorUser(url);
    await run(asSuperuser(url), `GRANT daybook_reader, daybook_runtime TO ${user}; ${loss}`);
    const { message, remedy } = await refusal(openPostgres(comingAs(url, user)));
    expect(message).toMatch(sentence);
    expect(remedy).toContain("Let the owner of the tables run 'daybook-server migrate'");
    await expectWalled(await openPostgres(url));
    await expectWalled(await openPostgres(comingAs(url, user)));
  });

  test("are refused to everyone while a policy of someone else shows the reader every organization", async () => {
    const url = await freshDatabase(kind);
    await run(url, "CREATE POLICY mine ON head USING (true)");
    const { message, remedy } = await refusal(openPostgres(url));
    expect(message).toContain("the policy mine of head shows daybook_reader every organization.");
    expect(remedy).toContain("Remove what Daybook did not make");
    await run(url, "DROP POLICY mine ON head");
    await expectWalled(await openPostgres(url));
  });

  test("can be changed by the owner, and the ones before lose all rights", async () => {
    const url = await freshDatabase(kind);
    const roles = { reader: newName(), runtime: newName() };
    await run(
      asSuperuser(url),
      `CREATE ROLE ${roles.reader}; CREATE ROLE ${roles.runtime}; GRANT ${roles.reader}, ${roles.runtime} TO daybook`,
    );
    const user = await poorUser(url);
    await run(asSuperuser(url), `GRANT daybook_reader, daybook_runtime TO ${user}`);
    expect((await refusal(openPostgres(comingAs(url, user), { roles }))).message).toContain(
      "Rights must be given to other roles, which the user",
    );
    await expectWalled(await openPostgres(url, { roles }));
    const left =
      "SELECT FROM pg_class c, aclexplode(c.relacl) g WHERE g.grantee IN ('daybook_reader'::regrole, 'daybook_runtime'::regrole)";
    expect(await run(url, left)).toEqual([]);
  });

  test("are refused if they can do everything, or are the owner", async () => {
    const url = await freshDatabase(kind);
    const strong = newName();
    await run(asSuperuser(url), `CREATE ROLE ${strong} BYPASSRLS; GRANT ${strong} TO daybook`);
    expect((await refusal(openPostgres(url, { roles: { reader: strong } }))).message).toContain(
      `The role ${strong} can do everything`,
    );
    expect((await refusal(openPostgres(url, { roles: { runtime: "daybook" } }))).message).toContain(
      "must be three roles",
    );
  });

  test("don't read for a caller once the reader may read the table of events", async () => {
    const url = await freshDatabase(kind);
    const roles = { reader: newName() };
    await run(asSuperuser(url), `CREATE ROLE ${roles.reader}; GRANT ${roles.reader} TO daybook`);
    const store = await openPostgres(url, { roles });
    await run(url, `GRANT SELECT (id) ON event TO ${roles.reader}`);
    expect(await store.organizations(undefined, 9)).toEqual([]);
    await expect(store.within(1).organizations(undefined, 9)).rejects.toThrow("events of every organization");
    await store.close();
  });

  test("a database of another owner stays that owner's if a superuser migrates it", async () => {
    const url = await freshDatabase(kind);
    await run(url, "DROP VIEW public_reader.tile");
    await expectWalled(await openPostgres(asSuperuser(url)));
    expect(
      await run(
        url,
        "SELECT DISTINCT pg_get_userbyid(c.relowner)::text AS owner FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname LIKE 'public%'",
      ),
    ).toEqual([{ owner: "daybook" }]);
  });

  test("come to a database of the version before, and its events are found by their hashes", async () => {
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
