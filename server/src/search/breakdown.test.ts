/** Breakdowns on a real database: the newest events of a query, counted exactly, with what the reader sees. */
import type { RecordedEvent } from "daybook/internal";
import { beforeAll, describe, expect, test } from "vitest";
import type { OpenServices } from "../open-services.ts";
import type { Query } from "../query-string/index.ts";
import { type Breakdown, parseBreakdownRequest } from "./breakdown.ts";
import { parsePageRequest } from "./pages.ts";
import { sampleEvent } from "./testing/generated-searches.ts";
import { freshConfig, organizationOf, record, servicesOf, team, visible } from "./testing/open-services.ts";
import type { SearchableOrganization } from "./visible.ts";

let services: OpenServices;
let acme: SearchableOrganization;

beforeAll(async () => {
  services = await servicesOf(await freshConfig());
  acme = await organizationOf(services, "acme");
  const other = await organizationOf(services, "other");
  await record(services, acme, ...Array.from({ length: 90 }, (_, n) => sampleEvent(n)));
  await record(services, other, ...Array.from({ length: 9 }, (_, n) => sampleEvent(n)));
});

const breakdown = (query: Query, of = acme): Promise<Breakdown> =>
  services.search.breakdown(of, parseBreakdownRequest(query));

/** Counts of the values that events have, the most frequent first. */
async function counted(
  query: Query,
  valuesOf: (event: RecordedEvent) => string[],
): Promise<[string, number][]> {
  const { events } = await services.search.events(acme, parsePageRequest({ ...query, limit: "1000" }));
  const counts = new Map<string, number>();
  for (const event of events)
    for (const value of new Set(valuesOf(event))) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([a, one], [b, two]) => two - one || (a < b ? -1 : 1)).slice(0, 5);
}
const keyOf = ({ type, id = "" }: { readonly type: string; readonly id?: string }): string => `${type}:${id}`;
const pairs = (of: Breakdown["actors"] = []): [string, number][] =>
  of.map(({ value, events }) => [value, events]);

describe.each(["read as they are", "indexed"])("of events that are %s", (how) => {
  beforeAll(async () => {
    if (how === "indexed") await services.followers.now();
  });

  test.each([
    {},
    { type: "NEW_TEAM" },
    { q: "hopper" },
    { q: '-actor:"grace hopper"' },
    { q: "ip:192.0.2.0/24" },
  ])("%j counts what its page has", async (query) => {
    const { events } = await services.search.events(acme, parsePageRequest({ ...query, limit: "1000" }));
    const found = await breakdown(query);
    expect([found.events, found.complete]).toEqual([events.length, true]);
    expect(pairs(found.actors)).toEqual(
      await counted(query, ({ actor }) => (actor === undefined ? [] : [keyOf(actor)])),
    );
    expect(pairs(found.targets)).toEqual(await counted(query, ({ targets = [] }) => targets.map(keyOf)));
    expect(pairs(found.types)).toEqual(await counted(query, ({ type }) => [type]));
    expect(pairs(found.outcomes)).toEqual(await counted(query, ({ outcome = "success" }) => [outcome]));
    expect(pairs(found.addresses)).toEqual(await counted(query, ({ context }) => [context?.ip ?? []].flat()));
  });

  test("has names: of people, of types, of outcomes", async () => {
    const types = await services.eventTypes.list(acme.organizationId);
    const asked = { ...parseBreakdownRequest({ type: "NEW_TEAM" }), types };
    const found = await services.search.breakdown(acme, asked);
    expect(found.types).toEqual([{ value: "NEW_TEAM", label: "Team created", events: found.events }]);
    expect(found.actors.map(({ label }) => label)).toContain("Hopper bot");
    expect(found.outcomes[0]?.label).toBe("Success");
    expect((await breakdown({ type: "NEW_TEAM" })).types[0]?.label).toBe("NEW_TEAM");
  });

  test("has no addresses for who doesn't see the context, and refuses questions about them", async () => {
    const shallow = visible(acme, { context: false });
    const found = await breakdown({}, shallow);
    expect(found).not.toHaveProperty("addresses");
    expect(found.events).toBe((await breakdown({})).events);
    await expect(breakdown({ q: "ip:192.0.2.17" }, shallow)).rejects.toMatchObject({ code: "not-allowed" });
    await expect(breakdown({ q: "org:acme" })).rejects.toMatchObject({ code: "query-invalid" });
  });

  test("counts only the events that the reader sees", async () => {
    const only = visible(acme, { onlyTarget: "team:t_3" });
    const { events } = await services.search.events(only, parsePageRequest({ limit: "1000" }));
    expect((await breakdown({}, only)).events).toBe(events.length);
    const nothing = {
      events: 0,
      complete: true,
      actors: [],
      targets: [],
      types: [],
      outcomes: [],
      addresses: [],
    };
    expect(await breakdown({ target: "team:t_4" }, only)).toEqual(nothing);
    expect(await breakdown({}, visible(acme, { rowScope: -1 }))).toEqual(nothing);
    expect(await breakdown({ q: "hopper" }, visible(acme, { rowScope: -1 }))).toEqual(nothing);
  });
});

test("a name that others give to a party of Daybook's is not its label, however often they say it", async () => {
  const posing = { type: "user", id: `user_${"a".repeat(26)}`, name: "The Operator" } as const;
  const organization = await organizationOf(services, "posed");
  await record(services, organization, team(1, { actor: posing }), team(2, { actor: posing }));
  const { actors } = await breakdown({ type: "NEW_TEAM" }, organization);
  expect(actors).toEqual([{ value: `user:${posing.id}`, label: posing.id, events: 2 }]);
});

test("more than 2,000 events: the newest are counted, and the answer says so", async () => {
  const organization = await organizationOf(services, "busy");
  for (let n = 0; n < 4; n++)
    await record(services, organization, ...Array.from({ length: 510 }, (_, m) => team(n * 510 + m)));
  for (const query of [{ type: "NEW_TEAM" }, { q: "team" }]) {
    const found = await breakdown(query, organization);
    expect([found.events, found.complete]).toEqual([2_000, false]);
    expect(pairs(found.types)).toEqual([["NEW_TEAM", 2_000]]);
  }
});

test.each([[{ limit: "5" }], [{ cursor: "x" }], [{ q: "type:A,B" }], [{ zone: "UTC" }]])(
  "%j is refused",
  async (query) => {
    const refused = await (async () => breakdown(query))().catch(({ code }) => code);
    expect(refused).toBe("query-invalid");
  },
);
