/** Segments of the full-text index for the suite, with made-up blocks. */
import { fullTextFollower } from "../contract/full-text.ts";
import type { IndexSegment, SegmentKey, StoredBlock } from "../contract/segments.ts";
import type { Store } from "../store.ts";
import { anywhere } from "./anywhere.ts";

/** Blocks that begin with these terms, after the first one. */
export const sampleBlocks = (...terms: string[]): StoredBlock[] =>
  ["", ...terms].map((first) => ({ first, data: Buffer.from(`block ${first}`, "latin1") }));

export const sampleSegment = (
  key: Partial<SegmentKey> & Pick<SegmentKey, "organizationId">,
): IndexSegment => ({
  ...{ logNo: 0, first: 0n, events: 1, version: 1 },
  ...{ oldest: 1_700_000_000_000_000n, newest: 1_700_000_000_000_001n },
  ...key,
});

/** Indexes the next events of an organization, like the follower; returns how many. */
export const indexNext = (
  store: Store,
  organizationId: number,
  { limit, blocks = sampleBlocks("wa") }: { limit: number; blocks?: readonly StoredBlock[] },
): Promise<number> =>
  store.write(async (tx) => {
    const key = { name: fullTextFollower, organizationId };
    const position = await tx.lockFollower(key);
    const events = position && (await tx.followedEvents(organizationId, position, { slots: [], limit }));
    const [first, last] = [events?.[0], events?.at(-1)];
    if (events === undefined || first === undefined || last === undefined) return 0;
    const place = { organizationId, logNo: first.logNo, first: first.seq, events: events.length };
    await tx.insertSegment(sampleSegment(place), blocks);
    await tx.moveFollower(key, { logNo: last.logNo, next: last.seq + 1n });
    return events.length;
  }, anywhere);

/** Indexes all events of an organization; returns how many. */
export async function indexAll(store: Store, organizationId: number, limit = 400): Promise<number> {
  for (let sum = 0; ; ) {
    const count = await indexNext(store, organizationId, { limit });
    if (count === 0) return sum;
    sum += count;
  }
}
