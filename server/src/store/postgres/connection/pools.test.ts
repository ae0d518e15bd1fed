/** Waiting for a connection: it is not an outage, it is limited, and organizations take turns. */
import { readFileSync } from "node:fs";
import pg from "pg";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { asSuperuser, freshDatabase } from "../../../../../test/support/database.ts";
import { inOne } from "../../contract/placement.ts";
import type { Store } from "../../store.ts";
import { failed, moment } from "../../testing/expecting.ts";
import { newOrganization } from "../../testing/sample-events.ts";
import { openPostgres } from "../index.ts";
import { mostConnections } from "./lanes.ts";

let url: string;
let store: Store;
beforeEach(async () => {
  url = await freshDatabase("embedded");
  store = await openPostgres(url);
});
afterEach(async () => {
  vi.useRealTimers();
  await store.close();
});

/** Ten seconds pass for those who wait in the process. */
async function tenSeconds<T>(work: () => Promise<T>): Promise<T> {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  const result = work();
  result.catch(() => {});
  await vi.advanceTimersByTimeAsync(10_500);
  vi.useRealTimers();
  return result;
}

/** Changes of different organizations that hold their connections until they are released. */
async function holdChanges(count: number): Promise<() => Promise<void>> {
  const release = moment();
  const held: Promise<void>[] = [];
  for (let i = 0; i < count; i++) {
    const { organizationId } = await newOrganization(store);
    const begun = moment();
    held.push(
      store.write(async (tx) => {
        await tx.clock();
        begun.reach();
        await release.reached;
      }, inOne({ organizationId })),
    );
    await begun.reached;
  }
  return async () => {
    release.reach();
    await Promise.all(held);
  };
}

test("a change without a free connection for ten seconds fails because others use them, not because the database is away", async () => {
  const acme = await newOrganization(store);
  const release = await holdChanges(3);
  const rename = (): Promise<void> =>
    store.write((tx) => tx.updateOrganization(acme.organizationId, { name: "Renamed" }), inOne(acme));
  expect(await failed(tenSeconds(rename))).toBe("overloaded");
  // recording and reading have connections of their own
  expect((await store.organizationsById([acme.organizationId]))[0]?.name).toBe("Acme");
  const waiting = rename();
  await release();
  await waiting;
  expect((await store.organizationsById([acme.organizationId]))[0]?.name).toBe("Renamed");
});

test("the change of another organization is the next one, although many of one wait before it", async () => {
  const [noisy, quiet] = [await newOrganization(store), await newOrganization(store)];
  const release = await holdChanges(3);
  const order: string[] = [];
  const change = (name: string, of: { organizationId: number }): Promise<unknown> =>
    store.write(async (tx) => {
      // when it has a connection: how long a statement takes is up to the machine
      order.push(name);
      await tx.clock();
    }, inOne(of));
  const all = [...Array.from({ length: 30 }, () => change("noisy", noisy)), change("quiet", quiet)];
  await release();
  await Promise.all(all);
  expect(order.indexOf("quiet")).toBeLessThan(4);
});

test("as many as can wait do wait, and the next one is refused at once", async () => {
  const { organizationId } = await newOrganization(store);
  const release = await holdChanges(3);
  const change = (): Promise<bigint> => store.write((tx) => tx.clock(), inOne({ organizationId }));
  const waiting = Array.from({ length: 750 }, change);
  expect(await failed(change())).toBe("overloaded");
  await release();
  await Promise.all(waiting);
});

/** Resolves when that many statements wait for a lock. */
async function waitForLocked(count: number): Promise<void> {
  const client = new pg.Client(asSuperuser(url));
  await client.connect();
  const text = "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
  await expect.poll(async () => (await client.query(text)).rowCount).toBe(count);
  await client.end();
}

/** Reads of an organization that stand still until they are released. */
async function holdReads(organizationId: number, count: number): Promise<() => Promise<unknown>> {
  const blocking = new pg.Client(asSuperuser(url));
  await blocking.connect();
  await blocking.query("BEGIN; LOCK TABLE event IN ACCESS EXCLUSIVE MODE");
  const held = Array.from({ length: count }, () =>
    store.within(organizationId).events(organizationId, 0, 0n, 1),
  );
  const all = Promise.allSettled(held);
  await waitForLocked(3);
  return async () => {
    await blocking.query("ROLLBACK");
    await blocking.end();
    return all;
  };
}

test("so it is with reads", async () => {
  const [{ organizationId }, other] = [await newOrganization(store), await newOrganization(store)];
  const read = (): Promise<unknown> => store.within(organizationId).events(organizationId, 0, 0n, 1);
  const release = await holdReads(organizationId, 3);
  const alsoHeld = store.within(other.organizationId).events(other.organizationId, 0, 0n, 1);
  await waitForLocked(4);
  expect(await failed(tenSeconds(read))).toBe("overloaded");
  await release();
  await alsoHeld;
  expect(await read()).toEqual([]);
});

test("slow reads and changes of one organization leave a connection to the others", async () => {
  const [noisy, quiet] = [await newOrganization(store), await newOrganization(store)];
  const release = await holdReads(noisy.organizationId, 20);
  const reads = store.within(quiet.organizationId);
  expect(await reads.organizationsById([quiet.organizationId])).toHaveLength(1);
  const done = moment();
  const held = Array.from({ length: 20 }, () => store.write(() => done.reached, inOne(noisy)));
  await store.write((tx) => tx.updateOrganization(quiet.organizationId, { name: "Quiet" }), inOne(quiet));
  expect((await reads.organizationsById([quiet.organizationId]))[0]?.name).toBe("Quiet");
  done.reach();
  await Promise.all(held);
  const results = (await release()) as PromiseSettledResult<unknown>[];
  expect(results.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => "fulfilled"));
});

test("docs/operating.md says how many connections a process opens", () => {
  const page = readFileSync(new URL("../../../../../docs/operating.md", import.meta.url), "utf8");
  expect(page).toContain(`A process opens up to ${mostConnections} connections.`);
});
