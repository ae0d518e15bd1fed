/** Columns are described once for each connection and name, and never mistaken. */
import pg from "pg";
import { beforeEach, expect, test } from "vitest";
import { freshDatabase } from "../../../../../test/support/database.ts";
import { column } from "./row-shape.ts";
import { StatementSession } from "./session.ts";

let client: pg.Client;
let session: StatementSession;
let descriptions: number;

beforeEach(async () => {
  client = new pg.Client({ connectionString: await freshDatabase("embedded"), pipeline: true });
  await client.connect();
  session = new StatementSession(client);
  descriptions = 0;
  const { connection } = client as unknown as { connection: NodeJS.EventEmitter };
  connection.on("rowDescription", () => descriptions++);
  return () => client.end();
});

const pair = { name: "pair", text: "SELECT $1::bigint, $2::text" };
const [first, second] = [column("").from(0), column("").from(1)];
const read = async (statement: typeof pair, values: unknown[]): Promise<unknown[]> =>
  (await session.rows(statement, values)).map((row) => [first(row), second(row)]);

test("a statement with a name is described once, and its values keep their types", async () => {
  for (const value of [1n, null, 2n ** 62n]) expect(await read(pair, [value, "a"])).toEqual([[value, "a"]]);
  expect(descriptions).toBe(1);
  await session.rows({ text: pair.text }, [1n, "a"]);
  await session.rows({ text: pair.text }, [1n, "a"]);
  expect(descriptions).toBe(3);
});

test("many are sent before the first is described", async () => {
  const all = await Promise.all([1n, 2n, 3n].map((value) => read(pair, [value, "a"])));
  expect(all.flat()).toEqual([1n, 2n, 3n].map((value) => [value, "a"]));
});

test("without rows, and without columns, there are none", async () => {
  await session.rows({ text: "CREATE TABLE thing (a integer, b text)" });
  const add = { name: "add", text: "INSERT INTO thing VALUES ($1, $2)" };
  for (const a of [1, 2]) expect(await session.rows(add, [a, "b"])).toEqual([]);
  const find = { name: "find", text: "SELECT a, b FROM thing WHERE a = $1 AND b <> $2" };
  for (const [a, rows] of [
    [3, []],
    [2, [[2, "b"]]],
  ] as const)
    expect(await read(find, [a, ""])).toEqual(rows);
  expect(descriptions).toBe(1);
});

test("if the columns of a statement change, PostgreSQL refuses it", async () => {
  await session.rows({ text: "CREATE TABLE thing AS SELECT 1::bigint AS a" });
  const whole = { name: "whole", text: "SELECT * FROM thing" };
  expect((await session.rows(whole)).map(first)).toEqual([1n]);
  await session.rows({ text: "ALTER TABLE thing ALTER a TYPE text" });
  await expect(session.rows(whole)).rejects.toThrow("cached plan must not change result type");
});

test("a value that can't be read fails its statement, and no other", async () => {
  const time = { name: "time", text: "SELECT $1::timestamptz, $2::text" };
  await client.query("SET TimeZone = 'Asia/Tokyo'");
  const results = await Promise.allSettled([
    read(pair, [1n, "a"]),
    read(time, ["2026-11-30 00:00:00+00", "b"]),
    read(pair, [3n, "c"]),
  ]);
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect((results[1] as PromiseRejectedResult).reason).toBeInstanceOf(RangeError);
});

test("a statement that fails leaves those after it as they are", async () => {
  const divide = { name: "divide", text: "SELECT ($1::bigint / $2::bigint)::bigint, 'a'" };
  await expect(read(divide, [1n, 0n])).rejects.toThrow();
  expect(await read(divide, [4n, 2n])).toEqual([[2n, "a"]]);
});
