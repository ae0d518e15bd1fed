/** The guarantees for followers: each event, in order, at least once; a failure holds up only its own log; stopping is clean. */
import { DaybookError } from "daybook/internal";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { freshDatabase } from "../../../test/support/database.ts";
import type { FollowerKey } from "../store/contract/followers.ts";
import { openPostgres } from "../store/postgres/index.ts";
import type { Store } from "../store/store.ts";
import { anywhere } from "../store/testing/anywhere.ts";
import { append, newOrganization } from "../store/testing/sample-events.ts";
import { backOffMs } from "./back-off.ts";
import { type BatchEnd, handleBatch } from "./batch.ts";
import type { Follower, TransactionFollower } from "./follower.ts";
import { type Followers, openFollowers } from "./followers.ts";
import type { FollowersStore } from "./running.ts";
import { deliveries } from "./testing/deliveries.ts";

let store: Store;
beforeAll(async () => {
  store = await openPostgres(await freshDatabase("embedded"));
});
afterAll(() => store.close());

const filled = async (count: number): Promise<number> => {
  const { organizationId } = await newOrganization(store);
  await append(
    store,
    organizationId,
    Array.from({ length: count }, () => ({})),
  );
  return organizationId;
};
const lines = (organizationId: number, from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, n) => `${organizationId} 0 ${from + n}`);
const start = (followers: readonly Follower[], failed: (error: unknown) => void = () => {}): Followers =>
  openFollowers({ store, followers, appended: () => () => {}, failed: (_, error) => failed(error) });
const endOf = (follower: Follower, organizationId: number): Promise<BatchEnd> =>
  handleBatch(store, follower, { organizationId, stopping: new AbortController().signal });
const batch = async (follower: Follower, organizationId: number): Promise<number> =>
  (await endOf(follower, organizationId)).count;
const progress = async (name: string, organizationId: number): Promise<number> =>
  Number((await store.followerProgress(name, organizationId))[0]!.next);

const inTransaction = (name: string, handle: TransactionFollower["handle"]): TransactionFollower => ({
  name,
  effect: "transaction",
  slots: [],
  batchSize: 10,
  handle,
});

test("each event is delivered once and in order while nothing fails, by however many processes", async () => {
  const organizations = [await filled(35), await filled(20), await filled(1)];
  const got: string[] = [];
  const deliver = deliveries(async (some) => void got.push(...some));
  const several = [start([deliver]), start([deliver])];
  await vi.waitFor(
    async () => {
      await Promise.all(several.map((one) => one.now()));
      expect((await several[0]!.lag()).deliveries).toEqual({ events: 0, seconds: 0, failing: 0 });
    },
    { timeout: 20_000 },
  );
  await Promise.all(several.map((one) => one.close()));
  const sizes = [35, 20, 1];
  organizations.forEach((organizationId, n) => {
    expect(got.filter((line) => line.startsWith(`${organizationId} `))).toEqual(
      lines(organizationId, 0, sizes[n]!),
    );
  });
});

test("a failure holds up its log, is tried again after a delay, and is counted until it is over", async () => {
  const [bad, good] = [await filled(15), await filled(15)];
  const failures: unknown[] = [];
  let left = 1;
  const follower = inTransaction("failing", async (events) => {
    if (events[0]!.organizationId === bad && left-- > 0) throw new Error("away");
  });
  const followers = start([follower], (error) => failures.push(error));
  await followers.now();
  expect(failures).toEqual([new Error("away")]);
  expect([await progress("failing", bad), await progress("failing", good)]).toEqual([0, 15]);
  expect(await followers.lag()).toMatchObject({ failing: { events: 15, failing: 1 } });
  expect((await followers.lag()).failing!.seconds).toBeGreaterThan(0);
  expect(followers.failures()).toEqual({ failing: 1 });
  // not before its delay is over
  expect(await batch(follower, bad)).toBe(0);
  await vi.waitFor(async () => expect(await progress("failing", bad)).toBe(15), { timeout: 20_000 });
  expect((await followers.lag()).failing).toEqual({ events: 0, seconds: 0, failing: 0 });
  await followers.close();
});

test("while the database is away, one failure is reported for each look, not one for each organization", async () => {
  const organizations = [await filled(1), await filled(1), await filled(1)];
  let isAway = true;
  const failures: unknown[] = [];
  const away: FollowersStore = {
    clock: () => store.clock(),
    followable: (name, query) => store.followable(name, query),
    followerLag: (name) => store.followerLag(name),
    write: (work, placement) =>
      isAway ? Promise.reject(new DaybookError("store-unavailable")) : store.write(work, placement),
  };
  const follower = inTransaction("away", async () => {});
  const followers = openFollowers({
    store: away,
    followers: [follower],
    appended: () => () => {},
    failed: (_, error) => failures.push(error),
  });
  await followers.now();
  expect(failures).toHaveLength(1);
  isAway = false;
  await vi.waitFor(
    async () => {
      await followers.now();
      for (const id of organizations) expect(await progress("away", id)).toBe(1);
    },
    { timeout: 20_000 },
  );
  await followers.close();
});

