/** The schema is the reviewed one, the same on every PostgreSQL, and each column of an event has its owner. */
import { readFile, writeFile } from "node:fs/promises";
import { slotNames } from "daybook/internal";
import pg from "pg";
import { beforeAll, describe, expect, test } from "vitest";
import { databaseKinds, freshDatabase } from "../../../../../test/support/database.ts";
import { dumpSchema } from "../../testing/dump-schema.ts";
import { eventColumns, ownedTables, owners, slotColumns } from "../events/columns.ts";
import { readerPolicies, readerViews } from "../rights/list.ts";
import { migrations } from "./migrate.ts";

const reviewed = new URL("./schema.sql", import.meta.url);

describe.each(databaseKinds())("the schema on %s PostgreSQL", (kind) => {
  let client: pg.Client;
  const rows = async (text: string): Promise<string[][]> =>
    (await client.query<string[]>({ text, rowMode: "array" })).rows;

  beforeAll(async () => {
    client = new pg.Client(await freshDatabase(kind));
    await client.connect();
    return () => client.end();
  });

  test("is store/postgres/schema/schema.sql, which is reviewed (UPDATE_SCHEMA=1 writes it anew)", async () => {
    const dumped = await dumpSchema(client);
    if (process.env.UPDATE_SCHEMA === "1") await writeFile(reviewed, dumped);
    expect(dumped).toBe(await readFile(reviewed, "utf8"));
  });

  test("gives each column of an event to the leaf or to exactly one slot", async () => {
    const columns = await rows(
      "SELECT attname FROM pg_attribute WHERE attrelid = 'event'::regclass AND attnum > 0 AND NOT attisdropped",
    );
    const names = columns.map(([name]) => name).sort();
    expect(Object.keys(owners).sort()).toEqual(names);
    expect([...eventColumns, "actor_key", "actor_hash", "type_hash"].sort()).toEqual(names);
    expect(slotColumns.map(({ slot }) => slot).sort()).toEqual([...slotNames]);
    expect(Object.keys(ownedTables)).toEqual(["event_target"]);
  });

  test("gives each slot the bit that the check of erased slots gives it", async () => {
    const [[check]] = (await rows(
      "SELECT pg_get_constraintdef(oid, true) FROM pg_constraint WHERE conname = 'event_erased_has_no_value'",
    )) as [[string]];
    const bits = [...check.matchAll(/\((\w+) IS NOT NULL\)::integer \* (\d+)/g)].map(([, column, bit]) => [
      column,
      Number(bit),
    ]);
    expect(bits).toEqual(slotColumns.map(({ column, bit }) => [column, bit]));
  });

  test("has no foreign keys and no triggers, and organization_id in every key of what grows", async () => {
    expect(await rows("SELECT conname FROM pg_constraint WHERE contype = 'f'")).toEqual([]);
    expect(await rows("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")).toEqual([]);
    const keys = await rows(`SELECT c.relname, k.conname, string_agg(a.attname, ',' ORDER BY n)
      FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid, unnest(k.conkey) WITH ORDINALITY AS u (attnum, n)
      JOIN pg_attribute a ON true WHERE a.attrelid = k.conrelid AND a.attnum = u.attnum AND k.contype IN ('p', 'u')
      GROUP BY 1, 2 ORDER BY 2`);
    const grows = ["event", "tile", "head", "log", "event_type", "idempotency"];
    for (const [table, key, columns] of keys.filter(([table]) => grows.includes(table!))) {
      expect(columns!.split(","), `${key} of ${table}`).toContain("organization_id");
      if (key!.endsWith("_pkey")) expect(columns).toMatch(/^organization_id/);
    }
  });

  test("lets the reader read no row but of the organization in scope", async () => {
    const tables = await rows(`SELECT c.relname, c.relrowsecurity AND NOT c.relforcerowsecurity,
        EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'organization_id'),
        has_any_column_privilege(r.oid, c.oid, 'SELECT'),
        (SELECT string_agg(p.polcmd::text || ' ' || pg_get_expr(p.polqual, p.polrelid), ';') FROM pg_policy p
          WHERE p.polrelid = c.oid AND r.oid = ANY (p.polroles))
      FROM pg_class c, pg_roles r WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND r.rolname = 'daybook_reader'
      ORDER BY 1`);
    const rowScope =
      "(organization_id = (NULLIF(current_setting('daybook.organization'::text, true), ''::text))::integer)";
    for (const [table, isClosed, isOfOrganizations, isRead, policy] of tables as unknown as [
      string,
      boolean,
      boolean,
      boolean,
      string | null,
    ][]) {
      // a table that COPY writes has no policy, and no right for the reader
      if (isOfOrganizations) expect([table, isClosed]).toEqual([table, !(table in readerViews)]);
      if (isRead)
        expect([table, isClosed, table === "user_account" || policy === `r ${rowScope}`]).toEqual([
          table,
          true,
          true,
        ]);
      else expect([table, policy]).toEqual([table, null]);
    }
  });

  test("lets the reader read no secret and write nothing", async () => {
    const secrets =
      await rows(`SELECT c.relname || '.' || a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
      WHERE c.relkind IN ('r', 'v') AND c.relnamespace IN ('public'::regnamespace, 'public_reader'::regnamespace) AND a.attnum > 0
        AND has_column_privilege('daybook_reader', c.oid, a.attnum, 'SELECT')
        AND a.attname ~ 'password|token|hash|secret|subject|issuer|code|key$' ORDER BY 1`);
    // hashes of words and of leaves, and the key of an actor or a target: no secrets
    expect(secrets.map(([column]) => column)).toEqual([
      "event.actor_hash",
      "event.actor_key",
      "event.leaf_hash",
      "event.type_hash",
      "event_target.target_hash",
      "event_target.target_key",
      "saved_view.name_key",
      "team.name_key",
      "tile.hashes",
    ]);
    const others =
      await rows(`SELECT c.relname FROM pg_class c, unnest(ARRAY['INSERT', 'UPDATE', 'REFERENCES']) p
      WHERE c.relnamespace IN ('public'::regnamespace, 'public_reader'::regnamespace) AND c.relkind IN ('r', 'v')
        AND (has_any_column_privilege('daybook_reader', c.oid, p) OR has_table_privilege('daybook_reader', c.oid, 'DELETE'))`);
    expect(others).toEqual([]);
  });

  test("keeps what is recorded from being changed, by its owner too", async () => {
    for (const statement of ["UPDATE event SET reason = NULL", "DELETE FROM event_target", "TRUNCATE tile"]) {
      await expect(client.query(statement)).rejects.toThrow("permission denied");
    }
  });

  test("compares text by code points everywhere", async () => {
    const other =
      await rows(`SELECT c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0
        AND a.attcollation NOT IN (0, '"C"'::regcollation)`);
    expect(other).toEqual([]);
  });

  test("refuses what breaks an invariant", async () => {
    const base = {
      organization_id: "1",
      log_no: "0",
      seq: "0",
      id: "'01a1ee56-6031-770e-8f78-3e4b60b8e4d1'",
      type: "'T'",
      occurred_at: "'2026-11-22Z'",
      recorded_at: "'2026-11-22Z'",
      outcome: "'s'",
      leaf_hash: "sha256('')",
      salts: "decode(repeat('00', 16), 'hex')",
      actor_key: "'user:a'",
      actor: "'{}'",
    };
    const insert = async (changed: Record<string, string>): Promise<string> => {
      const row = { ...base, ...changed };
      const sql = `INSERT INTO event (${Object.keys(row)}) VALUES (${Object.values(row)})`;
      await client.query("BEGIN");
      const refusal = await client.query(sql).then(
        () => "taken",
        (error: pg.DatabaseError) => error.constraint ?? error.message,
      );
      await client.query("ROLLBACK");
      return refusal;
    };
    const erasedActor = { actor: "NULL", actor_key: "NULL", erased: "1", salts: "''", digests: "sha256('')" };
    expect(await insert({})).toBe("taken");
    expect(await insert(erasedActor)).toBe("taken");
    expect(await insert({ seq: "-1" })).toBe("event_seq_from_0");
    expect(await insert({ occurred_at: "'1969-12-31Z'" })).toBe("event_times_in_range");
    expect(await insert({ outcome: "'x'" })).toBe("event_outcome_known");
    expect(await insert({ leaf_hash: "'short'" })).toBe("event_leaf_hash_is_sha256");
    expect(await insert({ salts: "''" })).toBe("event_salt_for_each_slot");
    expect(await insert({ data: "'{}'" })).toBe("event_salt_for_each_slot");
    expect(await insert({ digests: "sha256('')" })).toBe("event_digest_for_each_erased");
    expect(await insert({ erased: "2" })).toBe("event_digest_for_each_erased");
    expect(await insert({ erased: "1", digests: "sha256('')" })).toBe("event_erased_has_no_value");
    expect(await insert({ actor: "NULL", actor_key: "NULL", salts: "''" })).toBe("event_actor_or_erased");
    expect(await insert({ actor_key: "NULL" })).toBe("event_actor_or_erased");
    expect(await insert({ ...erasedActor, actor_key: "'user:a'" })).toBe("event_actor_or_erased");
  });
});

test("each policy and each view has a sentence", () => {
  for (const { sentence } of [...Object.values(readerPolicies), ...Object.values(readerViews)])
    expect(sentence).toMatch(/^[A-Z].*\.$/);
});

test("each check of the migrations has a sentence above it", async () => {
  for (const { name, sql } of await migrations()) {
    const lines = sql.split("\n");
    lines.forEach((line, index) => {
      if (!/CHECK \(|CHECK$/.test(line) || !/CONSTRAINT/.test(`${lines[index - 1]}${line}`)) return;
      const above = lines.slice(Math.max(0, index - 2), index).some((one) => /^\s*-- /.test(one));
      expect(above, `${name}: ${line}`).toBe(true);
    });
  }
});
