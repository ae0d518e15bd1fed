/** Indexing: immediately if this process appended, else within seconds; finally each event is found, once. */
import { expect, test, vi } from "vitest";
import { freshDatabase } from "../../../test/support/database.ts";
import { openFollowers } from "../followers/index.ts";
import type { TextQuery } from "../store/contract/full-text.ts";
import { openPostgres } from "../store/postgres/index.ts";
import type { Store } from "../store/store.ts";
import { append, newOrganization } from "../store/testing/sample-events.ts";
import { fullText } from "./follower.ts";
import { readTextQuery } from "./query.ts";

const samples = (count: number): object[] => Array.from({ length: count }, () => ({}));
const found = async (store: Store, organizationId: number): Promise<number> => {
  const wanted = readTextQuery("new_api") as TextQuery;
  const { events } = await store.find({ organizationId, filter: {}, wanted, limit: 5_000 });
  expect(new Set(events.map(({ seq }) => seq)).size).toBe(events.length);
  return events.length;
};

test("what this process appends is indexed at once, what others do within seconds", async () => {
  const store = await openPostgres(await freshDatabase("embedded"));
  const { organizationId } = await newOrganization(store);
  const listeners: ((organizationId: number) => void)[] = [];
  const appended = (listener: (organizationId: number) => void): (() => void) => {
    listeners.push(listener);
    return () => {};
  };
  const followers = openFollowers({ store, followers: [fullText], appended });
  await append(store, organizationId, samples(450));
  for (const listener of listeners) listener(organizationId);
  await vi.waitFor(async () => expect(await found(store, organizationId)).toBe(450), { timeout: 20_000 });
  await append(store, organizationId, samples(10));
  await vi.waitFor(async () => expect(await found(store, organizationId)).toBe(460), { timeout: 20_000 });
  await followers.close();
  await append(store, organizationId, samples(1));
  for (const listener of listeners) listener(organizationId);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await found(store, organizationId)).toBe(460);
  await store.close();
});
