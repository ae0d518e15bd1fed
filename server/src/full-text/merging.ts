/** Merges the segments that are due in the log of an organization, into segments of a limited number of bytes. */

import { fullTextFollower } from "../store/contract/full-text.ts";
import { inOne } from "../store/contract/placement.ts";
import type { IndexSegment, SegmentKey, SegmentReads, StoredBlock } from "../store/contract/segments.ts";
import type { Store } from "../store/store.ts";
import type { WholeSegment } from "./build.ts";
import type { FullTextOptions } from "./builder.ts";
import { dueForMerge } from "./due.ts";
import { newestVersion } from "./segment/index.ts";

/** Any block. */
const allTerms = { from: "", before: "\x7f", most: 1_000_000 } as const;
/**
 * The bytes of the blocks that become one segment: half as many again as 65,536 usual events have. The thread has all their terms in memory,
 * and the transaction all their rows.
 */
const mostTogether = 16_000_000;

export interface MergeOptions extends FullTextOptions {
  readonly signal: AbortSignal;
  /** The segments that have too many bytes for being merged further, known once they were read. */
  readonly large: Set<string>;
  /** The bytes of the blocks that become one segment. Default: 16 MB. */
  readonly mostBytes?: number;
}

/** It is rebuilt before it is merged. */
const isOutdated = ({ version }: IndexSegment): boolean => version !== newestVersion;

const placeText = ({ organizationId, logNo, first, events }: SegmentKey): string =>
  `${organizationId} ${logNo} ${first} ${events}`;

/** Merges what is due. If another process does too, one of them gives up. */
export async function mergeDue(
  { store, builder, signal, large, mostBytes = mostTogether }: MergeOptions,
  organizationId: number,
): Promise<void> {
  for (;;) {
    const segments = await store.segments(organizationId);
    const due = dueForMerge(segments, (segment) => isOutdated(segment) || large.has(placeText(segment)));
    if (due === undefined || signal.aborted) return;
    const read = await fitting(store, due, mostBytes);
    // another process has replaced one meanwhile
    if (read === undefined) return;
    const { parts, isFull } = read;
    const merged = mergedOf(due.slice(0, parts.length));
    if (isFull) large.add(placeText(merged));
    if (parts.length === 1) continue;
    const blocks = await builder.merge(parts);
    const isDone = await replace(store, due.slice(0, parts.length), { segment: merged, blocks });
    if (!isDone) return;
  }
}

/** The blocks of as many segments as have few enough bytes together, at least of one; undefined if one is no longer there. */
async function fitting(
  store: Pick<SegmentReads, "blocks">,
  segments: readonly IndexSegment[],
  mostBytes: number,
): Promise<{ parts: WholeSegment[]; isFull: boolean } | undefined> {
  const parts: WholeSegment[] = [];
  let left = mostBytes;
  for (const segment of segments) {
    const [blocks = []] = await store.blocks([{ segment, ...allTerms }]);
    if (blocks.length === 0) return undefined;
    left -= blocks.reduce((sum, { data }) => sum + data.length, 0);
    if (left < 0 && parts.length > 0) return { parts, isFull: true };
    parts.push({ events: segment.events, blocks });
  }
  return { parts, isFull: false };
}

function mergedOf(parts: readonly IndexSegment[]): IndexSegment {
  const [{ organizationId, logNo, first }] = parts as [IndexSegment];
  return {
    ...{ organizationId, logNo, first, version: newestVersion },
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
  { segment, blocks }: { segment: IndexSegment; blocks: readonly StoredBlock[] },
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
