/** Downloads on a real database contain exactly what the caller sees. */
import type { RecordedEvent } from "daybook/internal";
import { beforeAll, describe, expect, test } from "vitest";
import type { OpenServices } from "../open-services.ts";
import type { Query } from "../query-string/index.ts";
import {
  freshConfig,
  organizationOf,
  record,
  servicesOf,
  team,
  visible,
} from "../search/testing/open-services.ts";
import type { SearchableOrganization } from "../search/visible.ts";
import type { WalkedEvent } from "../store/contract/pages.ts";
import type { WalkQuery } from "../store/contract/walks.ts";
import { walksOver } from "../store/testing/event-bytes.ts";
import { type Exports, openExports } from "./download.ts";
import { csv } from "./formats/csv.ts";
import type { ExportFormat } from "./formats/format.ts";
import { ndjson } from "./formats/ndjson.ts";
import { parseDownload } from "./request.ts";
import { readCsv } from "./testing/read-csv.ts";

const by = { actor: { type: "user", id: "u_1" }, recordedBy: { type: "operator", id: "operator" } } as const;
let services: OpenServices;
let acme: SearchableOrganization;

beforeAll(async () => {
  services = await servicesOf(await freshConfig());
  acme = await organizationOf(services, "acme");
  await record(
    services,
    acme,
    team(1),
    team(2, { context: { ip: "192.0.2.1" } }),
    team(1, { reason: "again" }),
  );
});

/** The type and the data of each row. */
async function download(
  organization: SearchableOrganization,
  query: Query = {},
  exports = services.exports,
): Promise<string[]> {
  const text = await fileOf(organization, { format: csv, query: { data: "json", ...query }, exports });
  return readCsv(text)
    .slice(1)
    .map(([, , type, data]) => `${type} ${data}`);
}

interface DownloadOptions {
  readonly format: ExportFormat;
  readonly query: Query;
  readonly exports?: Exports;
}

async function fileOf(
  organization: SearchableOrganization,
  { format, query, exports = services.exports }: DownloadOptions,
): Promise<string> {
  const { pieces } = await exports.download(organization, parseDownload(format, query), by);
  let text = "";
  for await (const piece of pieces) text += piece;
  return text;
}

/** The events of an NDJSON file. */
async function lines(
  organization: SearchableOrganization,
  query: Query = {},
  exports?: Exports,
): Promise<RecordedEvent[]> {
  const text = await fileOf(organization, { format: ndjson, query, ...(exports && { exports }) });
  expect(text === "" || text.endsWith("\n")).toBe(true);
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as RecordedEvent);
}

test("a download holds what was there before it", async () => {
  const rows = await download(acme);
  expect(rows.map((row) => row.split(" ")[0])).toEqual(["LOG_OPENED", "NEW_TEAM", "NEW_TEAM", "NEW_TEAM"]);
});

test("a download of one target holds its events alone, and nothing if another is asked for", async () => {
  const only = visible(acme, { onlyTarget: "team:t_1" });
  const rows = await download(only);
  expect(rows).toHaveLength(2);
  expect(rows.every((row) => row.includes('"teamId":"t_1"'))).toBe(true);
  expect(await download(only, { by: "recorded" })).toEqual(rows);
  expect(await download(only, { target: ["team:t_2", "team:t_1"] })).toEqual(rows);
  expect(await download(only, { target: "team:t_2" })).toEqual([]);
});

test("the context is in the file where it is asked for, by who may see it", async () => {
  const ip = '"context":{"ip":"192.0.2.1"}';
  const ofTeam = { target: "team:t_2" };
  const rows = async (organization: SearchableOrganization, query: object): Promise<string> =>
    (await download(organization, { ...ofTeam, ...query })).join();
  expect(await rows(acme, { context: "true" })).toContain(ip);
  expect(await rows(acme, { context: "false" })).not.toContain("192.0.2.1");
  expect(await rows(acme, {})).not.toContain("192.0.2.1");
  expect(await rows(visible(acme, { context: false }), { context: "true" })).not.toContain("192.0.2.1");
});

test("the event of a download says whether the context was in the file, not whether it was asked for", async () => {
  const recorded = async (
    organization: SearchableOrganization,
    query: Record<string, string>,
  ): Promise<unknown> => {
    await download(organization, query);
    const filter = { types: ["AUDIT_LOG_DOWNLOADED"] };
    const { events } = await services.search.events(acme, { filter, cursor: undefined, limit: 1 });
    return events[0]?.data?.context;
  };
  expect(await recorded(acme, { context: "true" })).toBe(true);
  expect(await recorded(acme, {})).toBe(false);
  expect(await recorded(visible(acme, { context: false }), { context: "true" })).toBe(false);
});

