/**
 * `npm run bench:segments [-- --segments 76]` Measures searches in the full-text index alone, at five million events: it makes full segments of
 * generated events, without the events themselves, and finds the places of a page in them. What HTTP and reading 25 events add is in the rows of
 * `npm run bench -- --only search`. The segments are in the order of time, as those of a log are whose events are recorded when they occur.
 */
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { EventInput } from "daybook";
import {
  type EventQuery,
  indexBlocks,
  indexOf,
  networkBits,
  newestVersion,
  phraseOf,
} from "../server/src/full-text/index.ts";
import { type FindReads, find } from "../server/src/search/full-text/find.ts";
import type { StoredEvent } from "../server/src/store/contract/events.ts";
import type { Filter, PageKey } from "../server/src/store/contract/pages.ts";
import { startEmbedded } from "../server/src/store/embedded/index.ts";
import { openPostgres } from "../server/src/store/postgres/index.ts";
import type { Store } from "../server/src/store/store.ts";
import { anywhere } from "../server/src/store/testing/anywhere.ts";
import { newOrganization } from "../server/src/store/testing/sample-events.ts";
import { seeded } from "../test/support/seeded.ts";
import { eventMaker } from "./events.ts";
import { type Figure, median, percentile, tableOf } from "./figures.ts";

const { values } = parseArgs({ options: { segments: { type: "string", default: "76" } } });
const segments = Number(values.segments);
const size = 65_536;
/** How many segments have terms of their own; the others repeat these, at other times. */
const distinct = 3;
const microsecondsOf85Days = 85 * 86_400e6;

const slot = (value: unknown): { json: string } => ({ json: JSON.stringify(value) });

function slotsOf(
  { actor, targets, changes, data, context }: EventInput,
  n: number,
): Record<string, { json: string }> {
  const { name, email, ...rest } = actor;
  return {
    actor: slot(rest),
    actorPersonal: slot({ "/email": email, "/name": name }),
    ...(targets && { targets: slot(targets) }),
    ...(changes && { changes: slot(changes) }),
    ...(data && { data: slot(data) }),
    ...(context && { context: slot({ ...context, ip: addressOf(n) }) }),
    recordedBy: slot({ id: `client_${n % 40}`, type: "api_client" }),
  };
}

/** 40,000 addresses in 200 networks of 200. */
const addressOf = (n: number): string => `10.7.${n % 200}.${Math.floor(n / 200) % 200}`;

async function fill(store: Store, organizationId: number): Promise<void> {
  const now = Date.now() * 1_000;
  for (let part = 0; part < distinct; part++) {
    const next = eventMaker(part + 1, { actors: 500, apis: 2_000, days: 85, now: now / 1_000 });
    const content = indexOf(
      Array.from({ length: size }, (_, n) => {
        const event = next();
        const outcome = n % 50 === 0 ? ("denied" as const) : ("success" as const);
        return { type: event.type, outcome, slots: slotsOf(event, n), occurredAt: BigInt(n), seq: BigInt(n) };
      }),
    );
    for (let at = part; at < segments; at += distinct) {
      const timeOf = (n: number): number =>
        Math.floor(now - microsecondsOf85Days * (1 - (at + n / size) / segments));
      const occurredAt = Float64Array.from({ length: size }, (_, n) => timeOf(n));
      const seq = Float64Array.from({ length: size }, (_, n) => at * size + n);
      const segment = {
        ...{ organizationId, logNo: 0, first: BigInt(at * size), events: size, version: newestVersion },
        ...{ oldest: BigInt(timeOf(0)), newest: BigInt(timeOf(size - 1)) },
      };
      const blocks = [...indexBlocks([{ ...content, documents: { occurredAt, seq } }])];
      await store.write((tx) => tx.insertSegment(segment, blocks), anywhere);
      console.error(`segment ${at + 1} of ${segments}`);
    }
  }
}

/** A query, and a filter. */
type Asked = readonly [query: string | EventQuery, filter: Filter];

/** Words, each the beginning of one. */
const wordsIn = (text: string): EventQuery => ({ all: text.split(" ").map(phraseOf), none: [] });
/** One of these conditions, and none of those. */
const asks = (
  anyOf: readonly NonNullable<EventQuery["noneOf"]>[number][],
  noneOf: NonNullable<EventQuery["noneOf"]> = [],
): EventQuery => ({ all: [], none: [], ...(anyOf.length > 0 && { anyOf: [anyOf] }), noneOf });
const network = (text: string): NonNullable<EventQuery["noneOf"]> =>
  (networkBits(text) ?? []).map((value) => ({ kind: "address", value, isBeginning: true }));

