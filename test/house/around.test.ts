/** The rules for everything around the product, unique type names, and a planted fault for each rule. */
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { faultsAround, suiteOf, typesDeclaredTwice } from "./around.ts";
import { readSources, type SourceFile } from "./house.ts";
import { suiteRules, typesAllowedTwice } from "./suite-rules.ts";

const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
const folders = ["library/src", "server/src", "test", "bench"];
// texts in this folder's tests contain planted imports
const files = readSources(root, folders).filter(({ path }) => !/^test\/house\/[\w-]+\.test\.ts$/.test(path));

const planted = (path: string, text: string): SourceFile => ({
  path,
  text: `/** A planted file. */\n${text}\n`,
});

test("nothing around the product breaks a rule, and every rule is of a folder", () => {
  expect(faultsAround(files, suiteRules)).toEqual([]);
  const suites = new Set(readSources(root, ["test", "bench"]).map(({ path }) => suiteOf(path)));
  for (const suite of Object.keys(suiteRules)) expect([...suites]).toContain(suite);
});

test("product code that imports a test, or what is only for tests, is caught", () => {
  const faults = [
    planted(
      "server/src/log/planted.ts",
      'import { freshDatabase } from "../../../test/support/database.ts";',
    ),
    planted("server/src/log/other.ts", 'import { failing } from "./testing/failing.ts";'),
  ];
  expect(faultsAround(faults, suiteRules)).toEqual([
    "server/src/log/planted.ts: the product may not import 'test/support/database.ts', which is for tests",
    "server/src/log/other.ts: the product may not import 'server/src/log/testing/failing.ts', which is for tests",
  ]);
});

test("a suite that imports another suite, a folder that it may not, and one past its front is caught", () => {
  const faults = [
    planted("test/fuzz/planted.ts", 'import { kill } from "../kills/kills.ts";'),
    planted("bench/planted.ts", 'import { search } from "../server/src/search/index.ts";'),
    planted("test/operations/planted.ts", 'import { place } from "../../server/src/log/place.ts";'),
    planted("test/attic/planted.ts", 'import "node:fs";'),
  ];
  expect(faultsAround(faults, suiteRules)).toEqual([
    "test/fuzz/planted.ts: 'test/fuzz' may not import 'test/kills'",
    "bench/planted.ts: 'bench' may not import 'server/search'",
    "test/operations/planted.ts: 'server/src/log/place.ts' goes past the index.ts of 'server/log'",
    "test/attic/planted.ts: the folder 'test/attic' has no rule",
  ]);
});

test("a type name is declared once in each package", () => {
  const twice = typesDeclaredTwice(files).filter(
    (fault) => !typesAllowedTwice.some((name) => fault.startsWith(`${name} (`)),
  );
  expect(twice).toEqual([]);
  expect(typesAllowedTwice.length).toBeLessThanOrEqual(5);
});

test("a type name that is declared twice is caught, but not the same name in another package", () => {
  const faults = [
    planted("server/src/log/one.ts", "export interface Place {\n  readonly at: number;\n}"),
    planted("server/src/search/two.ts", "type Place = number;"),
    planted("library/src/event/three.ts", "export class Place {}"),
  ];
  expect(typesDeclaredTwice(faults)).toEqual([
    "server: Place (server/src/log/one.ts, server/src/search/two.ts)",
  ]);
});
