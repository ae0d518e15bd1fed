/** Puts segments of version 1 in the place of those of an organization, for tests. */
import type { Store } from "../../store/store.ts";
import { anywhere } from "../../store/testing/anywhere.ts";
import { indexBlocks, indexOf } from "../build.ts";

export async function makeEarlier(store: Store, organizationId: number): Promise<void> {
  for (const segment of await store.segments(organizationId)) {
    const { logNo, first, events: count } = segment;
    const events = await store.events(organizationId, logNo, first, count);
    const blocks = [...indexBlocks([indexOf(events, 1)], 1)];
    await store.write(async (tx) => {
      await tx.deleteSegments([segment]);
      await tx.insertSegment({ ...segment, version: 1 }, blocks);
    }, anywhere);
  }
}
