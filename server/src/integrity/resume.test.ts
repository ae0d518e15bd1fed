/** A check that is stopped goes on where it was: from a position that crosses no tile, in another process, with the findings of the whole. */
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { asSuperuser } from "../../../test/support/database.ts";
import { anEvent, openTestServices, type TestServices } from "../log/testing/test-services.ts";
import type { Organization } from "../store/contract/organizations.ts";
import { type FsckPosition, fsck, readPosition } from "./index.ts";

let services: TestServices;
let acme: Organization;
beforeAll(async () => {
  services = await openTestServices();
  acme = await services.newOrganization("acme");
  await services.newOrganization("zebra");
  for (let n = 0; n < 7; n++) await services.record(acme, ...Array.from({ length: 100 }, () => anEvent()));
});
afterAll(() => services.close());

/** Two events of daybook and zebra, one of acme, and what was recorded. */
const total = 703;

interface CheckedPart {
  readonly sentences: readonly string[];
  /** As another process reads it. */
  readonly position: FsckPosition;
}

/** Checks until a number of parts is done; all parts if there are fewer. */
async function checkPart(from: FsckPosition | undefined, parts: number): Promise<CheckedPart> {
  let left = parts;
  let written = "";
  const sentences: string[] = [];
  const checking = fsck(services.store, {
    from,
    logsOnly: true,
    atOnce: 90,
    onPosition: (position) => {
      written = JSON.stringify(position);
    },
    goOn: async () => --left > 0,
  });
  for await (const { sentence } of checking) sentences.push(sentence);
  return { sentences, position: readPosition(written)! };
}

async function inParts(size: number): Promise<CheckedPart & { readonly count: number }> {
  let position: FsckPosition | undefined;
  const sentences: string[] = [];
  for (let count = 1; ; count++) {
    const part = await checkPart(position, size);
    sentences.push(...part.sentences);
    position = part.position;
    if (position.organizations === 3) return { sentences, position, count };
  }
}

test("a check in parts reads each event once, and finds nothing in sound logs", async () => {
  const { sentences, position, count } = await inParts(2);
  expect(count).toBeGreaterThan(4);
  expect(sentences).toEqual([]);
  expect(position).toEqual({ after: "zebra", organizations: 3, events: total, findings: 0 });
});

test("a check in parts finds what a whole one finds, once", async () => {
  const sql = new pg.Client(asSuperuser(services.url));
  await sql.connect();
  const where = `WHERE organization_id = ${acme.organizationId} AND seq`;
  const change = (by: number): Promise<unknown> =>
    sql.query(
      `UPDATE event SET occurred_at = occurred_at + ${by} * interval '1 day' ${where} IN (50, 300, 650)`,
    );
  await change(-1);
  const whole = await checkPart(undefined, Number.POSITIVE_INFINITY);
  const { sentences, position } = await inParts(2);
  await change(1);
  await sql.end();
  expect(whole.sentences.filter((each) => each.startsWith("The leaf hash of event"))).toHaveLength(3);
  // what an interrupted part had found is found again, and counted once
  expect([...new Set(sentences)].sort()).toEqual([...whole.sentences].sort());
  expect(position.findings).toBe(whole.sentences.length);
});

test("a position that is altered or of something else is none", () => {
  const sound = { after: null, organizations: 0, events: 0, findings: 0 };
  expect(readPosition(JSON.stringify(sound))).toEqual(sound);
  const others = [
    "",
    "null",
    "[]",
    "{}",
    ...[{ events: -1 }, { after: 7 }, { findings: "0" }, { within: {} }].map((change) =>
      JSON.stringify({ ...sound, ...change }),
    ),
  ];
  expect(others.map(readPosition)).toEqual(others.map(() => undefined));
});
