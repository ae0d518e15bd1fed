/** The follower that indexes events: each batch is a segment, and small segments are merged after it. */
import type { Follower } from "../followers/index.ts";
import { fullTextFollower } from "../store/contract/full-text.ts";
import type { WalkedEvent } from "../store/contract/pages.ts";
import { inOne } from "../store/contract/placement.ts";
import type { IndexSegment } from "../store/contract/segments.ts";
import type { Store } from "../store/store.ts";
import type { FullTextOptions, SegmentBuilder } from "./builder.ts";
import { dueForMerge } from "./due.ts";
import { remakeChanged } from "./remake.ts";
import { indexedSlots } from "./terms.ts";

/** Any block. */
const allTerms = { from: "", before: "\x7f", most: 1_000_000 } as const;

export const fullText = ({ store, builder }: FullTextOptions): Follower => ({
  name: fullTextFollower,
  effect: "transaction",
  slots: indexedSlots,
  // a segment for few events is hardly cheaper than one for many, and searches read the events that wait
  gathers: { events: 1_024, ms: 30_000 },
  batchSize: 4_096,
  restsWhileRecording: true,
  async handle(events, tx) {
    // what a crash of the database undoes is done again, so the commit doesn't wait for the disk
    await tx.commitLater();
    await tx.insertSegment(segmentOf(events), await builder.build(events));
  },
  async afterwards(organizationId, signal) {
    await remakeChanged({ store, builder }, organizationId, signal);
    await mergeDue({ store, builder }, organizationId, signal);
  },
});

/** The segment of events that follow each other in a log. */
function segmentOf(events: readonly WalkedEvent[]): IndexSegment {
  const [{ organizationId, logNo, seq, occurredAt }] = events as [WalkedEvent];
  let [oldest, newest] = [occurredAt, occurredAt];
  for (const { occurredAt: time } of events) {
    if (time < oldest) oldest = time;
    if (time > newest) newest = time;
  }
  return { organizationId, logNo, first: seq, events: events.length, oldest, newest };
}

/** Merges what is due in the log of an organization. If another process does too, one of them gives up. */
async function mergeDue(
  { store, builder }: FullTextOptions,
  organizationId: number,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    const due = dueForMerge(await store.segments(organizationId));
    if (due === undefined || signal.aborted) return;
    const read = await store.blocks(due.map((segment) => ({ segment, ...allTerms })));
    // another process has replaced it meanwhile
    if (read.some((blocks) => blocks.length === 0)) return;
    const parts = due.map(({ events }, index) => ({ events, blocks: read[index]! }));
    const blocks = await builder.merge(parts);
    const isDone = await replace(store, due, { segment: mergedOf(due), blocks });
    if (!isDone) return;
  }
}

function mergedOf(parts: readonly IndexSegment[]): IndexSegment {
  const [{ organizationId, logNo, first }] = parts as [IndexSegment];
  return {
    ...{ organizationId, logNo, first },
    events: parts.reduce((sum, { events }) => sum + events, 0),
    oldest: parts.reduce((time, { oldest }) => (oldest < time ? oldest : time), parts[0]!.oldest),
    newest: parts.reduce((time, { newest }) => (newest > time ? newest : time), parts[0]!.newest),
  };
}

/** The segments are no longer there: the transaction is undone. */
class NoLongerThere extends Error {}

/** Puts one segment in the place of several; false if another process was first. */
async function replace(
  store: Pick<Store, "write">,
  parts: readonly IndexSegment[],
  { segment, blocks }: { segment: IndexSegment; blocks: Awaited<ReturnType<SegmentBuilder["merge"]>> },
): Promise<boolean> {
  const key = { name: fullTextFollower, organizationId: segment.organizationId };
  try {
    return await store.write(
      async (tx) => {
        await tx.commitLater();
        if ((await tx.lockFollower(key)) === undefined) return false;
        if ((await tx.deleteSegments(parts)) < parts.length) throw new NoLongerThere();
        await tx.insertSegment(segment, blocks);
        return true;
      },
      inOne(key, "jobs"),
    );
  } catch (error) {
    if (error instanceof NoLongerThere) return false;
    throw error;
  }
}