test("a batch of large events is shorter, and more may follow", async () => {
  const { organizationId } = await newOrganization(store);
  const data = JSON.stringify("x".repeat(3_000_000));
  await append(store, organizationId, Array<object>(4).fill({ slots: { data } }));
  const handled: number[] = [];
  const follower: Follower = {
    ...inTransaction("large", async (events) => void handled.push(events.length)),
    slots: ["data"],
  };
  expect(await endOf(follower, organizationId)).toEqual({ count: 3, isCut: true });
  expect(await endOf(follower, organizationId)).toEqual({ count: 1, isCut: false });
  expect(handled).toEqual([3, 1]);
});

test("what a failed transaction wrote is undone, and its position with it", async () => {
  const organizationId = await filled(15);
  let fails = true;
  const follower = inTransaction("undone", async (_, tx) => {
    await tx.updateOrganization(organizationId, { name: "Handled" });
    if (fails) throw new Error("after the effect");
  });
  const nameOf = async (): Promise<string> => (await store.organizationsById([organizationId]))[0]!.name;
  await expect(batch(follower, organizationId)).rejects.toThrow("after the effect");
  expect([await nameOf(), await progress("undone", organizationId)]).toEqual(["Acme", 0]);
  fails = false;
  await vi.waitFor(async () => expect(await batch(follower, organizationId)).toBe(10), { timeout: 10_000 });
  expect([await nameOf(), await progress("undone", organizationId)]).toEqual(["Handled", 10]);
});

test("a claim keeps others away while it lasts; who lost it does not move the position", async () => {
  const organizationId = await filled(15);
  const got: string[] = [];
  const second = deliveries(async (some) => void got.push(`second ${some.length}`));
  const slow = deliveries(
    async () => {
      expect(await batch(second, organizationId)).toBe(0);
      await vi.waitFor(async () => expect(await batch(second, organizationId)).toBe(10), { timeout: 10_000 });
      expect(await batch(second, organizationId)).toBe(5);
    },
    { leaseMs: 200 },
  );
  await batch(slow, organizationId);
  expect(got).toEqual(["second 10", "second 5"]);
  expect(await progress("deliveries", organizationId)).toBe(15);
});

test("a claim, a delay and a release are of one follower, and leave others of the organization alone", async () => {
  const organizationId = await filled(5);
  const [mine, other] = ["mine", "other"].map((name) => ({ name, organizationId }));
  await store.write((tx) => tx.lockFollower(other!), anywhere);
  const lock = (key: FollowerKey) => store.write((tx) => tx.lockFollower(key), anywhere);
  for (const hold of ["claimFollower", "delayFollower"] as const) {
    await store.write(async (tx) => {
      await tx.lockFollower(mine!);
      await tx[hold](mine!, 60_000);
    }, anywhere);
    expect(await lock(mine!)).toBeUndefined();
    expect(await lock(other!)).toMatchObject({ failures: 0 });
    await store.write((tx) => tx.claimFollower(other!, 60_000), anywhere);
    await store.write((tx) => tx.releaseFollower(mine!), anywhere);
    expect(await lock(mine!)).toBeDefined();
    expect(await lock(other!)).toBeUndefined();
    await store.write((tx) => tx.releaseFollower(other!), anywhere);
  }
});

test("a delivery is asked to end before its lease ends", async () => {
  const organizationId = await filled(1);
  const endless = deliveries(
    (_, signal) =>
      new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
    { leaseMs: 100 },
  );
  const started = performance.now();
  await expect(batch(endless, organizationId)).rejects.toThrow("timeout");
  expect(performance.now() - started).toBeGreaterThan(70);
  expect((await store.followable("deliveries", { limit: 1000 })).organizationIds).not.toContain(
    organizationId,
  );
});

test("stopping ends what is under way, and others need not wait for its claim", async () => {
  const organizationId = await filled(5);
  const failures: unknown[] = [];
  let begun = (): void => {};
  const hasBegun = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const endless: Follower = {
    ...deliveries(
      (_, signal) =>
        new Promise((_resolve, reject) => {
          begun();
          signal.addEventListener("abort", () => reject(signal.reason));
        }),
      { leaseMs: 600_000 },
    ),
    name: "stopped",
  };
  const followers = start([{ ...endless, logsAtOnce: 100 } as Follower], (error) => failures.push(error));
  void followers.now();
  await hasBegun;
  await followers.close();
  expect([failures, await progress("stopped", organizationId)]).toEqual([[], 0]);
  expect((await store.followable("stopped", { limit: 1000 })).organizationIds).toContain(organizationId);
});

test("two followers with the same name are refused", () => {
  const one = deliveries(async () => {});
  expect(() => start([one, one])).toThrow("Two followers have the same name.");
});

test("delays double from a second to five minutes, less up to a quarter", () => {
  expect([0, 1, 2, 8, 9, 32_000].map((failures) => backOffMs(failures, () => 1))).toEqual([
    1_000, 2_000, 4_000, 256_000, 300_000, 300_000,
  ]);
  expect(backOffMs(0, () => 0)).toBe(750);
});
