/** Generated searches over generated events: pages, counts and follows have what the slow reference finds. */
import type { EventInput, RecordedEvent } from "daybook/internal";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { OpenServices } from "../../open-services.ts";
import { type Query, readParameters } from "../../query-string/index.ts";
import { eventsParameters, eventsQueryOf } from "../events-query.ts";
import { parseHistogramRequest } from "../histogram.ts";
import { parsePageRequest } from "../pages.ts";
import { freshConfig, organizationOf, record, servicesOf, visible } from "../testing/open-services.ts";
import { isAnswer } from "../testing/reference.ts";
import type { SearchableOrganization } from "../visible.ts";
import { printSearch } from "./print-search.ts";
import type { QualifierName, SearchTerm } from "./search-terms.ts";

let services: OpenServices;
let acme: SearchableOrganization;
let globex: SearchableOrganization;
let events: RecordedEvent[];

const pick = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;
const people = ["Grace Hopper", "Grace Jones", "Anne Wilson", "Łukasz Hopper"];
const agents = ["curl/8.5.0", "Mozilla/5.0 (X11; Linux) Firefox/133.0", "Portal/4.2 (Łódź)"];
const ips = ["192.0.2.17", "192.0.2.200", "198.51.100.3", "203.0.113.9", "2001:db8::1"];
const paths = ["/name", "/expiresOn", "/authPolicy/requireMfa"];
const types = ["API_CLIENT_UPDATED", "API_CLIENT_REVOKED", "NEW_TEAM", "REMOVE_TEAM"];

function sample(n: number): EventInput {
  const type = pick(types, n * 7 + Math.floor(n / 11));
  const name = pick(["Register sandbox", "Billing sync", "sandbox two"], n);
  const isTeam = type.endsWith("TEAM");
  const data = isTeam
    ? { teamId: `t_${n % 9}`, team: pick(["Platform", "Hopper fans"], n) }
    : { clientId: `c_${n % 9}`, name, expiresOn: "2027-05-31" };
  const actors = [
    { type: "user", id: `u_${n % 4}`, name: pick(people, n), email: `u${n % 4}@example.org` },
    { type: "api_client", id: `c_${n % 3}`, name: "Hopper bot" },
    { type: "anonymous" },
  ] as const;
  return {
    type,
    actor: pick(actors, Math.floor(n / 3)),
    targets: [
      { type: isTeam ? "team" : "api_client", id: `t_${n % 9}`, name },
      ...(n % 5 === 0 ? [{ type: "user", id: "u_2", name: "Grace Hopper" }] : []),
    ],
    occurredAt: `2026-1${n % 2}-${String(1 + (n % 28)).padStart(2, "0")}T0${n % 10}:30:00Z`,
    ...(isTeam ? {} : { changes: [{ path: pick(paths, n), from: `old ${n % 3}`, to: `new ${n % 4}` }] }),
    outcome: pick(["success", "success", "success", "denied", "failed"] as const, n),
    ...(n % 4 === 0 ? { reason: `ticket OPS-${n % 12}` } : {}),
    context: {
      ip: pick(ips, n),
      userAgent: pick(agents, Math.floor(n / 2)),
      requestId: `req ${n % 50}`,
      correlationId: `act-${n % 20}`,
    },
    data,
    ...(n % 6 === 0 ? { producer: { id: "portal", externalId: `evt_${n % 30}` } } : {}),
  } as EventInput;
}

const count = 260;
const view = { rowScope: "everything", context: true, onlyTarget: undefined } as const;

beforeAll(async () => {
  services = await servicesOf(await freshConfig());
  acme = await organizationOf(services, "acme");
  globex = await organizationOf(services, "globex");
  for (let n = 0; n < count; n += 65) {
    const some = Array.from({ length: 65 }, (_, m) => sample(n + m));
    await record(services, n % 130 === 0 ? acme : globex, ...some);
  }
  events = (await services.search.allEvents(view, parsePageRequest({ limit: "1000" }))).events;
});

