/** Indexing in several processes, whatever happens to them: in the end each event is found, once. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test, vi } from "vitest";
import { freshDatabase } from "../../../test/database.ts";
import { openPostgres } from "../store/postgres/index.ts";
import type { Store } from "../store/store.ts";
import { append, newOrganization } from "../store/testing/sample-events.ts";
import { openFullTextIndexing } from "./indexing.ts";
import { parseTextQuery } from "./query.ts";

const openStore = async (): Promise<[Store, string]> => {
  const url = await freshDatabase("embedded");
  return [await openPostgres(url), url];
};
const samples = (count: number): object[] => Array.from({ length: count }, () => ({}));
const found = async (store: Store, organizationId: number): Promise<number> => {
  const wanted = parseTextQuery("new_api")!;
  const { events } = await store.find({ organizationId, filter: {}, wanted, limit: 5_000 });
  expect(new Set(events.map(({ seq }) => seq)).size).toBe(events.length);
  return events.length;
};

test("what this process appends is indexed at once, what others do within seconds", async () => {
  const [store] = await openStore();
  const { organizationId } = await newOrganization(store);
  const listeners: ((organizationId: number) => void)[] = [];
  const appended = (listener: (organizationId: number) => void): (() => void) => {
    listeners.push(listener);
    return () => {};
  };
  const indexing = openFullTextIndexing({ store, appended });
  await append(store, organizationId, samples(450));
  for (const listener of listeners) listener(organizationId);
  await vi.waitFor(async () => expect(await found(store, organizationId)).toBe(450), { timeout: 20_000 });
  await append(store, organizationId, samples(10));
  await vi.waitFor(async () => expect(await found(store, organizationId)).toBe(460), { timeout: 20_000 });
  await indexing.close();
  await append(store, organizationId, samples(1));
  for (const listener of listeners) listener(organizationId);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await found(store, organizationId)).toBe(460);
  await store.close();
});

test("a failure is told and tried again", async () => {
  const [store] = await openStore();
  const { organizationId } = await newOrganization(store);
  await append(store, organizationId, samples(10));
  const failures: unknown[] = [];
  let left = 1;
  const failing = {
    unindexedOrganizations: store.unindexedOrganizations,
    indexFullText: async (...of: Parameters<Store["indexFullText"]>) => {
      if (left-- > 0) throw new Error("away");
      return store.indexFullText(...of);
    },
  };
  const indexing = openFullTextIndexing({
    store: failing,
    appended: () => () => {},
    failed: (error) => failures.push(error),
  });
  await indexing.now();
  expect(await found(store, organizationId)).toBe(0);
  await indexing.now();
  expect([await found(store, organizationId), failures]).toEqual([10, [new Error("away")]]);
  await indexing.close();
  await store.close();
});

test("of three processes that are killed in the middle of it nothing is lost and nothing is twice", async () => {
  const [store, url] = await openStore();
  const organizations = [await newOrganization(store), await newOrganization(store)];
  for (const { organizationId } of organizations) {
    for (let n = 0; n < 2; n++) await append(store, organizationId, samples(1_000));
  }
  const script = fileURLToPath(new URL("./testing/index-for-ever.ts", import.meta.url));
  for (let round = 0; round < 3; round++) {
    const processes = [1, 2, 3].map(() =>
      spawn(process.execPath, ["--import", "tsx", script, url], { stdio: ["ignore", "pipe", "inherit"] }),
    );
    // each has begun, or found the others at it
    await Promise.all(processes.map(({ stdout }) => once(stdout, "data")));
    await new Promise((resolve) => setTimeout(resolve, 20 + 40 * round));
    const ends = processes.map((one) => once(one, "exit"));
    for (const one of processes) one.kill("SIGKILL");
    await Promise.all(ends);
  }
  const indexing = openFullTextIndexing({ store, appended: () => () => {} });
  await vi.waitFor(
    async () => {
      await indexing.now();
      for (const { organizationId } of organizations) expect(await found(store, organizationId)).toBe(2_000);
    },
    { timeout: 60_000 },
  );
  for (const { organizationId } of organizations) {
    for await (const sentence of store.checkDerived(organizationId)) expect(sentence).toBeUndefined();
  }
  await indexing.close();
  await store.close();
}, 180_000);
