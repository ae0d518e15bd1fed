/**
 * The list of operations is complete: it has every route that can change something, each operation records exactly its events and nothing
 * the second time, and every kind of change of rows occurs. server/src/log/business-rows.test.ts shows that a change without an event is
 * refused.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import type { RouteOptions } from "fastify";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { changingRows, watched } from "../../server/src/log/business-rows.ts";
import { type OwnRow, type OwnTable, ownTables } from "../../server/src/store/contract/integrity.ts";
import { folded } from "./fold.ts";
import type { Operation } from "./operation.ts";
import { operations, recordingReads } from "./operations.ts";
import { operationsPage, untoldPage } from "./page.ts";
import { checkNews, newsSince, sizesOf, typesOf } from "./recorded.ts";
import { type Rows, rowsOf, untoldColumns, untoldTables } from "./rows.ts";
import { checkTimes, rowTimesOf } from "./times.ts";
import { movedClients, unexpectedFindings } from "./unexpected.ts";
import { type OperationsWorld, openWorld } from "./world.ts";

// only observed: which methods changed rows
vi.mock("../../server/src/log/business-rows.ts", { spy: true });

const tables = Object.keys(ownTables) as OwnTable[];
const routes: string[] = [];
/** Routes that refuse reads from other sites. */
const guarded = new Set<string>();
const worlds: OperationsWorld[] = [];
let people: OperationsWorld;

beforeAll(async () => {
  const onRoute = (route: RouteOptions): void => {
    routes.push(...routesOf(route));
    if (route.config?.records) guarded.add(`${route.method} ${route.url}`);
  };
  people = await opened("people", { api: { notice: () => {}, api: { onRoute } } });
}, 300_000);

async function opened(...wanted: Parameters<typeof openWorld>): Promise<OperationsWorld> {
  const world = await openWorld(...wanted);
  worlds.push(world);
  return world;
}

/** The routes that the list must have: all except reads, and refusals of methods. */
function routesOf({ method, url, config }: RouteOptions): string[] {
  const { action = "", kinds = [] } = (config ?? {}) as { action?: string; kinds?: readonly string[] };
  // a page's form does what the API's route of the same name does, with the same service
  if (action === "service:read" || kinds.includes("text/html")) return [];
  const names = [method].flat().map((each) => `${each} ${url}`);
  return names.filter((name) => !/^(GET|HEAD) /.test(name) || recordingReads.includes(name));
}

