/**
 * The conformance suite over PostgreSQL: the whole of it on the embedded one, what servers differ in on a server (docs/adr/0041); at
 * full strength the whole of it on both.
 */
import { afterAll, expect, test } from "vitest";
import { type DatabaseKind, databaseKinds, freshDatabase } from "../../../../test/support/database.ts";
import { openLine } from "../../../../test/support/line.ts";
import { isFull } from "../../../../test/support/strength.ts";
import { breakConnections, superuserRuns, watchStatements } from "../../../../test/support/superuser.ts";
import { storeConformance, type TestDatabase } from "../conformance.ts";
import { backupStatements } from "./backup/maintenance.ts";
import { openPostgres } from "./index.ts";
import { checkStatements } from "./integrity/checks.ts";
import { unneededRights } from "./rights/testing/unneeded.ts";

/** The statements sent to each server; those that random filters compose are left out, which the tests of plans run on both. */
const sent = { embedded: new Set<string>(), server: new Set<string>() };
const kindOf = new Map<string, DatabaseKind>();
const stopWatching = watchStatements(({ client: { user, database }, texts }) => {
  const kind = user === "daybook" ? kindOf.get(database ?? "") : undefined;
  const isComposed =
    kind === "embedded" && /> (paging|a walk as bytes|words) >/.test(expect.getState().currentTestName ?? "");
  if (kind !== undefined && !isComposed) for (const text of texts) sent[kind].add(text);
});
afterAll(stopWatching);

/** Every two neighbouring words of statements, where a number stands for any number. */
function pairsOf(statements: ReadonlySet<string>): Map<string, string> {
  const pairs = new Map<string, string>();
  for (const text of statements) {
    const words = text.replace(/\d+/g, "0").match(/\$?\w+|[^\s\w$]+/g) ?? [];
    for (const [n, word] of words.entries()) pairs.set(`${word} ${words[n + 1] ?? ""}`, text);
  }
  return pairs;
}

for (const kind of databaseKinds()) {
  const make = async (): Promise<TestDatabase> => {
    const url = await freshDatabase(kind);
    kindOf.set(/test_\w+/.exec(url)?.[0] ?? "", kind);
    return {
      open: () => openPostgres(url),
      breakConnections: () => breakConnections(url),
      plant: (sql) => superuserRuns(url, sql),
      openOverLine: async () => {
        const { url: near, line } = await openLine(url);
        return { store: await openPostgres(near), line };
      },
    };
  };
  storeConformance(`${kind} PostgreSQL`, make, { isWhole: isFull || kind === "embedded" });
}

test("the runtime role has each right that a statement needs, and no other", async () => {
  const url = await freshDatabase("embedded");
  const others = [...checkStatements, ...backupStatements].map(({ text }) => text);
  const texts = new Set([...sent.embedded, ...others]);
  expect(await unneededRights(url, texts)).toEqual([]);
}, 300_000);

test.skipIf(databaseKinds().length === 1)("no statement is sent to the embedded one only", () => {
  const [embedded, server] = [pairsOf(sent.embedded), pairsOf(sent.server)];
  expect(sent.embedded.size).toBeGreaterThan(150);
  const missing = [...embedded].filter(([pair]) => !server.has(pair));
  expect(missing.map(([pair, text]) => `${pair}: ${text}`).join("\n")).toBe("");
});
