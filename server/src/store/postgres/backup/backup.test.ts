/** Backup and restore: between all pairs of PostgreSQL servers, during writes; and invalid files, which must leave nothing behind. */
import { createHash } from "node:crypto";
import { Readable, Writable } from "node:stream";
import { gunzipSync, gzipSync } from "node:zlib";
import { DaybookError } from "daybook/internal";
import pg from "pg";
import { beforeAll, describe, expect, test } from "vitest";
import {
  type DatabaseKind,
  databaseKinds,
  emptyDatabase,
  freshDatabase,
} from "../../../../../test/support/database.ts";
import { isFull } from "../../../../../test/support/strength.ts";
import type { Store } from "../../store.ts";
import { anywhere } from "../../testing/anywhere.ts";
import { dumpSchema } from "../../testing/dump-schema.ts";
import { append, collect, newOrganization, plain } from "../../testing/sample-events.ts";
import {
  hostileWords,
  newClient,
  newHash,
  newMember,
  newSession,
  newTeam,
  newUser,
  password,
} from "../../testing/sample-people.ts";
import { type BackupProgress, backup, openPostgres, restore } from "../index.ts";

/** Accepts everything, slowly enough to cause back pressure. */
function sink(): { writable: Writable; bytes: () => Buffer } {
  const chunks: Buffer[] = [];
  const writable = new Writable({
    highWaterMark: 1024,
    write: (chunk: Buffer, _encoding, done) => {
      chunks.push(chunk);
      setImmediate(done);
    },
  });
  return { writable, bytes: () => Buffer.concat(chunks) };
}

async function backupOf(url: string): Promise<Buffer> {
  const { writable, bytes } = sink();
  await backup(url, writable);
  return bytes();
}

const from = (bytes: Buffer): Readable => Readable.from([bytes.subarray(0, 100), bytes.subarray(100)]);

async function sql<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const relationsOf = (url: string): Promise<number> =>
  sql(url, async (client) => {
    const { rows } = await client.query(
      "SELECT count(*)::int AS n FROM pg_class WHERE relnamespace = 'public'::regnamespace",
    );
    return rows[0].n;
  });

/** The rows of every table, as sorted text, by the table's name. */
const rowsOf = (url: string): Promise<Record<string, string[]>> =>
  sql(url, async (client) => {
    const tables = await client.query<{ relname: string }>(
      "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
    );
    const rows: Record<string, string[]> = {};
    for (const { relname } of tables.rows) {
      // only the time of a migration differs after a restore; words are indexed again
      if (
        [
          "schema_migration",
          "full_text_segment",
          "full_text_block",
          "full_text_changed",
          "follower",
          "maintenance",
        ].includes(relname)
      )
        continue;
      const found = await client.query<{ row: string }>(`SELECT t::text AS row FROM ${relname} t ORDER BY 1`);
      rows[relname] = found.rows.map(({ row }) => row);
    }
    return rows;
  });

const everything = async (store: Store, organizationId: number): Promise<unknown> => ({
  events: (await store.events(organizationId, 0, 0n, 10_000)).map(plain),
  heads: (await store.heads([organizationId])).map((head) => ({ ...head, frontier: [...head.frontier] })),
  tiles: (await store.tiles(organizationId, 0, 0, 0n, 9)).map(({ hashes }) => [...hashes]),
  types: await store.eventTypes(organizationId, 0),
  serviceTypes: await store.eventTypes(0, 0),
  organization: await store.organizationsById([organizationId]),
});

const hostile = { type: "user", id: "tab\t nl\n cr\r \\. \\N é 🎉 \\" };

/** People with rows in every table about people. */
async function fillPeople(store: Store, organizationId: number): Promise<void> {
  const { userId } = await newMember(store, organizationId, "OWNER");
  for (const word of hostileWords) await newUser(store, { name: word, email: word, password });
  const team = await newTeam(store, organizationId, "AUDITOR");
  await newSession(store, userId);
  const { client } = await newClient(store, organizationId, { creatorId: userId });
  const [row, expiresAt] = [{ organizationId, role: "AUDITOR" as const }, 2_000_000_000_000_001n];
  const viewer = { id: "viewer_1", viewerId: "v", viewerName: null, onlyTarget: null };
  const openedBy = { kind: "api_client", id: client.id } as const;
  const who = { id: "invitation_1", email: "new@example.com", invitedBy: { type: "user", id: "user_1" } };
  await store.write(async (tx) => {
    await tx.rememberBrowser({ userId, tokenHash: newHash(), before: undefined, expiresAt });
    await tx.insertTeamMember(organizationId, team.id, userId);
    const view = { organizationId, id: "view_1", name: hostileWords[1]!, search: '{"q":"\\\\.\\n"}' };
    await tx.insertSavedView({ ...view, userId: null });
    await tx.insertViewerSession({ ...row, ...viewer, openedBy, tokenHash: newHash(), expiresAt });
    await tx.insertInvitation({ ...row, ...who, tokenHash: newHash(), expiresAt });
    await tx.insertCode({ codeHash: newHash(), userId: null, expiresAt, issuedBy: null });
    await tx.insertSecondFactor({ userId, id: "factor_1", kind: "TOTP", sealed: "v1.k.n.t", lastStep: 1n });
    await tx.setRecoveryCodes(userId, [newHash(), newHash()]);
    const named = { id: "token_1", name: hostileWords[0]!, prefix: "dbk_pat_abcdef" };
    await tx.insertPersonalToken({ ...named, userId, tokenHash: newHash(), expiresAt });
    const half = { userId, method: "PASSWORD" as const, passwordHash: newHash(), userAgent: null };
    await tx.insertHalfSession({ ...half, tokenHash: newHash(), expiresAt });
    await tx.putDenial({ organizationId, subject: "\\N", recordedAt: 1n, pending: 1, event: "{}" });
    await tx.claimIdempotencyKey(organizationId, "key", newHash());
  }, anywhere);
}

