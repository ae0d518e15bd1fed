/** Indexes events as the follower does, for tests: in batches of a given size, with the merges that follow. */
import type { Follower } from "../../followers/index.ts";
import type { Store } from "../../store/store.ts";
import { anywhere } from "../../store/testing/anywhere.ts";
import { builderHere } from "../builder.ts";
import { fullText } from "../follower.ts";

/** Indexes the next events of an organization; returns how many. */
export async function indexNext(store: Store, organizationId: number, limit: number): Promise<number> {
  const follower = fullText({ store, builder: builderHere }) as Extract<Follower, { effect: "transaction" }>;
  const { name, slots } = follower;
  const count = await store.write(async (tx) => {
    const position = await tx.lockFollower({ name, organizationId });
    const events = position && (await tx.followedEvents(organizationId, position, { slots, limit }));
    const last = events?.at(-1);
    if (events === undefined || last === undefined) return 0;
    await follower.handle(events, tx);
    await tx.moveFollower({ name, organizationId }, { logNo: last.logNo, next: last.seq + 1n });
    return events.length;
  }, anywhere);
  if (count > 0) await follower.afterwards?.(organizationId, new AbortController().signal);
  return count;
}

/** Indexes all events of an organization. */
export async function indexAll(store: Store, organizationId: number, limit = 400): Promise<void> {
  while ((await indexNext(store, organizationId, limit)) > 0);
}
