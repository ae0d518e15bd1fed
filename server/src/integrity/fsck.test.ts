/** A planted fault for each check of fsck. */
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { asSuperuser } from "../../../test/support/database.ts";
import { anEvent, openTestServices, type TestServices } from "../log/testing/test-services.ts";
import type { Organization } from "../store/contract/organizations.ts";
import { fsck } from "./index.ts";

let services: TestServices;
let acme: Organization;
let database: pg.Client;
beforeAll(async () => {
  services = await openTestServices();
  acme = await services.newOrganization("acme");
  await services.newOrganization("other");
  for (let i = 0; i < 3; i++) {
    await services.record(acme, ...Array.from({ length: 200 }, () => anEvent({ reason: `Ticket ${i}` })));
  }
  database = new pg.Client(asSuperuser(services.url));
  await database.connect();
});
afterAll(async () => {
  await database.end();
  await services.close();
});
test("there is nothing to find in logs that are as they were written", async () => {
  expect(await services.findings()).toEqual([]);
});

/** The findings of fsck after changing one table by SQL, in a transaction that is rolled back; `$1` is the organization. */
async function after(statement: string): Promise<{ seq: bigint | undefined; sentence: string }[]> {
  const table = /^(?:UPDATE|DELETE FROM) (\w+)/.exec(statement)![1]!;
  const { rows } = await database.query(
    `SELECT string_agg(attname, ', ') AS columns FROM pg_attribute
      WHERE attrelid = '${table}'::regclass AND attnum > 0 AND attgenerated = ''`,
  );
  const { columns } = rows[0];
  await database.query(`CREATE TEMP TABLE saved AS SELECT ${columns} FROM ${table}`);
  try {
    await database.query(statement.replaceAll("$1", String(acme.organizationId)));
    const found = await services.findings();
    for (const finding of found) expect(finding.organization).toBe(acme.id);
    return found.map(({ seq, sentence }) => ({ seq, sentence }));
  } finally {
    await database.query(
      `DELETE FROM ${table}; INSERT INTO ${table} (${columns}) SELECT ${columns} FROM saved; DROP TABLE saved`,
    );
  }
}

const where = (seq: number): string => `WHERE organization_id = $1 AND seq = ${seq}`;
const altered = (seq: bigint) => ({
  seq,
  sentence: `The leaf hash of event ${seq} is not that of its row: a value, a salt, a time or the hash was altered.`,
});

test.each([
  ["a value", `UPDATE event SET reason = '"Ticket 43"' ${where(7)}`],
  ["a salt", `UPDATE event SET salts = overlay(salts PLACING '\\x00'::bytea FROM 1) ${where(7)}`],
  ["an outcome", `UPDATE event SET outcome = 'f' ${where(7)}`],
  ["a recorder", `UPDATE event SET recorded_by = '{"id":"operator","type":"operator"}' ${where(7)}`],
  ["an id", `UPDATE event SET id = '0193517a-0000-7000-8000-000000000000' ${where(7)}`],
])("%s that was altered is found, and nothing else", async (_what, statement) => {
  expect(await after(statement)).toEqual([altered(7n)]);
});

test("a time of occurring that was altered is found, in the leaf and in what pages walk", async () => {
  const found = await after(`UPDATE event SET occurred_at = occurred_at - interval '1 day' ${where(7)}`);
  expect(found[0]).toEqual(altered(7n));
});

test("an event without one of its slots is found", async () => {
  const statement = `UPDATE event SET reason = NULL, salts = substr(salts, 1, length(salts) - 48) || substr(salts, length(salts) - 31)`;
  expect(await after(`${statement} ${where(7)}`)).toEqual([altered(7n)]);
});

test("a value that is not canonical is found", async () => {
  const found = await after(`UPDATE event SET reason = ' ' || reason ${where(7)}`);
  expect(found).toEqual([
    { seq: 7n, sentence: "Slot reason of event 7 is not canonical JSON." },
    altered(7n),
  ]);
});

test("a time of recording that falls is found", async () => {
  const found = await after(`UPDATE event SET recorded_at = recorded_at - interval '1 day' ${where(300)}`);
  expect(found[0]!.sentence).toMatch(/^Event 300 was recorded at .*, before event 299 at /);
  expect(found).toContainEqual(altered(300n));
});

test("a leaf hash that was altered is found in its row, its tile and the head", async () => {
  const found = await after(`UPDATE event SET leaf_hash = sha256(leaf_hash) ${where(7)}`);
  expect(found).toContainEqual(altered(7n));
  expect(found.map((each) => each.sentence)).toEqual(
    expect.arrayContaining([
      "Tile 0 of level 0 does not have the hashes of the level below.",
      expect.stringMatching(/^The frontier in the head/),
    ]),
  );
});

