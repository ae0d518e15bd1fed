/** Downloads on a real database: of what the caller sees, and of nothing else. */
import { beforeAll, expect, test } from "vitest";
import type { OpenServices } from "../open-services.ts";
import {
  freshConfig,
  organizationOf,
  record,
  seen,
  servicesOf,
  team,
} from "../search/testing/open-services.ts";
import type { VisibleOrganization } from "../search/visible.ts";
import { openExports } from "./download.ts";
import { parseDownload } from "./request.ts";
import { readCsv } from "./testing/read-csv.ts";

const by = { actor: { type: "user", id: "u_1" }, recordedBy: { type: "operator", id: "operator" } } as const;
let services: OpenServices;
let acme: VisibleOrganization;

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
  organization: VisibleOrganization,
  query: Parameters<typeof parseDownload>[0] = {},
  exports = services.exports,
): Promise<string[]> {
  const { pieces } = await exports.download(organization, parseDownload({ data: "json", ...query }), by);
  let text = "";
  for await (const piece of pieces) text += piece;
  return readCsv(text)
    .slice(1)
    .map(([, , type, data]) => `${type} ${data}`);
}

test("a download holds what was there before it", async () => {
  const rows = await download(acme);
  expect(rows.map((row) => row.split(" ")[0])).toEqual(["LOG_OPENED", "NEW_TEAM", "NEW_TEAM", "NEW_TEAM"]);
});

test("a download of one target holds its events alone, and nothing if another is asked for", async () => {
  const only = seen(acme, { onlyTarget: "team:t_1" });
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
  const rows = async (organization: VisibleOrganization, query: object): Promise<string> =>
    (await download(organization, { ...ofTeam, ...query })).join();
  expect(await rows(acme, { context: "true" })).toContain(ip);
  expect(await rows(acme, { context: "false" })).not.toContain("192.0.2.1");
  expect(await rows(acme, {})).not.toContain("192.0.2.1");
  expect(await rows(seen(acme, { context: false }), { context: "true" })).not.toContain("192.0.2.1");
});

test("the event of a download says whether the context was in the file, not whether it was asked for", async () => {
  const told = async (organization: VisibleOrganization, query: Record<string, string>): Promise<unknown> => {
    await download(organization, query);
    const filter = { types: ["AUDIT_LOG_DOWNLOADED"] };
    const { events } = await services.search.events(acme, { filter, cursor: undefined, limit: 1 });
    return events[0]?.data?.context;
  };
  expect(await told(acme, { context: "true" })).toBe(true);
  expect(await told(acme, {})).toBe(false);
  expect(await told(seen(acme, { context: false }), { context: "true" })).toBe(false);
});

test("a row leads to its event: its id, its log and its place are those of the receipt", async () => {
  const [row] = await download(acme, { target: "team:t_2" });
  const { id, log, seq } = JSON.parse((row ?? "").replace("NEW_TEAM ", "")).$event;
  const stored = await services.store.event(acme.organizationId, id);
  const [kept] = await services.store.logs(acme.organizationId);
  expect({ log, seq }).toEqual({ log: kept?.origin, seq: Number(stored?.seq) });
  expect(stored?.type).toBe("NEW_TEAM");
});

test("a caller without context doesn't learn that it was erased", async () => {
  // what an erasure leaves, which the database's own statements will not make
  const erasing = openExports({
    log: services.log,
    store: {
      clock: () => services.store.clock(),
      within: (rowScope) => {
        const reading = services.store.within(rowScope);
        return {
          ...reading,
          async *walk(query) {
            for await (const chunk of reading.walk(query)) {
              const gone = { context: { digest: undefined }, reason: { digest: undefined } };
              yield chunk.map((event) => ({ ...event, slots: { ...event.slots, ...gone } }));
            }
          },
        };
      },
    },
  });
  const [row] = await download(acme, {}, erasing);
  expect(row).toContain('"erased":["context","reason"]');
  const [shallow] = await download(seen(acme, { context: false }), {}, erasing);
  expect(shallow).toContain('"erased":["reason"]');
});
