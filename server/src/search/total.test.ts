/** How many events match, and where a page begins among them, on a real database. */
import { beforeAll, describe, expect, test } from "vitest";
import type { OpenServices } from "../open-services.ts";
import type { Query } from "../query-string/index.ts";
import { parsePageRequest } from "./pages.ts";
import { freshConfig, organizationOf, record, servicesOf, team, visible } from "./testing/open-services.ts";
import type { Total } from "./total.ts";
import type { SearchableOrganization } from "./visible.ts";

let services: OpenServices;
let acme: SearchableOrganization;
const start = Date.parse("2026-03-01T00:00:00Z");
const timeOf = (n: number): bigint => BigInt(start + n * 1_000) * 1_000n;

beforeAll(async () => {
  services = await servicesOf(await freshConfig());
  acme = await organizationOf(services, "acme");
  const other = await organizationOf(services, "other");
  // the last three at one time
  const at = (n: number): object => ({ occurredAt: new Date(start + Math.min(n, 57) * 1_000).toISOString() });
  await record(services, acme, ...Array.from({ length: 60 }, (_, n) => team(n, at(n))));
  await record(services, other, ...Array.from({ length: 5 }, (_, n) => team(n, at(n))));
});

const total = (
  query: Query,
  { of = acme, first }: { of?: SearchableOrganization; first?: { id: string; occurredAt: bigint } } = {},
): Promise<Total> => {
  const { filter, wanted } = parsePageRequest({ type: "NEW_TEAM", ...query });
  return services.search.total(of, { filter, wanted, first });
};

describe.each(["read as they are", "indexed"])("of events that are %s", (how) => {
  beforeAll(async () => {
    if (how === "indexed") await services.followers.now();
  });

  test.each([
    [{}, 60],
    [{ actor: "user:u_1" }, 20],
    [{ q: "actor:u_1 -target:team:t_1" }, 19],
    [{ q: '"team 7"' }, 1],
    [{ from: "2026-03-01T00:00:10Z", to: "2026-03-01T00:00:20Z" }, 10],
    [{ q: "nobody" }, 0],
  ] as [Query, number][])("%j matches %i", async (query, count) => {
    expect(await total(query)).toEqual({ count, isLeast: false, newer: 0 });
  });

  test("a page begins after those that are newer, within the time that is asked for", async () => {
    const first = (n: number): object => ({ first: { id: "", occurredAt: timeOf(n) } });
    expect((await total({}, first(30))).newer).toBe(29);
    expect((await total({}, first(0))).newer).toBe(59);
    const span = { from: "2026-03-01T00:00:10Z", to: "2026-03-01T00:00:20Z" };
    expect((await total(span, first(19))).newer).toBe(0);
    expect((await total(span, first(10))).newer).toBe(9);
  });

  test("events of one time come in the order of pages", async () => {
    const { events } = await services.search.events(acme, parsePageRequest({ type: "NEW_TEAM", limit: "5" }));
    const places = events.map(async ({ id, occurredAt }) => {
      const first = { id, occurredAt: BigInt(Date.parse(occurredAt)) * 1000n };
      return (await total({}, { first })).newer;
    });
    expect(await Promise.all(places)).toEqual([0, 1, 2, 3, 4]);
    expect((await total({}, { first: { id: "gone", occurredAt: timeOf(57) } })).newer).toBeUndefined();
  });

  test("counts what the reader sees", async () => {
    expect((await total({}, { of: visible(acme, { onlyTarget: "team:t_1" }) })).count).toBe(1);
    expect(
      (await total({ target: "team:t_2" }, { of: visible(acme, { onlyTarget: "team:t_1" }) })).count,
    ).toBe(0);
    const everything = { rowScope: "everything", context: true, onlyTarget: undefined } as const;
    const { filter, wanted, organizations } = parsePageRequest({ type: "NEW_TEAM" });
    expect((await services.search.allTotal(everything, { filter, wanted, organizations })).count).toBe(65);
    await expect(
      total({ q: "ip:192.0.2.1" }, { of: visible(acme, { context: false }) }),
    ).rejects.toMatchObject({
      code: "not-allowed",
    });
  });
});
