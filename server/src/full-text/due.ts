/**
 * Which segments of a log are merged next. New segments have any size, from one event on. Sixteen of about the same size become one, with
 * smaller ones between and after them, until a segment is full: so a log has few segments, and each event is written a few times at most.
 */
import type { IndexSegment } from "../store/contract/segments.ts";
import { mostDocuments } from "./segment/index.ts";

/** The number of segments that are merged, and the ratio between sizes. */
const together = 16;
/** Larger segments stay as they are. */
const fullFrom = mostDocuments / 2;

/** 0 for fewer than 16 events, 1 for fewer than 256, and so on. */
const levelOf = (events: number): number => Math.floor(Math.log2(events) / Math.log2(together));

/** The segments to merge, in the order of the log; undefined if there are none. Those that are large stay as they are, too. */
export function dueForMerge(
  segments: readonly IndexSegment[],
  isLarge: (segment: IndexSegment) => boolean = () => false,
): IndexSegment[] | undefined {
  const lastLog = Math.max(...segments.map(({ logNo }) => logNo));
  const ofLog = segments
    .filter(({ logNo }) => logNo === lastLog)
    .sort((a, b) => (a.first < b.first ? -1 : 1));
  const small = ofLog.slice(
    ofLog.findLastIndex((segment) => segment.events >= fullFrom || isLarge(segment)) + 1,
  );
  for (let level = 0; level <= levelOf(fullFrom); level++) {
    const start = small.findLastIndex(({ events }) => levelOf(events) > level) + 1;
    const run = small.slice(start);
    const ofLevel = run.filter(({ events }) => levelOf(events) === level).length;
    if (ofLevel >= together || run.length >= 2 * together) return fitting(run);
  }
  return undefined;
}

/** As many from the first on as one segment can have. */
function fitting(segments: readonly IndexSegment[]): IndexSegment[] {
  const fits: IndexSegment[] = [];
  let left = mostDocuments;
  for (const segment of segments) {
    left -= segment.events;
    if (left < 0) break;
    fits.push(segment);
  }
  return fits;
}
