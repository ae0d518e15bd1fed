/** Mutants are found, sampled by seed, and written into the sources as inactive; `npm run mutants` runs the tests on them. */
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { repository } from "../support/working-copy.ts";
import { type InstrumentedSources, inSeedOrder, instrument } from "./instrument.ts";
import { isMutated, mutated, mutatedFolders } from "./mutant.ts";
import { type MutantToReach, plannedTests, type TestFile } from "./reach.ts";
import { isSql, sqlChanges } from "./sql.ts";
import { type MutantResult, shareCaught, tableOfMutants } from "./table.ts";

test.each([
  ["library/src/ledger/tree.ts", true],
  ["server/src/log/accept.ts", true],
  ["server/src/store/contract/name-key.ts", true],
  ["server/src/store/postgres/pages/walks.ts", true],
  ["server/src/store/embedded/supervisor.ts", false],
  ["server/src/store/testing/paging.ts", false],
  ["server/src/store/conformance.ts", false],
  ["server/src/log/rules.test.ts", false],
  ["server/src/search/filter.ts", false],
])("whether %s has mutants: %s", (path, expected) => {
  expect(isMutated(path)).toBe(expected);
});

describe("the mutants of the sources", () => {
  // all sources take seconds
  const some = [
    "library/src/ledger/tree.ts",
    "server/src/log/coalesce.ts",
    "server/src/log/once.ts",
    "server/src/store/postgres/people/members.ts",
  ];
  const root = mkdtempSync(join(tmpdir(), "daybook-mutants-"));
  let sources: InstrumentedSources;
  beforeAll(async () => {
    for (const file of some) {
      mkdirSync(join(root, dirname(file)), { recursive: true });
      copyFileSync(join(repository, file), join(root, file));
    }
    sources = await instrument(root, "1");
  });
  afterAll(() => rmSync(root, { recursive: true }));

  test("each changes its file's text, has a key of its own, and sleeps in the instrumented text", () => {
    const { mutants, files } = sources;
    expect(new Set(mutants.map(({ key }) => key)).size).toBe(mutants.length);
    for (const folder of mutatedFolders) expect(mutants.some((each) => each.folder === folder)).toBe(true);
    const texts = new Map(files.map(({ path, text }) => [path, text]));
    for (const mutant of inSeedOrder(mutants, "2").slice(0, 100)) {
      const text = readFileSync(join(repository, mutant.file), "utf8");
      expect(mutated(text, mutant)).not.toBe(text);
      expect(texts.get(mutant.file)).toContain(`stryMutAct_9fa48("${mutant.number}")`);
    }
  });

  test("texts for people are left out, and SQL statements are changed in one place", () => {
    for (const { kind, file, from, to } of sources.mutants) {
      if (kind !== "StringLiteral") continue;
      const literal = readFileSync(join(repository, file), "utf8").slice(from, to);
      expect(literal, `${file} ${literal}`).not.toMatch(/\s/);
    }
    expect(sources.mutants.filter(({ kind }) => kind.startsWith("Sql")).length).toBeGreaterThan(3);
  });

  test("a seed gives the same order every time, and another seed another", () => {
    const order = (seed: string): string[] => inSeedOrder(sources.mutants, seed).map(({ key }) => key);
    expect(order("1")).toEqual(order("1"));
    expect(order("2")).not.toEqual(order("1"));
    expect(order("2").sort()).toEqual(order("1").sort());
  });
});