test("a row leads to its event: its id, its log and its place are those of the receipt", async () => {
  const [row] = await download(acme, { target: "team:t_2" });
  const { id, log, seq } = JSON.parse((row ?? "").replace("NEW_TEAM ", "")).$event;
  const stored = await services.store.event(acme.organizationId, id);
  const [kept] = await services.store.logs(acme.organizationId);
  expect({ log, seq }).toEqual({ log: kept?.origin, seq: Number(stored?.seq) });
  expect(stored?.type).toBe("NEW_TEAM");
});

/** The row after an erasure, which the database's own statements don't make. */
const erasing = (): Exports =>
  openExports({
    log: services.log,
    store: {
      clock: () => services.store.clock(),
      within: (rowScope) => {
        const reading = services.store.within(rowScope);
        const gone = { context: { digest: undefined }, reason: { digest: undefined } };
        const walk = async function* (query: WalkQuery): AsyncGenerator<WalkedEvent[]> {
          for await (const chunk of reading.walk(query))
            yield chunk.map((event) => ({ ...event, slots: { ...event.slots, ...gone } }));
        };
        return { ...reading, ...walksOver(walk) };
      },
    },
  });

test("other work has its turn between two pieces, also when the caller takes them at once", async () => {
  const reading = services.store.within("everything");
  const many = async function* (query: WalkQuery): AsyncGenerator<WalkedEvent[]> {
    for await (const chunk of reading.walk(query)) yield Array(2_000).fill(chunk[0]);
  };
  const exports = openExports({
    log: services.log,
    store: {
      clock: () => services.store.clock(),
      within: (rowScope) => ({ ...services.store.within(rowScope), ...walksOver(many) }),
    },
  });
  const { pieces } = await exports.download(acme, parseDownload(csv, {}), by);
  let turns = 0;
  let next = setImmediate(function count() {
    turns++;
    next = setImmediate(count);
  });
  let read = 0;
  for await (const _piece of pieces) read++;
  clearImmediate(next);
  expect(read).toBeGreaterThan(5);
  expect(turns).toBeGreaterThanOrEqual(read - 3);
});

test("a caller without context doesn't learn that it was erased", async () => {
  const [row] = await download(acme, {}, erasing());
  expect(row).toContain('"erased":["context","reason"]');
  const shallow = visible(acme, { context: false });
  const [shallowRow] = await download(shallow, {}, erasing());
  expect(shallowRow).toContain('"erased":["reason"]');
  expect((await lines(acme, {}, erasing()))[0]?.erased).toEqual(["context", "reason"]);
  expect((await lines(shallow, {}, erasing()))[0]?.erased).toEqual(["reason"]);
});

describe("NDJSON", () => {
  const read = async (organization: SearchableOrganization): Promise<RecordedEvent[]> => {
    const request = { filter: { types: ["NEW_TEAM"] }, cursor: undefined, limit: 100 };
    return (await services.search.events(organization, request)).events.toReversed();
  };
  const teams = { type: "NEW_TEAM" };

  test("has each event as the API reads it, with the context where it is asked for", async () => {
    const events = await read(acme);
    expect(events.map(({ context }) => context?.ip)).toEqual([undefined, "192.0.2.1", undefined]);
    expect(await lines(acme, { ...teams, context: "true" })).toEqual(events);
    const without = events.map(({ context: _unasked, ...event }) => event);
    expect(await lines(acme, teams)).toEqual(without);
  });

  test("hides from callers what the API hides from them", async () => {
    const shallow = visible(acme, { context: false });
    const events = await read(shallow);
    expect(events).toHaveLength(3);
    expect(await lines(shallow, { ...teams, context: "true" })).toEqual(events);
    const only = visible(acme, { onlyTarget: "team:t_2" });
    expect(await lines(only, { context: "true" })).toEqual(await read(only));
    expect(await lines(only, { target: "team:t_1" })).toEqual([]);
  });

  test("is an event that says so, which the file doesn't hold", async () => {
    const before = await lines(acme, { type: "AUDIT_LOG_DOWNLOADED" });
    const after = await lines(acme, { type: "AUDIT_LOG_DOWNLOADED" });
    expect(after).toHaveLength(before.length + 1);
    expect(after.at(-1)?.data).toMatchObject({ format: "ndjson", by: "occurred", context: false });
  });
});