async function fill(url: string): Promise<number> {
  const store = await openPostgres(url);
  const { organizationId } = await newOrganization(store, "Zoë \\. \\N\t");
  await append(
    store,
    organizationId,
    Array.from({ length: 600 }, (_, n) => ({
      actor: n % 7 === 0 ? hostile : { type: "user", id: `u${n}` },
      targets: [hostile],
      slots: { reason: JSON.stringify(`\\.\n${"x".repeat(n)}`) },
    })),
  );
  const hashes = new Uint8Array(8192).fill(10);
  const tile = { organizationId, logNo: 0, level: 0, index: 0n, hashes, root: hashes.subarray(0, 32) };
  await store.write(async (tx) => {
    await tx.appendTiles([tile]);
    for (const [of, name] of [
      [organizationId, "a.b"],
      [0, "c.d"],
    ] as const) {
      await tx.takeEventTypeName(of, name);
      await tx.insertEventType({ organizationId: of, name, version: 1, definition: "{}" });
    }
  }, anywhere);
  await fillPeople(store, organizationId);
  await store.close();
  return organizationId;
}

const filled = new Map<DatabaseKind, Promise<{ url: string; organizationId: number }>>();

/** A database that has rows of everything; made once for each kind. */
function filledDatabase(kind: DatabaseKind): Promise<{ url: string; organizationId: number }> {
  const made =
    filled.get(kind) ?? freshDatabase(kind).then(async (url) => ({ url, organizationId: await fill(url) }));
  filled.set(kind, made);
  return made;
}

const kinds = databaseKinds();
/** From each and into each, which two of the four pairs show; all four at full strength. */
const pairs = kinds
  .flatMap((source) => kinds.map((target) => ({ source, target })))
  .filter(({ source, target }) => isFull || kinds.length === 1 || source !== target);

describe.each(pairs)(
  "a backup of $source PostgreSQL, restored into $target PostgreSQL",
  ({ source, target }) => {
    test("has everything, indexes and counters too, and goes on from there", async () => {
      const { url: old, organizationId } = await filledDatabase(source);
      const fresh = await emptyDatabase(target);
      const progress: BackupProgress[] = [];
      await restore(fresh, from(await backupOf(old)), { progress: (at) => void progress.push(at) });
      expect(progress).toContainEqual({ table: "event", rows: 600 });
      const stores = [await openPostgres(old), await openPostgres(fresh)];
      const [before, after] = await Promise.all(stores.map((store) => everything(store, organizationId)));
      expect(after).toEqual(before);
      expect(await sql(fresh, dumpSchema)).toBe(await sql(old, dumpSchema));
      const rows = await rowsOf(fresh);
      expect(rows).toEqual(await rowsOf(old));
      const empty = Object.keys(rows).filter((table) => rows[table]!.length === 0);
      expect(empty).toEqual(["deployment", "integrity_check"]);
      const next = await newOrganization(stores[1]!);
      expect(next.organizationId).toBeGreaterThan(organizationId);
      // the same number again would be a conflict
      expect((await newUser(stores[1]!)).userId).toBeGreaterThan(hostileWords.length);
      await append(stores[1]!, organizationId, [{}]);
      expect(await collect(chunked(stores[1]!.checkDerived(organizationId)))).toEqual([]);
      await Promise.all(stores.map((store) => store.close()));
    });
  },
);

async function* chunked<T>(items: AsyncIterable<T>): AsyncGenerator<T[]> {
  for await (const item of items) yield [item];
}