test("an event that was replaced by a coherent one is found in the tree", async () => {
  // event 7 is a copy of event 8, including the leaf hash: only its place differs
  const columns =
    "occurred_at, recorded_at, outcome, leaf_hash, salts, actor, changes, data, reason, recorded_by";
  const found = await after(
    `UPDATE event SET (${columns}) = (SELECT ${columns} FROM event ${where(8)}) ${where(7)}`,
  );
  expect(found).toContainEqual({
    seq: undefined,
    sentence: "Tile 0 of level 0 does not have the hashes of the level below.",
  });
});

test.each([
  ["a missing event", `DELETE FROM event ${where(300)}`, { seq: 300n, sentence: "Event 300 is missing." }],
  [
    "missing events",
    "DELETE FROM event WHERE seq IN (300, 301) AND organization_id = $1",
    { seq: 300n, sentence: "Events 300 to 301 are missing." },
  ],
  [
    "a missing last event",
    `DELETE FROM event ${where(600)}`,
    { seq: 600n, sentence: "Event 600 is missing." },
  ],
  ["a missing first event", `DELETE FROM event ${where(0)}`, { seq: 0n, sentence: "Event 0 is missing." }],
])("%s is found", async (_what, statement, finding) => {
  expect(await after(statement)).toContainEqual(finding);
});

test.each([
  [
    "a tile's hashes",
    "UPDATE tile SET hashes = overlay(hashes PLACING '\\x00'::bytea FROM 99) WHERE organization_id = $1 AND tile_index = 1",
    "Tile 1 of level 0 does not have the hashes of the level below.",
  ],
  [
    "a tile's root",
    "UPDATE tile SET root = sha256(root) WHERE organization_id = $1 AND tile_index = 1",
    "The root of tile 1 of level 0 is not that of its hashes.",
  ],
  [
    "a missing tile",
    "DELETE FROM tile WHERE organization_id = $1 AND tile_index = 0",
    "Tile 0 of level 0 is missing.",
  ],
  [
    "a tile too many",
    "UPDATE tile SET level = 1, tile_index = 0 WHERE organization_id = $1 AND tile_index = 1",
    "Tile 0 of level 1 is there, though the log is not so long.",
  ],
  [
    "a head's frontier",
    "UPDATE head SET frontier = overlay(frontier PLACING '\\x00'::bytea FROM 5) WHERE organization_id = $1",
    "The frontier in the head is not that of the 601 leaves.",
  ],
  [
    "a head's time",
    "UPDATE head SET recorded_at = recorded_at + interval '1 second' WHERE organization_id = $1",
    "The head's recordedAt is not that of the last event.",
  ],
  [
    "a head set back",
    "UPDATE head SET size = 600, frontier = substr(frontier, 1, 32 * bit_count(600::bit(64))::integer) WHERE organization_id = $1",
    "Event 600 is past the end of its log, which has 600 events.",
  ],
  [
    "another log's origin",
    "UPDATE head SET origin = replace(origin, 'example', 'exempla') WHERE organization_id = $1",
    "The head of organization acme names a log that is not its own.",
  ],
])("%s that was altered is found", async (_what, statement, sentence) => {
  expect((await after(statement)).map((each) => each.sentence)).toContain(sentence);
});

test("derived columns and tables that differ from the slots are found", async () => {
  expect((await after(`UPDATE event SET actor_key = 'user:someone' ${where(7)}`)).length).toBe(1);
  expect(await after(`DELETE FROM event_target ${where(7)}`)).not.toEqual([]);
});

test("a slot that was erased without an event is found", async () => {
  const { actorPersonal } = (await services.store.events(acme.organizationId, 0, 7n, 1))[0]!.slots;
  const { json, salt } = actorPersonal as { json: string; salt: Uint8Array };
  const { slotDigest } = await import("daybook/internal");
  const digest = Buffer.from(slotDigest(salt, "actorPersonal", json), "base64url").toString("hex");
  const found = await after(
    `UPDATE event SET actor_personal = NULL, erased = 2, digests = '\\x${digest}', salts = substr(salts, 1, 16) || substr(salts, 33) ${where(7)}`,
  );
  const sentence = "Slot actorPersonal of event 7 is erased, but no event says so.";
  expect(found).toEqual([{ seq: 7n, sentence }]);
});

test("after each of these was taken back the logs are whole again", async () => {
  expect(await services.findings()).toEqual([]);
});

test("it tells how far it has come, and may run while events are recorded", async () => {
  const events: number[] = [];
  const writing = Promise.all(Array.from({ length: 50 }, () => services.record(acme, anEvent())));
  for await (const finding of fsck(services.store, {
    logsOnly: true,
    onProgress: (progress) => events.push(progress.events),
  })) {
    expect(finding).toBeUndefined();
  }
  await writing;
  expect(events.at(-1)).toBeGreaterThanOrEqual(600);
  expect(events).toEqual([...events].sort((a, b) => a - b));
});