/** Routes that no operation names, and operations that name a route which isn't there. */
function differences(all: readonly string[], list: readonly Pick<Operation, "how">[]): string[] {
  const named = list.map(({ how }) => how).filter((how) => /^[A-Z]+ \//.test(how));
  return [
    ...all.filter((route) => !named.includes(route)).map((route) => `${route} is not in the list`),
    ...named.filter((how) => !all.includes(how)).map((how) => `${how} is no route`),
  ];
}

describe("the list", () => {
  test("has every route that may change something, and no other", () => {
    expect(new Set(routes).size).toBeGreaterThan(30);
    expect(differences(routes, operations)).toEqual([]);
  });

  test("would miss a route that is planted, and one that is gone", () => {
    const planted = [...routes.slice(1), "POST /v1/planted"];
    expect(differences(planted, operations)).toEqual([
      "POST /v1/planted is not in the list",
      ...operations.filter(({ how }) => how === routes[0]).map(({ how }) => `${how} is no route`),
    ]);
  });

  test("has no reading that records and that another site could bring about", () => {
    const open = recordingReads.filter((read) => !guarded.has(read));
    expect(open).toEqual(["GET /v1/sign-in/openid/callback"]);
  });

  test("names each operation once", () => {
    const names = operations.map(({ name }) => name);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });

  test.each([
    ["spec/operations.md", operationsPage],
    ["docs/not-in-the-log.md", untoldPage],
  ])("is %s (npm run docs)", (name, page) => {
    const path = new URL(`../../${name}`, import.meta.url);
    if (process.env.UPDATE_SPEC) writeFileSync(path, page());
    expect(readFileSync(path, "utf8")).toBe(page());
  });
});

describe.each(operations)("$name ($how)", (operation) => {
  test("records exactly its events, which the rows can be folded from", async () => {
    const world = operation.on === undefined ? people : await opened(operation.on);
    const { fixture, on } = world;
    const prepared = await operation.prepare(fixture);
    const [before, times, rows] = [await sizesOf(world), await rowTimesOf(world), await rowsOf(world)];
    expect(await prepared.perform(on)).toBe(operation.answers);
    const news = await newsSince(world, before);
    checkNews(news, operation, prepared);
    checkTimes(times, await rowTimesOf(world), news);
    expect(folded(rows, news), "the rows, by the events alone").toEqual(await rowsOf(world));
    if (operation.again !== "nothing") return;
    const after = await sizesOf(world);
    expect(await prepared.perform(on)).toBeLessThan(500);
    expect(typesOf(await newsSince(world, after)), "the second time").toEqual({});
  });
});

describe("after all of it", () => {
  test("the logs folded from event 0 are the rows: of accounts, organizations, types, credentials, everything", async () => {
    expect(worlds.length).toBeGreaterThan(1);
    let rows = 0;
    for (const world of worlds) {
      const byLogs = folded({}, await newsSince(world, new Map()));
      const found = await rowsOf(world);
      for (const table of tables) {
        expect(byLogs[table] ?? {}, table).toEqual(withoutPlanted(world, table, found[table]!, byLogs));
        rows += Object.keys(found[table]!).length;
      }
    }
    expect(rows).toBeGreaterThan(300);
  });

  test("no table that the log tells is empty, so that each was compared", async () => {
    const found = await rowsOf(people);
    expect(tables.filter((table) => Object.keys(found[table]!).length === 0)).toEqual([]);
  });

  test("a hash that was swapped, and a type that no event tells of, would show", async () => {
    const byLogs = folded({}, await newsSince(people, new Map()));
    const changing = swaps.reduce<Promise<unknown>>(
      (before, change) => before.then(() => people.sql.query(change)),
      people.sql.query("BEGIN"),
    );
    const found = await changing.then(() => rowsOf(people)).finally(() => people.sql.query("ROLLBACK"));
    const differing = tables.filter((table) => {
      const recorded = byLogs[table] ?? {};
      return !isDeepStrictEqual(recorded, withoutPlanted(people, table, found[table]!, byLogs));
    });
    expect(differing.sort()).toEqual([
      "api_client_token",
      "deployment",
      "event_type",
      "session",
      "viewer_session",
    ]);
  });
});

const swaps = [
  ...["session", "viewer_session", "api_client_token"].map(
    (table) =>
      `UPDATE ${table} SET token_hash = sha256('other') WHERE ctid = (SELECT min(ctid) FROM ${table})`,
  ),
  "UPDATE deployment SET operator_token_hash = sha256('other')",
  `INSERT INTO event_type (organization_id, name, version, registration, definition)
    SELECT organization_id, name, version + 1, registration + 1, definition FROM event_type ORDER BY 1 LIMIT 1`,
];

/** Ends of API clients that a test moved are those that the log tells. */
function withoutPlanted(
  world: OperationsWorld,
  table: OwnTable,
  rows: Record<string, OwnRow>,
  recorded: Rows,
): Record<string, OwnRow> {
  if (table !== "api_client") return rows;
  return Object.fromEntries(
    Object.entries(rows).map(([id, row]) =>
      movedClients(world).includes(id)
        ? [id, { ...row, expires_on: recorded.api_client?.[id]?.expires_on ?? null }]
        : [id, row],
    ),
  );
}

test("each column is told by events, or named as one that is not", async () => {
  const { rows } = await people.sql.query<{ table: OwnTable; column: string }>(
    `SELECT table_name AS "table", column_name AS "column" FROM information_schema.columns
      WHERE table_schema = current_schema()`,
  );
  const found = await rowsOf(people);
  const missing = rows.filter(({ table, column }) => {
    if (table in untoldTables) return false;
    const [row = {}] = Object.values(found[table] ?? {});
    return !(column in row) && !(column in (untoldColumns[table] ?? {}));
  });
  expect(missing).toEqual([]);
});

/** No operation continues a log with another one yet; tests make such logs. */
const notYet = ["insertLog"];

test("all operations together change rows in every way that there is", () => {
  const changed = new Set(vi.mocked(watched).mock.calls.flatMap(([, names]) => [...names]));
  expect(changingRows.filter((name) => !changed.has(name))).toEqual(notYet);
});

test("after all of it fsck finds nothing", async () => {
  for (const world of worlds) expect(await unexpectedFindings(world)).toEqual([]);
  console.info(`${operations.length} operations, ${new Set(routes).size} routes`);
});