test("a backup is of one instant, whatever is recorded while it is written", async () => {
  const { url: old, organizationId } = await filledDatabase("embedded");
  const fresh = await emptyDatabase("embedded");
  const store = await openPostgres(old);
  let writing = true;
  const writer = (async () => {
    while (writing) await append(store, organizationId, [{}, {}]);
  })();
  const bytes = await backupOf(old);
  writing = false;
  await writer;
  await store.close();
  await restore(fresh, from(bytes));
  const restored = await openPostgres(fresh);
  const [head] = await restored.heads([organizationId]);
  const events = await collect(
    restored.walk({ organizationId, by: "recorded", filter: {}, before: { logNo: 9, seq: 0n } }),
  );
  expect(BigInt(events.length)).toBe(head!.size);
  expect(await collect(chunked(restored.checkDerived(organizationId)))).toEqual([]);
  await restored.close();
});

test("a backup that can't be written fails, and a database that is none of ours has none", async () => {
  const { url } = await filledDatabase("embedded");
  const full = new Writable({ write: (_chunk, _encoding, done) => done(new Error("no space left")) });
  await expect(backup(url, full)).rejects.toThrow("no space left");
  const other = await emptyDatabase("embedded");
  await expect(backup(other, sink().writable)).rejects.toMatchObject({ code: "config-invalid" });
});

describe("a file that is no whole backup is refused, and leaves nothing behind:", () => {
  let whole: Buffer;
  // each finds it as the one before left it: with nothing in it
  let empty: string;
  let text: string;

  beforeAll(async () => {
    whole = await backupOf((await filledDatabase("embedded")).url);
    empty = await emptyDatabase("embedded");
    text = gunzipSync(whole).toString("utf8");
  });

  const zipped = (changed: string): Buffer => gzipSync(Buffer.from(changed));
  const resealed = (changed: string): Buffer => {
    const body = changed.slice(0, changed.lastIndexOf("\n", changed.length - 2) + 1);
    const trailer = JSON.parse(changed.slice(body.length)) as Record<string, unknown>;
    const sha256 = createHash("sha256").update(body).digest("hex");
    return zipped(`${body}${JSON.stringify({ ...trailer, sha256 })}\n`);
  };
  const header = (changes: object): string => {
    const [first] = text.split("\n", 1) as [string];
    return JSON.stringify({ ...JSON.parse(first), ...changes }) + text.slice(first.length);
  };
  const anEvent = /\n1\t0\t5\t|\n5\t/;

  const files: [string, () => Buffer][] = [
    ["an empty file", () => Buffer.alloc(0)],
    ["a text", () => Buffer.from("this is no backup")],
    ["gzip of a text", () => zipped("this is no backup")],
    ["gzip of another JSON", () => zipped('{"format":"other"}\n')],
    ["the first half of a backup", () => whole.subarray(0, whole.length >> 1)],
    ["a backup without its last byte", () => whole.subarray(0, -1)],
    ["one with a byte flipped in the middle", () => flipped(whole, whole.length >> 1)],
    ["one whose tables stop early, zipped anew", () => zipped(text.slice(0, text.length >> 1))],
    ["one without its trailer", () => zipped(text.slice(0, text.lastIndexOf("\n", text.length - 2) + 1))],
    ["one with a word changed", () => zipped(text.replace("Zoë", "Zoe"))],
    ["one with a row left out", () => zipped(withoutLine(text, anEvent))],
    ["one with a row left out and sealed anew", () => resealed(withoutLine(text, anEvent))],
    ["one with a row twice", () => resealed(text.replace(/\n1\t[^\n]*/, (row) => row + row))],
    ["one with more after its end", () => zipped(`${text}more\n`)],
    ["one of a newer version of the format", () => resealed(header({ version: 2 }))],
    ["one of a newer schema", () => resealed(header({ schema: 999 }))],
    [
      "one that names a table of its own",
      () => resealed(header({ tables: [{ name: "pg_authid", columns: ["oid"] }] })),
    ],
    [
      "one with SQL for a name",
      () => resealed(header({ tables: [{ name: "tile; DROP TABLE tile", columns: ["a"] }] })),
    ],
  ];

  test.each(files)("%s", async (_name, make) => {
    const refusal = await restore(empty, from(make())).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(DaybookError);
    expect((refusal as DaybookError).code).toBe("backup-invalid");
    expect(await relationsOf(empty)).toBe(0);
  });

  test("a file that can't be read", async () => {
    const broken = new Readable({
      read() {
        this.destroy(new Error("the disk is gone"));
      },
    });
    await expect(restore(empty, broken)).rejects.toThrow("the disk is gone");
    expect(await relationsOf(empty)).toBe(0);
  });

  test("a whole backup, where the database already holds something", async () => {
    const url = await freshDatabase("embedded");
    await expect(restore(url, from(whole))).rejects.toMatchObject({ code: "database-not-empty" });
  });
});

const flipped = (bytes: Buffer, at: number): Buffer => {
  const copy = Buffer.from(bytes);
  // all its bits: deflate leaves single bits unused between its blocks
  copy[at]! ^= 0xff;
  return copy;
};

function withoutLine(text: string, start: RegExp): string {
  const found = start.exec(text)!;
  const from = found.index + 1;
  return text.slice(0, from) + text.slice(text.indexOf("\n", from) + 1);
}
