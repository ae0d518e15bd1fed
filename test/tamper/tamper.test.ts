/**
 * fsck after every change of one value, an insert and a delete in each table, made by a superuser: it finds the change, or a list says why it
 * can't. A sample; `npm run tamper` makes all of them.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { type Tampering, tamperingsOf } from "./changes.ts";
import { coveragePage } from "./page.ts";
import { studied } from "./study.ts";
import { openTampered, type Tampered } from "./tamper.ts";
import { reasonOf, refused } from "./unseen.ts";

const isWhole = process.env.TAMPER === "all";
/** Of the changes that the tests try: one of so many. */
const oneOf = isWhole ? 1 : 8;
const sampleOf = <T>(all: readonly T[]): T[] => all.filter((_, index) => index % oneOf === 0);
const patience = isWhole ? 3_600_000 : 300_000;

let database: Tampered;
let changes: readonly Tampering[] = [];
beforeAll(async () => {
  database = await openTampered();
  changes = database.tables.flatMap(tamperingsOf);
});

test("without a change, fsck finds nothing, and every table has a row", async () => {
  expect(await database.findings()).toEqual([]);
  for (const { name } of database.tables) {
    const { rows } = await database.sql.query<{ rows: number }>(
      `SELECT count(*)::integer AS rows FROM ${name}`,
    );
    expect(rows[0]?.rows, name).toBeGreaterThan(0);
  }
});

test(
  "each change is found, or the list says why not",
  async () => {
    const tried = sampleOf(changes);
    const wrong: string[] = [];
    for (const change of tried) {
      const outcome = await database.try(change);
      const expected = refused.includes(change.name) ? "refused" : reasonOf(change) ? "not found" : "found";
      const came = outcome === "refused" ? outcome : outcome.sentences.length > 0 ? "found" : "not found";
      if (came !== expected) wrong.push(`${change.name}: ${came}, not ${expected}`);
    }
    expect(wrong).toEqual([]);
    console.info(`${tried.length} of ${changes.length} changes, ${database.tables.length} tables`);
  },
  patience,
);

test("docs/integrity-coverage.md has the result (npm run docs)", () => {
  const path = new URL("../../docs/integrity-coverage.md", import.meta.url);
  const page = coveragePage(database.tables);
  if (process.env.UPDATE_SPEC) writeFileSync(path, page);
  expect(readFileSync(path, "utf8")).toBe(page);
});

test("no name in the list is of a change that isn't made", () => {
  const names = changes.map(({ name }) => name);
  expect(refused.filter((name) => !names.includes(name))).toEqual([]);
});

test(
  "of the 89 changes of the study, fsck finds 88",
  async () => {
    expect(studied).toHaveLength(89);
    expect(studied.filter(({ unseen }) => unseen !== undefined)).toHaveLength(1);
    const wrong: string[] = [];
    for (const { name, statements, unseen } of sampleOf(studied)) {
      const list = typeof statements === "function" ? await statements(database.sql) : statements;
      const outcome = await database.try({ statements: list }, true);
      const isFound = outcome !== "refused" && outcome.sentences.length > 0;
      if (isFound !== (unseen === undefined)) wrong.push(`${name}: ${isFound ? "found" : "not found"}`);
    }
    expect(wrong).toEqual([]);
  },
  patience,
);

test("after all of it everything is as it was", async () => {
  expect(await database.findings()).toEqual([]);
});
