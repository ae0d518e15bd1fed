/** Free text on a real database: new events immediately, with every filter, within what is visible; exact pages. */
import type { RecordedEvent } from "daybook/internal";
import { beforeAll, describe, expect, test } from "vitest";
import type { OpenServices } from "../open-services.ts";
import type { Query } from "../query-string/index.ts";
import { parsePageRequest } from "./pages.ts";
import { freshConfig, organizationOf, record, servicesOf, team, visible } from "./testing/open-services.ts";
import type { SearchableOrganization } from "./visible.ts";

let services: OpenServices;
let acme: SearchableOrganization;
let other: SearchableOrganization;

const client = (id: string, name: string, more: object = {}): ReturnType<typeof team> => ({
  type: "API_CLIENT_UPDATED",
  actor: { type: "user", id: "u_17", name: "Anne Wilson", email: "anne.wilson@example.org" },
  targets: [{ type: "api_client", id, name }],
  changes: [{ path: "/name", label: "Client name", from: "Old portal", to: name }],
  data: { clientId: id, name, expiresOn: "2027-05-31" },
  context: { ip: "192.0.2.77", requestId: "r_hidden" },
  reason: "ticket OPS-7",
  ...more,
});

beforeAll(async () => {
  services = await servicesOf(await freshConfig());
  acme = await organizationOf(services, "acme");
  other = await organizationOf(services, "other");
  await record(services, acme, client("client_9", "Register sandbox"), client("client_95", "dbk-prod.eu"));
  await record(services, other, client("client_9", "Register elsewhere"));
});

const find = async (query: Query, within: SearchableOrganization = acme): Promise<RecordedEvent[]> =>
  (await services.search.events(within, parsePageRequest(query))).events;
const names = async (query: Query, within?: SearchableOrganization): Promise<unknown[]> =>
  (await find(query, within)).map(({ data }) => data?.name ?? data?.teamId);

describe.each(["read as it is", "indexed"])("an event that is %s", (how) => {
  beforeAll(async () => {
    if (how === "indexed") await services.followers.now();
  });

  test.each([
    ["register", ["Register sandbox"]],
    ['"register sandbox"', ["Register sandbox"]],
    ["client_9", ["dbk-prod.eu", "Register sandbox"]],
    ["client_95", ["dbk-prod.eu"]],
    ["prod.eu", ["dbk-prod.eu"]],
    ["anne sandbox", ["Register sandbox"]],
    ["wilson@example.org", ["dbk-prod.eu", "Register sandbox"]],
    ["ops-7 -sandbox", ["dbk-prod.eu"]],
    ['"old portal"', ["dbk-prod.eu", "Register sandbox"]],
    ["api_client_updated", ["dbk-prod.eu", "Register sandbox"]],
    ["2027-05-31", ["dbk-prod.eu", "Register sandbox"]],
    ["elsewhere", []],
    ["192.0.2.77", []],
    ["r_hidden", []],
  ])("is found by %j", async (q, expected) => {
    expect(await names({ q })).toEqual(expected);
  });

  test("is found alike by who doesn't see its context", async () => {
    const shallow = visible(acme, { context: false });
    expect(await names({ q: "sandbox" }, shallow)).toEqual(["Register sandbox"]);
    expect(await names({ q: "hidden" }, shallow)).toEqual([]);
  });

  test("of another target is not found by who sees one", async () => {
    const only = visible(acme, { onlyTarget: "api_client:client_9" });
    expect(await names({ q: "anne" }, only)).toEqual(["Register sandbox"]);
    expect(await names({ q: "prod" }, only)).toEqual([]);
    expect(await names({ q: "anne", target: "api_client:client_95" }, only)).toEqual([]);
  });

  test("is found within the filter alone", async () => {
    expect(await names({ q: "anne", target: "api_client:client_95" })).toEqual(["dbk-prod.eu"]);
    expect(await names({ q: "anne", type: "NEW_TEAM" })).toEqual([]);
    expect(await names({ q: "anne", actor: "user:u_17", outcome: "success" })).toHaveLength(2);
    expect(await names({ q: "anne", to: "2020-01-01" })).toEqual([]);
  });

  test("of an organization is not found in another, nor by another's row scope", async () => {
    expect(await names({ q: "register" }, other)).toEqual(["Register elsewhere"]);
    expect(await names({ q: "register" }, visible(acme, { rowScope: other.organizationId }))).toEqual([]);
  });

  test("is found among those of all organizations", async () => {
    const view = { rowScope: "everything", context: true, onlyTarget: undefined } as const;
    const page = await services.search.allEvents(view, parsePageRequest({ q: "register client_9" }));
    expect(page.events.map(({ organization }) => organization.slug)).toEqual(["other", "acme"]);
    expect(page.searched?.behind).toBe(0);
  });

  test("leaves nothing out, and the answer says so", async () => {
    const page = await services.search.events(acme, parsePageRequest({ q: "anne" }));
    expect(page.searched).toEqual({ upTo: page.events[0]?.recordedAt, behind: 0 });
    expect(await services.search.events(acme, parsePageRequest({}))).not.toHaveProperty("searched");
  });
});

