/** Makes the blocks of segments: of events, and of smaller segments. It is work for the CPU alone, and runs in a thread of its own (`builder.ts`). */
import type { WalkedEvent } from "../store/contract/pages.ts";
import {
  blocksOf,
  contentIn,
  contentOf,
  merged,
  type SegmentBlock,
  type SegmentContent,
} from "./segment/index.ts";
import { hasBeginnings, termsOf } from "./terms.ts";

/** The part of an event that is indexed. */
export type IndexedPart = Pick<WalkedEvent, "type" | "outcome" | "slots" | "occurredAt" | "seq">;

/** The index of events that follow each other in a log, before its bytes. */
export const indexOf = (events: readonly IndexedPart[]): SegmentContent => contentOf(events, termsOf);

/** The blocks of several of these that follow each other. */
export const indexBlocks = (parts: readonly SegmentContent[]): Iterable<SegmentBlock> =>
  blocksOf(merged(parts), hasBeginnings);

/** A segment of these events of a log. */
export const buildSegment = (events: readonly IndexedPart[]): SegmentBlock[] => [
  ...blocksOf(indexOf(events), hasBeginnings),
];

/** A segment with all its blocks, and the number of its events. */
export interface WholeSegment {
  readonly events: number;
  readonly blocks: readonly SegmentBlock[];
}

/** One segment of several that follow each other in a log. */
export const mergeSegments = (parts: readonly WholeSegment[]): SegmentBlock[] => [
  ...indexBlocks(parts.map(({ blocks, events }) => contentIn(blocks, events, hasBeginnings))),
];
