/** Literals: PostgreSQL reads each as the value that was written, whatever is in it, and nothing ends it. */
import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freshDatabase } from "../../../../../test/support/database.ts";
import { literal } from "./literal.ts";

let client: pg.Client;
beforeAll(async () => {
  client = new pg.Client(await freshDatabase("embedded"));
  await client.connect();
});
afterAll(() => client.end());

const text = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: fc.constantFrom("'", "\\", '"', "$", "1", "{", "}", ",", "\n", ";", "-", "E") }),
  fc.constantFrom("'); DROP TABLE event; --", "\\'; --", "$$", "E'", "NULL"),
);

test.each(["on", "off"])(
  "with standard_conforming_strings %s, texts and lists of texts are what they were",
  async (setting) => {
    await client.query(`SET standard_conforming_strings = ${setting}; SET escape_string_warning = off`);
    await fc.assert(
      fc.asyncProperty(text, fc.array(text, { minLength: 1, maxLength: 3 }), async (one, list) => {
        fc.pre(!`${one}${list.join("")}`.includes("\0"));
        const { rows } = await client.query(`SELECT ${literal(one)}::text AS one, ${literal(list)} AS list`);
        expect(rows).toEqual([{ one, list }]);
      }),
      { numRuns: 200 },
    );
  },
);

test("numbers have the type of their place", async () => {
  const { rows } = await client.query(
    `SELECT ${literal(7)}::smallint AS small, (1::bigint, 2::smallint) < (${literal(2n ** 60n)}, ${literal(1)}) AS less`,
  );
  expect(rows).toEqual([{ small: 7, less: true }]);
});

test.each(["a\0b", ["\0"], null, undefined, {}])("%j is refused", (value) => {
  expect(() => literal(value)).toThrow();
});
