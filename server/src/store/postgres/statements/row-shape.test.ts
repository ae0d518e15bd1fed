/** Row shapes: the columns, the reader and the order of the members agree, also for nested shapes. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  column,
  columnBy,
  countColumn,
  joined,
  jsonColumn,
  memberReaders,
  rowShape,
  shapeUnder,
} from "./row-shape.ts";
import type { Row } from "./session.ts";

/** A row, as a session returns it. */
const rowOf = (...row: unknown[]): Row => row as unknown as Row;

const name = rowShape<{ id: string; name: string }>({ id: column("id"), name: column("name") });
const whole = rowShape({
  first: countColumn("count(*)"),
  who: shapeUnder("u", name),
  roles: jsonColumn<string[]>("roles"),
  isOpen: columnBy("state", (state) => state === "open"),
});

test("a shape reads its members in the order of their columns", () => {
  expect(whole.columns).toBe("count(*), u.id, u.name, roles, state");
  expect(whole.width).toBe(5);
  const row = [3n, "user_1", "Anne", '["OWNER"]', "open", "more"];
  const read = { first: 3, who: { id: "user_1", name: "Anne" }, roles: ["OWNER"], isOpen: true };
  expect(whole.read(rowOf(...row))).toEqual(read);
  expect(whole.from(2)(rowOf(0, 0, ...row))).toEqual(read);
});

test("joined shapes read the members of both, one after the other", () => {
  const both = joined(name, rowShape({ size: column<bigint>("size") }));
  expect(both.columns).toBe("id, name, size");
  expect(both.from(1)(rowOf(null, "a", "b", 7n))).toEqual({ id: "a", name: "b", size: 7n });
});

test("member readers read one member each, where it stands", () => {
  const { columns, width, of } = memberReaders({ who: name, size: column<bigint>("size") }, 1);
  expect([columns, width]).toEqual(["id, name, size", 3]);
  const row = rowOf(null, "a", "b", 7n);
  expect([of.who(row), of.size(row)]).toEqual([{ id: "a", name: "b" }, 7n]);
});

describe("a position in a row is an error for the type checker:", () => {
  const session = { rows: async (): Promise<Row[]> => [rowOf("user_1", 3n)] };

  test("an index, also of the first row, and `at`", async () => {
    const rows = await session.rows();
    for (const row of rows) {
      // @ts-expect-error: an index
      expect(row[1]).toBe(3n);
      // @ts-expect-error: the index of a row that may be missing
      expect(rows[0]?.[1]).toBe(3n);
      // @ts-expect-error: a method of arrays
      expect(row.at(1)).toBe(3n);
      // @ts-expect-error: a part of a row
      expect(row.slice(1)).toEqual([3n]);
    }
  });

  test("a pattern: of a variable, of a loop, of a function, and within another", async () => {
    const rows = await session.rows();
    // @ts-expect-error: a variable
    const [id, size] = rows[0]!;
    expect([id, size]).toEqual(["user_1", 3n]);
    // @ts-expect-error: a loop
    for (const [first] of rows) expect(first).toBe("user_1");
    // @ts-expect-error: a function
    expect(rows.map(([, second]) => second)).toEqual([3n]);
    // @ts-expect-error: within a pattern
    const [[within]] = rows;
    expect(within).toBe("user_1");
  });

  test("an assertion to an array, unless it goes by way of `unknown`", async () => {
    const [row] = await session.rows();
    // @ts-expect-error: an assertion
    expect((row as [string, bigint])[1]).toBe(3n);
  });
});

/** What the type checker can't see: rows as arrays without a session, and rows that are taken for something else. */
const counted = /rowMode|as unknown as [^;]*\[|\bany\b[[>)]/;
const mayCount = ["statements/session.ts", "statements/row-shape.ts"];

test("no file of the driver takes rows as arrays", () => {
  const root = join(import.meta.dirname, "..");
  const files = readdirSync(root, { recursive: true, encoding: "utf8" });
  const sources = files.filter((file) => /(?<!\.test)\.ts$/.test(file) && !mayCount.includes(file));
  expect(sources.length).toBeGreaterThan(40);
  const lines = sources.flatMap((file) =>
    readFileSync(join(root, file), "utf8")
      .split("\n")
      .filter((line) => counted.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  );
  expect(lines).toEqual([]);
});

test("rows as arrays would be found", () => {
  for (const line of [
    '  (await client.query<[string]>({ text, rowMode: "array" })).rows;',
    "  const [id] = row as unknown as readonly string[];",
    "  const [id, n] = row as unknown as [string, bigint];",
    "  for (const row of rows as any[]) ids.push(row[0]);",
  ])
    expect(counted.test(line), line).toBe(true);
});