test.each([
  ":*",
  "\\",
  "'",
  "''; DROP TABLE event; --",
  '"',
  "a:*",
  "a & b | !c <-> d",
  "sandbox\0",
  "\u202esandbox\u202c",
  "😀 sandbox",
  "(sandbox",
  "\u0001sandbox",
  "%25",
  "a".repeat(256),
])("%j breaks nothing", async (q) => {
  const found = await find({ q }).catch((error) => error.code);
  expect(found === "query-invalid" || Array.isArray(found)).toBe(true);
});

describe("pages by words", () => {
  const walk = async (query: Query, between?: () => Promise<unknown>): Promise<RecordedEvent[]> => {
    const events: RecordedEvent[] = [];
    let cursor: string | undefined;
    do {
      const page = await services.search.events(acme, parsePageRequest({ ...query, cursor }));
      events.push(...page.events);
      cursor = page.next ?? undefined;
      await between?.();
    } while (cursor !== undefined);
    return events;
  };

  test("hold each event once, whatever is recorded and indexed meanwhile", async () => {
    const at = (n: number): string => `2026-0${1 + (n % 6)}-01T00:00:${String(n % 10).padStart(2, "0")}Z`;
    const events = Array.from({ length: 300 }, (_, n) => team(n, { occurredAt: at(n) }));
    await record(services, acme, ...events.slice(0, 150));
    await services.followers.now();
    await record(services, acme, ...events.slice(150));
    let n = 1000;
    const found = await walk({ q: "team", limit: "7", to: "2026-07-01" }, () =>
      record(services, acme, team(n++, { occurredAt: at(5) })),
    );
    const ids = found.map(({ data }) => data?.teamId).filter((id) => Number(String(id).slice(2)) < 1000);
    expect(new Set(ids).size).toBe(300);
    expect(ids).toHaveLength(300);
    const order = found.map(({ occurredAt, seq }) => `${occurredAt} ${String(seq).padStart(9, "0")}`);
    expect(order).toEqual(order.toSorted().toReversed());
  });

  test("have cursors of their own", async () => {
    const { next } = await services.search.events(acme, parsePageRequest({ q: "team", limit: "1" }));
    for (const q of [undefined, "tea", "-x team"]) {
      const stolen = parsePageRequest({ limit: "1", cursor: next ?? "", q });
      await expect(services.search.events(acme, stolen)).rejects.toMatchObject({ code: "cursor-invalid" });
    }
    const again = parsePageRequest({ limit: "1", cursor: next ?? "", q: "TEAM" });
    expect((await services.search.events(acme, again)).events).toHaveLength(1);
  });
});

test("more than 5,000 events that are not indexed: the newest are found, and the response has the number of the others", async () => {
  const config = await freshConfig();
  const busy = await servicesOf(config);
  const organization = await organizationOf(busy, "busy");
  await busy.followers.close();
  await record(busy, organization, team(0));
  for (let n = 0; n < 11; n++) {
    await record(busy, organization, ...Array.from({ length: 500 }, (_, m) => team(1 + n * 500 + m)));
  }
  const search = async (q: string): Promise<[number, number | undefined]> => {
    const { events, searched } = await busy.search.events(
      organization,
      parsePageRequest({ q, limit: "1000" }),
    );
    return [events.length, searched?.behind];
  };
  const [all, behind] = await search("new_team");
  expect(all).toBe(1000);
  expect(behind).toBeGreaterThanOrEqual(501);
  expect((await search("t_5500"))[0]).toBe(1);
  const second = await servicesOf(config);
  await second.followers.now();
  expect(await search("t_5500")).toEqual([1, 0]);
  expect(await search('"team 7" -t_70')).toEqual([expect.any(Number), 0]);
  expect((await search("t_44"))[0]).toBe(111);
});