/** All pages of a search. */
async function found(query: Query, within?: SearchableOrganization): Promise<RecordedEvent[]> {
  const all: RecordedEvent[] = [];
  let cursor: string | undefined;
  do {
    const request = parsePageRequest({ limit: "90", ...query, cursor });
    const page = await (within === undefined
      ? services.search.allEvents(view, request)
      : services.search.events(within, request));
    all.push(...page.events);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return all;
}

const values: Readonly<Record<QualifierName, readonly string[]>> = {
  type: ["API_CLIENT_*", "api_client_revoked", "NEW_TEAM", "API_*", "LOG_OPENED", "no.such", "remove_*"],
  actor: [
    "grace",
    "Grace Hopper",
    "hopper",
    "user:u_2",
    "api_client:c_1",
    "anonymous:",
    "u_1",
    "u1@example",
    "lukasz",
    "system:daybook",
  ],
  target: ["sandbox", "Register sandbox", "team:t_3", "grace hopper", "t_4", "nobody", "user:u_2"],
  outcome: ["success", "DENIED", "failed"],
  changed: [...paths, "/na"],
  "recorded-by": ["daybook", "others", "operator:operator", "api_client:x", "server:daybook"],
  external: ["evt_6", "evt_12", "evt"],
  ip: ["192.0.2.17", "192.0.2.0/24", "192.0.2.0/25", "0.0.0.0/0", "203.0.113.9/32", "10.0.0.0/8"],
  agent: ["curl", "firefox", "Mozilla/5.0", "x11 linux", "lodz", "4.2"],
  request: ["req 3", "req 30", "req"],
  correlation: ["act-7", "act-19", "act"],
  org: ["acme", "globex", "nowhere"],
  after: ["2026-10-14", "2026-11-02"],
  before: ["2026-11-20", "2026-11-27", "2027-01-01"],
};

const termOf = (names: readonly QualifierName[]): fc.Arbitrary<SearchTerm> =>
  fc
    .constantFrom(...names)
    .chain((name) => fc.tuple(fc.constant(name), fc.constantFrom(...values[name]), fc.boolean()))
    .map(([name, value, isExcluded]) => ({
      ...{ name, value, isQuoted: /\s/.test(value) },
      isExcluded: isExcluded && name !== "after" && name !== "before",
    }));
const wordTerm: fc.Arbitrary<SearchTerm> = fc
  .tuple(
    fc.constantFrom(
      "sandbox",
      "grace hopper",
      "new",
      "ops",
      "expires",
      "billing sync",
      "acme",
      "sandbox register",
    ),
    fc.boolean(),
  )
  .map(([text, isExcluded]) => ({ isExcluded, text, isQuoted: text.includes(" ") }));

const once = (terms: SearchTerm[]): SearchTerm[] =>
  terms.filter(
    (term, n) =>
      !("name" in term) ||
      (term.name !== "after" && term.name !== "before") ||
      terms.findIndex((other) => "name" in other && other.name === term.name) === n,
  );
const names = Object.keys(values) as QualifierName[];
const inOneLog = names.filter((name) => name !== "org");
const searchOf = (of: readonly QualifierName[]): fc.Arbitrary<SearchTerm[]> =>
  fc
    .array(fc.oneof({ weight: 4, arbitrary: termOf(of) }, wordTerm), { minLength: 1, maxLength: 4 })
    .map(once);

const ids = (list: readonly RecordedEvent[]): string[] => list.map(({ id }) => id);
const isOf =
  ({ slug }: SearchableOrganization) =>
  (event: RecordedEvent): boolean =>
    event.organization.slug === slug;

/** The events that a follow of a whole log gives. */
async function followed(organization: SearchableOrganization, q: string): Promise<string[]> {
  const end = new AbortController();
  const query = eventsQueryOf(readParameters({ q }, eventsParameters));
  const request = { organization, after: undefined, query, signal: end.signal, limit: 1000 };
  const batches = await services.search.follow(request);
  const first = await batches.next();
  end.abort();
  await batches.return?.();
  return first.value.events.map((text: string) => (JSON.parse(text) as RecordedEvent).id);
}

async function counted(q: string): Promise<number> {
  const request = parseHistogramRequest({ q, from: "2026-09-01", to: "2027-03-31" });
  const { buckets } = await services.search.histogram(acme, request);
  return buckets.reduce((sum, bucket) => sum + bucket.count, 0);
}

describe.each(["read as they are", "indexed"])("events that are %s", (how) => {
  beforeAll(async () => {
    if (how === "indexed") await services.followers.now();
  });

  test("are found in one organization as the reference finds them, on pages, in counts and by follows", async () => {
    await fc.assert(
      fc.asyncProperty(searchOf(inOneLog), async (terms) => {
        const q = printSearch(terms);
        const expected = ids(events.filter(isOf(acme)).filter((event) => isAnswer(event, terms)));
        expect(ids(await found({ q }, acme)), q).toEqual(expected);
        expect((await followed(acme, q)).sort(), q).toEqual([...expected].sort());
        expect(await counted(q), q).toBe(expected.length);
      }),
      { numRuns: 150 },
    );
  });

  test("are found in all organizations as the reference finds them", async () => {
    await fc.assert(
      fc.asyncProperty(searchOf(names), async (terms) => {
        const q = printSearch(terms);
        expect(ids(await found({ q })), q).toEqual(ids(events.filter((event) => isAnswer(event, terms))));
      }),
      { numRuns: 80 },
    );
  });
});

describe("who doesn't see the context", () => {
  const refused = (query: Query, what: "events" | "histogram"): Promise<unknown> => {
    const shallow = visible(acme, { context: false });
    const asked =
      what === "events"
        ? services.search.events(shallow, parsePageRequest(query))
        : services.search.histogram(shallow, parseHistogramRequest(query));
    return asked
      .then(() => "answered")
      .catch((error) => [error.code, error.issues[0]?.pointer, error.message]);
  };
  const refusal = [
    "not-allowed",
    "/q",
    "The parameter 'q' asks for the context of events (address, user agent, request), which you may not see.",
  ];

  test.each(["ip:192.0.2.17", "ip:10.9.9.9", "agent:curl", "request:x", "correlation:act-7"])(
    "may not ask for %s, whether there are such events or not, not even excluded or among others",
    async (asked) => {
      for (const q of [asked, `-${asked}`, `sandbox ${asked}`, `type:NEW_TEAM actor:nobody -${asked}`])
        for (const what of ["events", "histogram"] as const)
          expect(await refused({ q }, what), q).toEqual(refusal);
      const query = eventsQueryOf(readParameters({ q: asked }, eventsParameters));
      const follow = { organization: visible(acme, { context: false }), after: undefined, query };
      await expect(
        services.search.follow({ ...follow, signal: AbortSignal.timeout(1_000) }),
      ).rejects.toMatchObject({ code: "not-allowed" });
    },
  );

  test.each(["ip", "userAgent", "requestId", "correlationId"])(
    "may not ask by the parameter %s",
    async (name) => {
      const value = name === "ip" ? "192.0.2.0/24" : "act-7";
      expect(await refused({ [name]: value }, "events")).toEqual(refusal);
      expect(await refused({ [name]: value }, "histogram")).toEqual(refusal);
    },
  );

  test("finds the same as others by everything else", async () => {
    const shallow = visible(acme, { context: false });
    const rest = inOneLog.filter((name) => !["ip", "agent", "request", "correlation"].includes(name));
    await fc.assert(
      fc.asyncProperty(searchOf(rest), async (terms) => {
        const q = printSearch(terms);
        const seen = await found({ q }, shallow);
        expect(ids(seen)).toEqual(ids(events.filter(isOf(acme)).filter((event) => isAnswer(event, terms))));
        expect(seen.every((event) => event.context === undefined)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});

test("who sees one target finds nothing else, whatever is asked", async () => {
  const only = visible(acme, { onlyTarget: "team:t_3" });
  await fc.assert(
    fc.asyncProperty(searchOf(inOneLog), async (terms) => {
      const expected = events
        .filter(isOf(acme))
        .filter(({ targets = [] }) => targets.some(({ type, id }) => type === "team" && id === "t_3"))
        .filter((event) => isAnswer(event, terms));
      expect(ids(await found({ q: printSearch(terms) }, only))).toEqual(ids(expected));
    }),
    { numRuns: 60 },
  );
});

test("org: is for the log of all organizations", async () => {
  await expect(services.search.events(acme, parsePageRequest({ q: "x org:acme" }))).rejects.toMatchObject({
    code: "query-invalid",
    issues: [{ pointer: "/q", place: { start: 2, end: 10 } }],
  });
});
