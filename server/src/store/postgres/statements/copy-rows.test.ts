/** Rows in the binary format of COPY: PostgreSQL reads each field as the value that was written. */
import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freshDatabase } from "../../../../../test/support/database.ts";
import { CopyRows } from "./copy-rows.ts";
import { StatementSession, types } from "./session.ts";

let client: pg.Client;
let session: StatementSession;
beforeAll(async () => {
  client = new pg.Client({ connectionString: await freshDatabase("embedded"), types });
  await client.connect();
  session = new StatementSession(client);
  await client.query(`SET TimeZone = 'UTC'; CREATE TEMPORARY TABLE kept (
    bool bool, letter "char", small smallint, whole integer, big bigint, moment timestamptz, id uuid, bytes bytea, words text, extra text
  )`);
});
afterAll(() => client.end());

interface CopiedFields {
  readonly bool: boolean;
  readonly letter: string;
  readonly small: number;
  readonly whole: number;
  readonly big: bigint;
  readonly moment: bigint;
  readonly id: string;
  readonly bytes: Uint8Array;
  readonly words: string;
  readonly extra: string | null;
}

async function copied(all: readonly CopiedFields[]): Promise<unknown[]> {
  const rows = new CopyRows();
  for (const { bool, letter, small, whole, big, moment, id, bytes, words, extra } of all) {
    rows.row(10);
    rows.bool(bool);
    rows.letter(letter);
    rows.smallint(small);
    rows.integer(whole);
    rows.bigint(big);
    rows.timestamp(moment);
    rows.uuid(id);
    rows.bytea(bytes);
    rows.text(words);
    if (extra === null) rows.nothing();
    else rows.text(extra);
  }
  await client.query("TRUNCATE kept");
  await session.copyIn([{ copy: "COPY kept FROM STDIN (FORMAT binary)", rows: rows.whole() }]);
  return (await client.query("SELECT * FROM kept ORDER BY ctid")).rows;
}

const text = fc.string({ unit: "binary" }).filter((each) => !each.includes("\0"));
const fields: fc.Arbitrary<CopiedFields> = fc.record({
  bool: fc.boolean(),
  letter: fc.constantFrom("s", "d", "f"),
  small: fc.integer({ min: -32_768, max: 32_767 }),
  whole: fc.integer(),
  big: fc.bigInt({ min: -(2n ** 53n) + 1n, max: 2n ** 53n - 1n }),
  moment: fc.bigInt({ min: 0n, max: 8_993_548_799_999_999n }),
  id: fc.uuid(),
  bytes: fc.uint8Array({ maxLength: 9_000 }),
  words: text,
  extra: fc.option(text),
});

test("are read as they were written", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fields, { maxLength: 20 }), async (all) => {
      expect(await copied(all)).toEqual(all.map((each) => ({ ...each, bytes: Buffer.from(each.bytes) })));
    }),
  );
});

test("grow with a long text", async () => {
  const [sample] = fc.sample(fields, 1);
  const long = { ...sample!, words: "é".repeat(100_000), bytes: Buffer.alloc(0), extra: "" };
  expect(await copied([long, long])).toEqual([long, long]);
});

test("that are none are nothing", async () => {
  expect(new CopyRows().isEmpty).toBe(true);
  expect(await copied([])).toEqual([]);
});

test("with a text that PostgreSQL can't keep are refused", async () => {
  const rows = new CopyRows();
  rows.row(1);
  rows.text("a\0b");
  const copy = "COPY kept (words) FROM STDIN (FORMAT binary)";
  await expect(session.copyIn([{ copy, rows: rows.whole() }])).rejects.toMatchObject({ failure: "refused" });
});
