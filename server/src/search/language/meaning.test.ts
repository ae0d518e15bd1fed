/** Generated searches over generated events: pages, counts and follows have what the slow reference finds. */
import type { RecordedEvent } from "daybook/internal";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { makeEarlier } from "../../full-text/testing/earlier-segments.ts";
import type { OpenServices } from "../../open-services.ts";
import { type Query, readParameters } from "../../query-string/index.ts";
import { eventsParameters, eventsQueryOf } from "../events-query.ts";
import { parseHistogramRequest } from "../histogram.ts";
import { parsePageRequest } from "../pages.ts";
import { inOneLog, names, sampleEvent, searchOf } from "../testing/generated-searches.ts";
import { freshConfig, organizationOf, record, servicesOf, visible } from "../testing/open-services.ts";
import { isAnswer } from "../testing/reference.ts";
import type { SearchableOrganization } from "../visible.ts";
import { printSearch } from "./print-search.ts";

let services: OpenServices;
let acme: SearchableOrganization;
let globex: SearchableOrganization;
let events: RecordedEvent[];

const count = 260;
const view = { rowScope: "everything", context: true, onlyTarget: undefined } as const;

beforeAll(async () => {
  services = await servicesOf(await freshConfig());
  acme = await organizationOf(services, "acme");
  globex = await organizationOf(services, "globex");
  for (let n = 0; n < count; n += 65) {
    const some = Array.from({ length: 65 }, (_, m) => sampleEvent(n + m));
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

describe.each(["read as they are", "indexed", "indexed by an earlier version"])(
  "events that are %s",
  (how) => {
    beforeAll(async () => {
      if (how !== "read as they are") await services.followers.now();
      if (how !== "indexed by an earlier version") return;
      await services.followers.close();
      for (const { organizationId } of [acme, globex]) await makeEarlier(services.store, organizationId);
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
  },
);

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
