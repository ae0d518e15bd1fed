/** Rebuilds segments: those in which events have changed, so that what was erased is no longer in the index; and those of earlier versions. */
import { fullTextFollower } from "../store/contract/full-text.ts";
import { inOne } from "../store/contract/placement.ts";
import { covers, type IndexSegment, type StoredBlock } from "../store/contract/segments.ts";
import type { WriteTransaction } from "../store/contract/transaction.ts";
import type { FullTextOptions, SegmentBuilder } from "./builder.ts";
import { inParts } from "./in-parts.ts";
import { newestVersion } from "./segment/index.ts";
import { indexedSlots } from "./terms.ts";
import { whileAwake } from "./while-awake.ts";

/** The number of events that are read at a time. */
const eventsAtOnce = 1_024;

/** Remakes what is due in the log of an organization; another process may do it too, one after the other. */
export async function remakeChanged(
  { store, builder }: FullTextOptions,
  organizationId: number,
  signal: AbortSignal,
): Promise<void> {
  const changed = await store.changedEvents(organizationId);
  if (changed.length === 0) return;
  for (const segment of await store.segments(organizationId)) {
    if (signal.aborted) return;
    if (changed.some((event) => covers(segment, event))) await remake({ store, builder }, segment);
  }
}

/** Remakes one segment of an earlier version, of any organization; false if there is none. */
export async function remakeOutdated({ store, builder }: FullTextOptions): Promise<boolean> {
  const segment = await store.outdatedSegment(newestVersion);
  if (segment === undefined) return false;
  await remake({ store, builder }, segment);
  return true;
}

/** Does nothing to a segment that is no longer there, or while another process has the log. */
async function remake({ store, builder }: FullTextOptions, segment: IndexSegment): Promise<void> {
  const key = { name: fullTextFollower, organizationId: segment.organizationId };
  await store.write(
    async (tx) => {
      await tx.commitLater();
      if ((await tx.lockFollower(key)) === undefined) return;
      if ((await tx.deleteSegments([segment])) === 0) return;
      // before the events are read: what changes them from now on lists them again
      await tx.forgetChanged(segment);
      const blocks = await blocksOf(tx, segment, builder);
      await tx.insertSegment({ ...segment, version: newestVersion }, blocks);
    },
    inOne(key, "jobs"),
  );
}

/** The blocks that the events of a segment give now. */
async function blocksOf(
  tx: Pick<WriteTransaction, "followedEvents" | "clock">,
  { organizationId, logNo, first, events: count }: IndexSegment,
  builder: SegmentBuilder,
): Promise<StoredBlock[]> {
  const parts: { events: number; blocks: StoredBlock[] }[] = [];
  for (let done = 0; done < count; ) {
    const from = { logNo, next: first + BigInt(done) };
    const limit = Math.min(eventsAtOnce, count - done);
    const events = await tx.followedEvents(organizationId, from, { slots: indexedSlots, limit });
    if (events.length === 0) throw new Error(`Log ${logNo} lacks events from seq ${from.next} on.`);
    for (const part of inParts(events))
      parts.push({ events: part.length, blocks: await whileAwake(tx, builder.build(part)) });
    done += events.length;
  }
  return whileAwake(tx, builder.merge(parts));
}
