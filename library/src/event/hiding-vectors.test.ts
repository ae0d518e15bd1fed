/** The tables of spec/, the vectors of hiding, and API definitions made by others. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { hideIn } from "./hide.ts";
import {
  allRules,
  canonicalize,
  checkEvent,
  hideTokens,
  type Json,
  type JsonObject,
  newestRules,
  readJson,
  settle,
  splitPersonal,
  type TypeRules,
} from "./index.ts";
import { secretNames1 } from "./secret-names.ts";
import { tokens1 } from "./token-table.ts";

interface Vectors {
  rules: number;
  types: TypeRules[];
  cases: { name: string; own?: true; text: string; slots: JsonObject }[];
}

const spec = new URL("../../../spec/", import.meta.url);
const read = <T>(name: string): T => JSON.parse(readFileSync(new URL(name, spec), "utf8")) as T;
const vectors = read<Vectors>("vectors/hiding.json");
const now = 1_795_346_431_000_000n;

test.each(vectors.cases)("vector: $name", ({ own, text, slots }) => {
  const event = readJson(text) as JsonObject;
  const before = canonicalize(event);
  const type = vectors.types.find(({ name }) => name === event.type)!;
  const checked = checkEvent(event, { rules: () => type, now });
  const rules = allRules.find(({ number }) => number === vectors.rules)!;
  const settled = settle(checked, type, { own, rules });
  expect(canonicalize(splitPersonal(settled, type).slots as Json)).toBe(canonicalize(slots));
  expect(canonicalize(event)).toBe(before);
});

test("vectors have names of their own", () => {
  expect(new Set(vectors.cases.map(({ name }) => name)).size).toBe(vectors.cases.length);
});

test("the tables are those of spec/, and no number is skipped", () => {
  const names = read<{ versions: unknown[] }>("secret-names.json");
  expect(names.versions).toEqual([{ number: 1, ...secretNames1 }]);
  const tokens = read<{ versions: unknown[] }>("tokens.json");
  expect(tokens.versions).toEqual([{ number: 1, tokens: tokens1 }]);
  expect(allRules.map(({ number }) => number)).toEqual(allRules.map((_, i) => i + 1));
});

test("every shape hides a token of its least length, wherever it stands, and nothing shorter", () => {
  for (const shape of tokens1) {
    if ("kind" in shape) continue;
    const { prefix, class: letters, least } = shape;
    expect(least, prefix).toBeGreaterThanOrEqual(20);
    const token = prefix.padEnd(least, letters.startsWith("0-9") ? "7" : letters[0]);
    expect(hideTokens(`say "${token}", please`)).toMatch(/^say "\[token [0-9a-f]{12}\]", please$/);
    expect(hideTokens(`é${token}é`)).toMatch(/^é\[token [0-9a-f]{12}\]é$/);
    expect(hideTokens(`say "${prefix}", please`)).toBe(`say "${prefix}", please`);
  }
});

/** Real names, paths, ids and addresses: none looks like a token. */
const everyday = [
  "task-management-system-for-the-whole-customer-service-team",
  "disk-encryption-enabled-by-default-on-all-machines",
  "/apis/acme/risk-assessment-and-scoring-service/1.4.0-beta.2",
  "desk-proj-2026-roadmap",
  "highs_and_lows_of_the_quarter_and_the_year_before.csv",
  "FANTASIA.EVENTS.EMEA.PRODUCTION",
  "019aab3c-0000-7000-8000-000000000000",
  "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
  "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36",
  "https://api.example.org/v1/organizations/acme/events?type=API_CLIENT_UPDATED&limit=100",
  "com.example.messaging.SG.notifications",
  "npm_config_registry=https://registry.example.org/",
  "dbk_live_abc123",
];
test.each(everyday)("no token: %s", (text) => {
  expect(hideTokens(text)).toBe(text);
});

/** The pointers at which two values differ. */
function differences(a: Json, b: Json, pointer = ""): string[] {
  if (canonicalize(a) === canonicalize(b)) return [];
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return [pointer];
  const names = Object.keys(a);
  if (String(names) !== String(Object.keys(b))) return [`${pointer}: other members`];
  return names.flatMap((name) =>
    differences((a as JsonObject)[name]!, (b as JsonObject)[name]!, `${pointer}/${name}`),
  );
}

const hiding = { rules: newestRules, byName: true, plain: [] };
const hide = (value: Json): Json => hideIn(value, { pointer: "", under: false }, hiding);

const inputs = new URL("../../../../shared/inputs/openapi/", import.meta.url);
test.skipIf(!existsSync(inputs))(
  "a definition of an API keeps its structure: 3 example tokens are hidden",
  () => {
    for (const release of readdirSync(inputs)) {
      const found = readdirSync(new URL(`${release}/`, inputs)).flatMap((name) => {
        const definition = JSON.parse(readFileSync(new URL(`${release}/${name}`, inputs), "utf8")) as Json;
        return differences(definition, hide(definition));
      });
      expect(found.sort()).toEqual([
        "/components/schemas/Connection/properties/settings/example/api_key",
        "/components/schemas/ConnectionImportData/properties/credentials/example/access_token",
        "/components/schemas/ConnectionImportData/properties/credentials/example/refresh_token",
      ]);
    }
  },
);

test("definitions of APIs that ship with the demo keep their structure: only example values are hidden", () => {
  const folder = new URL("../../../node_modules/@readme/oas-examples/3.0/json/", import.meta.url);
  const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
  expect(files.length).toBeGreaterThan(20);
  for (const name of files) {
    const definition = JSON.parse(readFileSync(new URL(name, folder), "utf8")) as Json;
    for (const pointer of differences(definition, hide(definition)))
      expect(pointer, name).toMatch(/\/(example|examples|(x-)?headers)\//);
  }
});