const kindsOf = (digests: readonly string[]): Record<string, (random: () => number) => Asked> => ({
  "a word of some thirty events": (random) => [digests[Math.floor(random() * digests.length)]!, {}],
  "a rare word": (random) => [`service-${Math.floor(random() * 2_000)}`, {}],
  "a common word": () => ["acme", {}],
  "a word of every event": () => ["person", {}],
  "two common words that never meet": () => ["acme sandbox", {}],
  "a word of no event": () => ["nobody", {}],
  "one letter": () => ["a", {}],
  "a common word and an outcome": () => ["acme", { outcomes: ["denied"] }],
  "a common word and an actor": (random) => ["acme", { actors: [`user:u_${Math.floor(random() * 500)}`] }],
  "a word of every event and a target": (random) => [
    "person",
    { targets: [`api:api_${Math.floor(random() * 2_000)}`] },
  ],
  "type:API_CLIENT_*": () => [asks([{ kind: "type", value: "API_CLIENT_", isBeginning: true }]), {}],
  "ip: of an address": (random) => [asks(network(addressOf(Math.floor(random() * 40_000)))), {}],
  "ip: of a network": (random) => [asks(network(`10.7.${Math.floor(random() * 200)}.0/24`)), {}],
  "ip: of all addresses": () => [asks(network("10.0.0.0/8")), {}],
  "ip: of no address": () => [asks(network("192.0.2.0/24")), {}],
  "agent:portal": () => [asks([{ within: "userAgent", phrase: phraseOf("portal") }]), {}],
  "agent: of a version": () => [asks([{ within: "userAgent", phrase: phraseOf("portal/4.2") }]), {}],
  "actor: a name": (random) => [
    asks([{ within: "actor", phrase: phraseOf(`Person ${Math.floor(random() * 500)}`) }]),
    {},
  ],
  "actor: the beginning of all names": () => [asks([{ within: "actor", phrase: phraseOf("pers") }]), {}],
  "target: a name": (random) => [
    asks([{ within: "target", phrase: phraseOf(`service-${Math.floor(random() * 2_000)}`) }]),
    {},
  ],
  "target: a name that only actors have": () => [
    asks([{ within: "target", phrase: phraseOf("person") }]),
    {},
  ],
  "all but a name that many have": () => [
    asks([], [{ within: "target", phrase: phraseOf("Register sandbox") }]),
    {},
  ],
  "request: of no event": () => [asks([{ kind: "requestId", value: "req_42" }]), {}],
  "changed:/name": () => [asks([{ kind: "changed", value: "/name" }]), {}],
  "changed: of no event": () => [asks([{ kind: "changed", value: "/expiresOn" }]), {}],
  "recorded-by: of one client": (random) => [
    asks([{ kind: "recordedBy", value: `api_client:client_${Math.floor(random() * 40)}` }]),
    {},
  ],
  "all but a common type": () => [asks([], [{ kind: "type", value: "API_SAVED" }]), {}],
  "all but what every event has": () => [asks([], network("10.0.0.0/8")), {}],
  "an address and a type, without an outcome": (random) => [
    {
      ...asks(network(addressOf(Math.floor(random() * 40_000))), [{ kind: "outcome", value: "success" }]),
    },
    { types: ["API_SAVED"] },
  ],
  "a common word and a type that never meets it": () => ["acme", { types: ["NEW_TEAM_MEMBER"] }],
  "a word of every event and no event of Daybook's": () => ["person", { recordedBy: "daybook" }],
});

/** All continuations until the page is full or everything was searched; milliseconds. */
async function ask(reads: FindReads, organizationId: number, [query, filter]: Asked): Promise<number> {
  const wanted = typeof query === "string" ? wordsIn(query) : query;
  const started = performance.now();
  let after: PageKey | undefined;
  for (let left = 26; ; ) {
    const page = { organizationId, filter, wanted, limit: left, ...(after && { after }) };
    const { events, reached } = await find(reads, page);
    left -= events.length;
    if (left <= 0 || reached === undefined) return performance.now() - started;
    after = reached;
  }
}

const folder = mkdtempSync(join(tmpdir(), "daybook-segments-"));
chmodSync(folder, 0o755);
const database = await startEmbedded({ dataFolder: folder, log: () => {} });
const store = await openPostgres(database.url);
try {
  const { organizationId } = await newOrganization(store);
  await fill(store, organizationId);
  // there are no events to read
  const eventsAt: FindReads["eventsAt"] = async (places) =>
    places.map((place) => ({ ...place, id: String(place.seq), slots: {} }) as StoredEvent);
  const reads: FindReads = { ...store.within(organizationId), eventsAt };
  const maker = eventMaker(2, { actors: 500, apis: 2_000, days: 85, now: Date.now() });
  const digests = Array.from({ length: 500 }, maker).flatMap(
    ({ data }) => String(data?.digest ?? "").slice(0, 40) || [],
  );
  const figures: Figure[] = [];
  for (const [what, kind] of Object.entries(kindsOf(digests))) {
    const random = seeded(7);
    const times: number[] = [];
    for (let n = -10; n < 200; n++) {
      const time = await ask(reads, organizationId, kind(random));
      if (n >= 0) times.push(time);
    }
    const p99 = percentile(times, 0.99);
    figures.push({
      what: `${what}, ${(segments * size).toLocaleString("en")} events`,
      measured: `p50 ${median(times).toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`,
      yardstick: "-",
      ratio: null,
      goal: "p99 <= 50 ms",
      met: p99 <= 50,
    });
  }
  console.log(tableOf(figures));
} finally {
  await store.close();
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
}
