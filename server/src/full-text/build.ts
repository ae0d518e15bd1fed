/** Makes the blocks of segments: of events, and of smaller segments. It is work for the CPU alone, and runs in a thread of its own (`builder.ts`). */
import type { WalkedEvent } from "../store/contract/pages.ts";
import { EventTerms } from "./event-terms.ts";
import {
  blocksOf,
  contentIn,
  contentOf,
  merged,
  newestVersion,
  type SegmentBlock,
  type SegmentContent,
} from "./segment/index.ts";
import { hasBeginnings } from "./terms.ts";

/** The part of an event that is indexed. */
export type IndexedPart = Pick<WalkedEvent, "type" | "outcome" | "slots" | "occurredAt" | "seq">;

/** The index of events that follow each other in a log, before its bytes; `version`: as in segments of that version. */
export function indexOf(events: readonly IndexedPart[], version: number = newestVersion): SegmentContent {
  const terms = new EventTerms(version);
  return contentOf(events, (event) => terms.of(event));
}

/** The blocks of several of these that follow each other. */
export const indexBlocks = (
  parts: readonly SegmentContent[],
  version: number = newestVersion,
): Iterable<SegmentBlock> => blocksOf(merged(parts), hasBeginnings, version);

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
