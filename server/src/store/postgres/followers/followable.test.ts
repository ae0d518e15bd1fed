/** A follower looks for events only when something was committed since it saw none, and misses nothing. */
import pg from "pg";
import { beforeEach, expect, test } from "vitest";
import { freshDatabase } from "../../../../../test/support/database.ts";
import type { Followable, FollowableQuery } from "../../contract/followers.ts";
import type { Store } from "../../store.ts";
import { anywhere } from "../../testing/anywhere.ts";
import { moment } from "../../testing/expecting.ts";
import { append, newOrganization } from "../../testing/sample-events.ts";
import { openPostgres } from "../index.ts";
import { selectFollowable } from "./positions.ts";

let url: string;
let store: Store;
beforeEach(async () => {
  url = await freshDatabase("embedded");
  store = await openPostgres(url);
  return () => store.close();
});

const name = "reader";
const handleAll = (organizationId: number, next: bigint): Promise<void> =>
  store.write(async (tx) => {
    await tx.lockFollower({ name, organizationId });
    await tx.moveFollower({ name, organizationId }, { logNo: 0, next });
  }, anywhere);

const look = (query: Partial<FollowableQuery> = {}): Promise<Followable> =>
  store.followable(name, { limit: 9, ...query });

test("as long as nothing is committed, it reads no head", async () => {
  const { organizationId } = await newOrganization(store);
  await append(store, organizationId, [{}]);
  expect(await look()).toEqual({ organizationIds: [organizationId], nothing: undefined });
  await handleAll(organizationId, 1n);
  const { nothing } = await look();
  expect(nothing?.until).toBeNull();
  expect((await look({ nothing })).organizationIds).toEqual([]);
  const client = new pg.Client(url);
  await client.connect();
  // other tests commit in the same server
  const text = `EXPLAIN ANALYZE ${selectFollowable.text.replace("$5", "pg_current_snapshot()::text")}`;
  const values = [name, 9, null, null, null];
  const { rows } = await client.query<[string]>({
    ...{ text: text.replaceAll("$6", "$5"), values, rowMode: "array" },
  });
  expect(rows.join("\n")).toMatch(
    /One-Time Filter: .*pg_current_snapshot.*Scan [a-z ]*on head[^\n]*never executed/s,
  );
  await client.end();
});

test("what is committed since is found, also by a transaction that was under way", async () => {
  const { organizationId } = await newOrganization(store);
  await append(store, organizationId, [{}]);
  await handleAll(organizationId, 1n);
  const [begun, go] = [moment(), moment()];
  const { organizationId: another } = await newOrganization(store);
  const under = store.write(async (tx) => {
    await tx.updateOrganization(another, { name: "Under way" });
    const [head] = await tx.lockHeads([organizationId]);
    await tx.updateHeads([{ ...head!, size: 2n, frontier: new Uint8Array(32) }]);
    begun.reach();
    await go.reached;
  }, anywhere);
  await begun.reached;
  // a later transaction ends before it
  await newOrganization(store);
  const { organizationIds, nothing } = await look();
  expect([organizationIds, nothing?.until]).toEqual([[], null]);
  go.reach();
  await under;
  expect(await look({ nothing })).toEqual({ organizationIds: [organizationId], nothing: undefined });
});

/** Looks as a follower does, until it finds something. */
async function found(query: Partial<FollowableQuery>): Promise<number[]> {
  let nothing = query.nothing;
  for (;;) {
    const now = await look({ ...query, nothing });
    if (now.nothing === undefined) return now.organizationIds;
    expect(now.nothing.until).not.toBeNull();
    nothing = now.nothing;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test.each<[string, Partial<FollowableQuery>]>([
  ["claimed", {}],
  ["gathered", { gathers: { events: 100, ms: 300 } }],
])("events that are %s are found when that ends", async (how, query) => {
  const { organizationId } = await newOrganization(store);
  const recordedAt = await store.clock();
  await append(store, organizationId, [{ recordedAt }]);
  if (how === "claimed")
    await store.write(async (tx) => {
      await tx.lockFollower({ name, organizationId });
      await tx.claimFollower({ name, organizationId }, 300);
    }, anywhere);
  const { nothing } = await look(query);
  expect(Number(nothing!.until! - recordedAt)).toBeGreaterThanOrEqual(300_000);
  expect(await found({ ...query, nothing })).toEqual([organizationId]);
  expect((await store.clock()) - nothing!.until!).toBeGreaterThanOrEqual(0n);
});