describe("changes of SQL", () => {
  const statement = "`SELECT a FROM t WHERE x = $1 AND y < $2 ORDER BY a DESC LIMIT 1 FOR UPDATE`";

  test("are each in one place", () => {
    expect(
      sqlChanges(statement).map(
        ({ kind, text }) => `${kind}: ${text.slice("`SELECT a FROM t WHERE ".length, -1)}`,
      ),
    ).toEqual([
      "SqlCondition: x = $1 ORDER BY a DESC LIMIT 1 FOR UPDATE",
      "SqlAndOr: x = $1 OR y < $2 ORDER BY a DESC LIMIT 1 FOR UPDATE",
      "SqlComparison: x = $1 AND y <= $2 ORDER BY a DESC LIMIT 1 FOR UPDATE",
      "SqlOrder: x = $1 AND y < $2 ORDER BY a ASC LIMIT 1 FOR UPDATE",
      "SqlOrder: x = $1 AND y < $2 LIMIT 1 FOR UPDATE",
      "SqlLock: x = $1 AND y < $2 ORDER BY a DESC LIMIT 1",
    ]);
  });

  test("are made of statements and pieces of them, not of names", () => {
    expect(isSql(statement)).toBe(true);
    expect(isSql('"event_target_pkey"')).toBe(false);
    expect(sqlChanges('"event_target_pkey"')).toEqual([]);
  });
});

describe("the tests that are run on a mutant", () => {
  const near: TestFile = {
    file: "/copy/server/src/log/repeat.test.ts",
    always: ["7"],
    byTest: { a: ["1", "2"], b: ["2"] },
    milliseconds: { a: 3_000, b: 1_000 },
  };
  const far: TestFile = {
    ...near,
    file: "/copy/server/src/people/teams.test.ts",
    milliseconds: { a: 10, b: 10 },
  };
  const of = (number: string): MutantToReach => ({
    number,
    folder: "server/src/log",
    inItsFile: ["1", number],
    whereNamed: [],
  });

  test("are those that reach it; a short file runs whole, and what is near comes first", () => {
    expect(plannedTests([far, near], of("2"), new Set())).toEqual([
      { file: far.file, milliseconds: 20 },
      { file: near.file, ids: ["a", "b"], milliseconds: 4_000 },
    ]);
    expect(plannedTests([near], of("1"), new Set())).toEqual([
      { file: near.file, ids: ["a"], milliseconds: 3_000 },
    ]);
    expect(plannedTests([near], of("1"), new Set([near.file]))).toEqual([
      { file: near.file, milliseconds: 4_000 },
    ]);
  });

  test("are those that reach anything in its file, if it runs while modules load", () => {
    expect(plannedTests([near], of("7"), new Set())).toEqual([
      { file: near.file, ids: ["a"], milliseconds: 3_000 },
    ]);
    expect(plannedTests([near], { ...of("7"), inItsFile: ["7"] }, new Set())).toEqual([
      { file: near.file, milliseconds: 4_000 },
    ]);
  });

  test("are those that reach a line which names the constant that it is in, by the rarest mutant of the line", () => {
    const all: TestFile = { ...near, byTest: { a: ["1", "2", "3"], b: ["2", "3"], c: ["1"] } };
    const named = { ...of("7"), whereNamed: [["2", "3", "9"], ["9"]] };
    expect(plannedTests([all], named, new Set())).toEqual([
      { file: near.file, ids: ["a", "b"], milliseconds: 4_000 },
    ]);
  });

  test("are none if nothing reaches it", () => {
    expect(plannedTests([far, near], of("9"), new Set())).toEqual([]);
  });
});

test("the table counts by folder, and names what nothing caught", () => {
  const result = (folder: string, outcome: MutantResult["outcome"]): MutantResult => ({
    key: outcome,
    folder,
    file: `${folder}/a.ts`,
    line: 7,
    kind: "BooleanLiteral",
    original: "true",
    replacement: "false",
    outcome,
  });
  const results = [
    result("server/src/log", "caught"),
    result("server/src/log", "timed out"),
    result("server/src/log", "survived"),
    result("server/src/store", "not reached"),
  ];
  expect(shareCaught(results)).toBe(0.5);
  const table = tableOfMutants(results);
  expect(table).toMatch(/server\/src\/log +3 +1 +1 +1 +0 +66\.7%/);
  expect(table).toMatch(/all +4 +1 +1 +1 +1 +50\.0%/);
  expect(table).toContain("server/src/log/a.ts:7 BooleanLiteral (survived)\n    true\n -> false");
  expect(table).toContain("server/src/store/a.ts:7 BooleanLiteral (not reached)");
});
