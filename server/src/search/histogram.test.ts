/** Histograms on a real database: every event of the window in its bar, by days of a time zone; and errors. */
import type { DaybookError } from "daybook/internal";
import { beforeAll, describe, expect, test } from "vitest";
import type { OpenServices } from "../open-services.ts";
import type { Query } from "../query-string/index.ts";
import { type Histogram, parseHistogramRequest } from "./histogram.ts";
import { openSearch, type Search } from "./search.ts";
import { freshConfig, organizationOf, record, servicesOf, team, visible } from "./testing/open-services.ts";
import type { SearchableOrganization } from "./visible.ts";

let services: OpenServices;
let search: Search;
let acme: SearchableOrganization;
const everything = { rowScope: "everything", context: true, onlyTarget: undefined } as const;
const now = BigInt(Date.parse("2026-03-31T12:00:00Z")) * 1000n;

beforeAll(async () => {
  services = await servicesOf(await freshConfig());
  acme = await organizationOf(services, "acme");
  const other = await organizationOf(services, "other");
  search = openSearch({ store: services.store, appended: () => () => {}, clock: () => now });
  const times = [
    "2026-03-28T23:30:00Z",
    "2026-03-29T00:30:00Z",
    "2026-03-29T22:30:00Z",
    "2026-03-31T11:00:00Z",
  ];
  const events = times.map((occurredAt, n) => team(n, { occurredAt }));
  await record(services, acme, ...events, team(9, { occurredAt: "2026-03-01T00:00:00Z" }));
  await record(services, other, ...events);
  await services.followers.now();
});

/** A histogram, without the microseconds, which are all zero. */
async function histogram(query: Query, of: SearchableOrganization = acme): Promise<Histogram> {
  const { buckets, ...rest } = await search.histogram(of, parseHistogramRequest(query));
  const short = (time: string): string => time.replace(".000000Z", "Z");
  return { ...rest, buckets: buckets.map((one) => ({ ...one, from: short(one.from), to: short(one.to) })) };
}
const counts = async (query: Query, of?: SearchableOrganization): Promise<number[]> =>
  (await histogram(query, of)).buckets.map(({ count }) => count);

