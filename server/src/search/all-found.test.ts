/** Downloads of a search: every event that meets it once, oldest first, however the events are indexed and whatever is merged meanwhile. */
import { beforeAll, describe, expect, test } from "vitest";
import { freshDatabase } from "../../../test/support/database.ts";
import { type EventQuery, meets } from "../full-text/index.ts";
import { indexAll, indexNext } from "../full-text/testing/index-all.ts";
import type { NewEvent } from "../store/contract/events.ts";
import type { Filter, WalkedEvent } from "../store/contract/pages.ts";
import { openPostgres } from "../store/postgres/index.ts";
import type { Store } from "../store/store.ts";
import { append, newOrganization, startTime } from "../store/testing/sample-events.ts";
import { allFound } from "./all-found.ts";
import { passes } from "./full-text/index.ts";
import { readSearch, type SearchRead } from "./language/index.ts";

let store: Store;
beforeAll(async () => {
  store = await openPostgres(await freshDatabase("embedded"));
  return () => store.close();
});

/** Not in the order of time, many at the same time. */
const samples = Array.from({ length: 1_400 }, (_, n) => ({
  type: n % 7 === 0 ? "SEVENTH" : "NEW_API",
  occurredAt: startTime - BigInt((n * 7919) % 500) * 1_000_000n,
  actor: { type: "user", id: `u_${n % 5}` },
  targets: [{ type: "api", id: `a_${n % 11}` }],
  outcome: n % 13 === 0 ? ("denied" as const) : ("success" as const),
  slots: { data: JSON.stringify({ text: `all n${n} ${n % 3 === 0 ? "third party" : "party third"}` }) },
}));

const wanted = (text: string): EventQuery =>
  (readSearch(text, { zone: "UTC" }) as SearchRead).wanted as EventQuery;
const oldestFirst = (a: NewEvent, b: NewEvent): number =>
  a.occurredAt !== b.occurredAt ? Number(a.occurredAt - b.occurredAt) : Number(a.seq - b.seq);
const end = { logNo: 9, seq: 0n };

interface Indexed {
  readonly organizationId: number;
  readonly events: readonly NewEvent[];
}

const expectedOf = (events: readonly NewEvent[], query: EventQuery, filter: Filter): bigint[] =>
  events
    .filter((event) => passes(event, filter) && meets(event, query))
    .sort(oldestFirst)
    .map(({ seq }) => seq);

async function seqsOf(events: AsyncIterable<WalkedEvent>): Promise<bigint[]> {
  const seqs: bigint[] = [];
  for await (const { seq } of events) seqs.push(seq);
  return seqs;
}

const searches: readonly (readonly [string, Filter])[] = [
  ["all", {}],
  ["-n1", {}],
  ["n77", {}],
  ["nobody", {}],
  ['"third party"', {}],
  ["type:SEV* -outcome:denied", {}],
  ["actor:u_3 -target:api:a_3", {}],
  ["third", { from: startTime - 300_000_000n, to: startTime - 90_000_000n }],
  ["all", { types: ["SEVENTH"], actors: ["user:u_1"] }],
];

describe.each<[string, (organizationId: number) => Promise<unknown>]>([
  ["in one segment", (id) => indexAll(store, id, 2_000)],
  [
    "in many segments, and not to the end",
    async (id) => {
      for (let n = 0; n < 11; n++) await indexNext(store, id, 100);
    },
  ],
  ["not at all", async () => undefined],
])("events that are indexed %s", (_, index) => {
  let log: Indexed;
  beforeAll(async () => {
    const { organizationId } = await newOrganization(store);
    log = { organizationId, events: await append(store, organizationId, samples) };
    await index(organizationId);
  });

  test.each(searches)("%s: by occurrence and by recording", async (text, filter) => {
    const { organizationId, events } = log;
    const reads = store.within(organizationId);
    const walk = { organizationId, filter, before: end };
    const query = wanted(text);
    const expected = expectedOf(events, query, filter);
    expect(await seqsOf(allFound(reads, { ...walk, by: "occurred" }, query))).toEqual(expected);
    if (filter.from === undefined)
      expect(await seqsOf(allFound(reads, { ...walk, by: "recorded" }, query))).toEqual(
        expected.toSorted((a, b) => Number(a - b)),
      );
  });

  test("ends before the place of the download", async () => {
    const { organizationId, events } = log;
    const walk = { organizationId, filter: {}, before: { logNo: 0, seq: 700n }, by: "occurred" } as const;
    const found = await seqsOf(allFound(store.within(organizationId), walk, wanted("all")));
    expect(found).toEqual(expectedOf(events, wanted("all"), {}).filter((seq) => seq < 700n));
  });
});

test.each(["all", '"third party"'])("goes on while segments are merged: %s", async (text) => {
  const { organizationId } = await newOrganization(store);
  const events = await append(store, organizationId, samples);
  for (let n = 0; n < 13; n++) await indexNext(store, organizationId, 100);
  const walk = { organizationId, filter: {}, before: end, by: "occurred" } as const;
  const found: bigint[] = [];
  for await (const { seq } of allFound(store.within(organizationId), walk, wanted(text))) {
    found.push(seq);
    // sixteen are merged into one
    if (found.length === 250) await indexAll(store, organizationId, 20);
  }
  expect(found).toEqual(expectedOf(events, wanted(text), {}));
});

test("looks at each event if too many wait to be indexed", async () => {
  const { organizationId } = await newOrganization(store);
  const events = await append(store, organizationId, samples);
  const reads = store.within(organizationId);
  const walk = { organizationId, filter: {}, before: end, by: "occurred" } as const;
  const many: typeof reads.followerProgress = async (...query) =>
    (await reads.followerProgress(...query)).map((one) => ({ ...one, behind: 9_000n }));
  const waiting = Array.from({ length: 5_000 }, () => events[0] as NewEvent);
  const late = { ...reads, unfollowed: async () => waiting, followerProgress: many };
  expect(await seqsOf(allFound(late, walk, wanted("third -n3")))).toEqual(
    expectedOf(events, wanted("third -n3"), {}),
  );
});
