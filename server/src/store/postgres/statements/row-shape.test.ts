/** Row shapes: the columns, the reader and the order of the members agree, also for nested shapes. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
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
  expect(whole.read(row)).toEqual(read);
  expect(whole.from(2)([0, 0, ...row])).toEqual(read);
});

test("joined shapes read the members of both, one after the other", () => {
  const both = joined(name, rowShape({ size: column<bigint>("size") }));
  expect(both.columns).toBe("id, name, size");
  expect(both.from(1)([null, "a", "b", 7n])).toEqual({ id: "a", name: "b", size: 7n });
});

test("member readers read one member each, where it stands", () => {
  const { columns, width, of } = memberReaders({ who: name, size: column<bigint>("size") }, 1);
  expect([columns, width]).toEqual(["id, name, size", 3]);
  const row = [null, "a", "b", 7n];
  expect([of.who(row), of.size(row)]).toEqual([{ id: "a", name: "b" }, 7n]);
});

/** Finds columns that are counted by hand: a number as the index of a row, or a row that is destructured by position with an assertion. */
const counted = /row\??\.?\[\d|\[0\][!?]*\.?\[\d|row\.slice\(\d|\[\w+ \+ \d\] as /;

test("no file of the driver counts columns", () => {
  const root = join(import.meta.dirname, "..");
  const files = readdirSync(root, { recursive: true, encoding: "utf8" });
  const sources = files.filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"));
  expect(sources.length).toBeGreaterThan(40);
  const lines = sources.flatMap((file) =>
    readFileSync(join(root, file), "utf8")
      .split("\n")
      .filter((line) => counted.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  );
  expect(lines).toEqual([]);
});

test("counted columns would be found", () => {
  for (const line of [
    "  size: row[3] as bigint,",
    "  (await session.rows(count))[0]![0] as bigint;",
    "  user: readUser(row.slice(9)),",
    "  end: row[width + 1] as bigint,",
  ])
    expect(counted.test(line), line).toBe(true);
  expect(counted.test("    const [row] = await find(); return (await rows(x)).map(shape.read)[0];")).toBe(
    false,
  );
});