describe("a histogram", () => {
  test("has the last 30 days, without gaps", async () => {
    const { unit, timeZone, buckets } = await histogram({});
    expect([unit, timeZone, buckets.length]).toEqual(["day", "UTC", 30]);
    expect(buckets[0]).toEqual({ from: "2026-03-02T00:00:00Z", to: "2026-03-03T00:00:00Z", count: 0 });
    expect(buckets.at(-1)).toEqual({ from: "2026-03-31T00:00:00Z", to: "2026-04-01T00:00:00Z", count: 1 });
    expect(buckets.slice(1).map(({ from }) => from)).toEqual(buckets.slice(0, -1).map(({ to }) => to));
    expect(buckets.slice(-4).map(({ count }) => count)).toEqual([1, 2, 0, 1]);
  });

  test("has the days of the time zone, one of which is 23 hours long", async () => {
    const { buckets } = await histogram({ zone: "Europe/Berlin" });
    expect(buckets.slice(-3)).toEqual([
      { from: "2026-03-28T23:00:00Z", to: "2026-03-29T22:00:00Z", count: 2 },
      { from: "2026-03-29T22:00:00Z", to: "2026-03-30T22:00:00Z", count: 1 },
      { from: "2026-03-30T22:00:00Z", to: "2026-03-31T22:00:00Z", count: 1 },
    ]);
  });

  test("has the events of the window and no others", async () => {
    const window = { from: "2026-03-29T00:30:00Z", to: "2026-03-30T05:00:00Z" };
    expect((await histogram(window)).buckets).toEqual([
      { from: "2026-03-29T00:30:00Z", to: "2026-03-30T00:00:00Z", count: 2 },
      { from: "2026-03-30T00:00:00Z", to: "2026-03-30T05:00:00Z", count: 0 },
    ]);
    expect(await counts({ ...window, unit: "hour" })).toEqual([1, ...Array(21).fill(0), 1, 0, 0, 0, 0, 0, 0]);
    expect(await counts({ from: "2026-04-05", to: "2026-04-05" })).toEqual([0]);
    const day = { from: "2026-03-29", to: "2026-03-29" };
    const { buckets } = await histogram({ ...day, zone: "Europe/Berlin" });
    expect(buckets).toEqual([{ from: "2026-03-28T23:00:00Z", to: "2026-03-29T22:00:00Z", count: 2 }]);
    expect((await histogram({ ...day, tz: "Europe/Berlin" })).buckets).toEqual(buckets);
  });

  test("counts within the filter, the words and what is seen", async () => {
    const sum = async (query: Query, of?: SearchableOrganization): Promise<number> =>
      (await counts(query, of)).reduce((a, b) => a + b, 0);
    expect(await sum({ actor: "user:u_0" })).toBe(2);
    expect(await sum({ q: '"team 2"' })).toBe(1);
    expect(await sum({ q: "team", actor: "user:u_1" })).toBe(1);
    expect(await sum({ q: "nobody" })).toBe(0);
    expect(await sum({}, visible(acme, { onlyTarget: "team:t_1" }))).toBe(1);
    expect(await sum({ target: "team:t_2" }, visible(acme, { onlyTarget: "team:t_1" }))).toBe(0);
    expect(await sum({}, visible(acme, { rowScope: -1 }))).toBe(0);
    expect(await histogram({ q: "team" })).toMatchObject({ searched: { behind: 0 } });
    expect(await histogram({})).not.toHaveProperty("searched");
    const all = await search.allHistogram(everything, parseHistogramRequest({ type: "NEW_TEAM" }));
    expect(all.buckets.reduce((a, { count }) => a + count, 0)).toBe(8);
  });

  test("is split by the most frequent values, and the rest has others", async () => {
    const window = { from: "2026-03-28", to: "2026-03-31", type: "NEW_TEAM" };
    const { split, buckets } = await histogram({ ...window, split: "actor" });
    expect(split).toEqual({
      by: "actor",
      values: [
        { value: "user:u_0", label: "User 0" },
        { value: "user:u_1", label: "User 1" },
        { value: "user:u_2", label: "User 2" },
      ],
    });
    expect(buckets.map(({ count, parts }) => [count, parts])).toEqual([
      [1, [1, 0, 0]],
      [2, [0, 1, 1]],
      [0, [0, 0, 0]],
      [1, [1, 0, 0]],
    ]);
    const byOutcome = await histogram({ ...window, split: "outcome" });
    expect(byOutcome.split?.values.map(({ value }) => value)).toEqual(["success", "denied", "failed"]);
    expect(byOutcome.buckets.map(({ parts }) => parts)).toEqual([
      [1, 0, 0],
      [2, 0, 0],
      [0, 0, 0],
      [1, 0, 0],
    ]);
    const all = await search.allHistogram(everything, parseHistogramRequest({ ...window, split: "type" }));
    expect(all.split?.values).toEqual([{ value: "NEW_TEAM", label: "NEW_TEAM" }]);
    expect(all.buckets.map(({ parts }) => parts)).toEqual([[2], [4], [0], [2]]);
    expect(await histogram({ ...window, from: "2026-04-05", to: "2026-04-05", split: "type" })).toMatchObject(
      {
        split: { by: "type", values: [] },
        buckets: [{ count: 0 }],
      },
    );
    const seen = await histogram({ ...window, split: "type" }, visible(acme, { onlyTarget: "team:t_1" }));
    expect(seen.buckets.map(({ parts }) => parts)).toEqual([[0], [1], [0], [0]]);
  });

  test("counts several days together, so that years fit", async () => {
    const request = parseHistogramRequest({ from: "2016-03-01", to: "2026-03-31", type: "NEW_TEAM" });
    const { buckets } = await search.histogram(acme, { ...request, step: 20 });
    expect(buckets.length).toBe(185);
    expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBe(5);
    expect(buckets.slice(1).map(({ from }) => from)).toEqual(buckets.slice(0, -1).map(({ to }) => to));
  });

  test.each([
    [{ split: "target" }, "/split"],
    [{ unit: "week" }, "/unit"],
    [{ zone: "Mars/Base" }, "/zone"],
    [{ zone: "+02:00" }, "/zone"],
    [{ zone: "'; DROP TABLE event" }, "/zone"],
    [{ zone: ["UTC", "UTC"] }, "/zone"],
    [{ from: "2020-01-01" }, "/from"],
    [{ from: "2026-03-01", unit: "hour" }, "/from"],
    [{ limit: "1" }, "/limit"],
  ] as [Query, string][])("of %j is refused", async (query, pointer) => {
    const refused: DaybookError = await (async () => histogram(query))().catch((error) => error);
    expect([refused.code, refused.issues[0]?.pointer]).toEqual(["query-invalid", pointer]);
  });
});
