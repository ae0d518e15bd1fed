/** A damaged index: a search says so where it can know, instead of finding less. */
import { beforeAll, expect, test } from "vitest";
import { freshDatabase } from "../../../../test/support/database.ts";
import type { EventQuery } from "../../full-text/index.ts";
import { indexAll } from "../../full-text/testing/index-all.ts";
import { openPostgres } from "../../store/postgres/index.ts";
import type { Reads, Store } from "../../store/store.ts";
import { append, newOrganization, startTime } from "../../store/testing/sample-events.ts";
import { readSearch, type SearchRead } from "../language/index.ts";
import { countFound } from "./count.ts";
import { find } from "./find.ts";

let store: Store;
beforeAll(async () => {
  store = await openPostgres(await freshDatabase("embedded"));
  return () => store.close();
});

const samples = (count: number): object[] =>
  Array.from({ length: count }, (_, n) => ({
    occurredAt: startTime + BigInt(n),
    slots: { data: '{"text":"all"}' },
  }));
const wanted = (query: string): EventQuery =>
  (readSearch(query, { zone: "UTC" }) as SearchRead).wanted as EventQuery;

test("a search says so if a segment is missing, instead of finding less", async () => {
  const { organizationId } = await newOrganization(store);
  await append(store, organizationId, samples(60));
  await indexAll(store, organizationId, 20);
  const query = { organizationId, filter: {}, wanted: wanted("all") };
  const segments = await store.segments(organizationId);
  expect(segments).toHaveLength(3);
  for (const segment of segments) {
    const deleted = { ...store, segments: async () => segments.filter((one) => one !== segment) };
    await expect(find(deleted, { ...query, limit: 10 })).rejects.toThrow("lacks a segment");
    await expect(countFound(deleted, { ...query, bounds: [0n, startTime] })).rejects.toThrow(
      "lacks a segment",
    );
  }
});

test("a search says so if the documents of a segment are damaged", async () => {
  const { organizationId } = await newOrganization(store);
  await append(store, organizationId, samples(600));
  await indexAll(store, organizationId, 600);
  const query = { organizationId, filter: {}, wanted: wanted("all"), limit: 1000 };
  for (const damage of [
    (data: Uint8Array) => data.subarray(0, data.length - 4),
    (data: Uint8Array) => data.subarray(0, 0),
    (data: Uint8Array) => data.map((byte, at) => (at === data.length - 1 ? byte ^ 0x80 : byte)),
  ]) {
    const damaged = {
      ...store,
      blocks: async (...of: Parameters<Reads["blocks"]>) =>
        (await store.blocks(...of)).map((blocks) =>
          blocks.map(({ first, data }) => ({
            first,
            data: first === "!\0\x01" ? damage(data) : data,
          })),
        ),
    };
    await expect(find(damaged, query)).rejects.toThrow("of a segment");
  }
});
