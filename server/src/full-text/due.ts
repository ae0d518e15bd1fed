/**
 * Which segments of a log are merged next. New segments have any size, from one event on, and cannot be changed: so sixteen of about the same
 * size become one, with smaller ones between and after them, and what fills a segment becomes one. So a log has few segments, nearly all of
 * them full, and each event is written three times at most if batches have some hundred events or more.
 */
import type { IndexSegment } from "../store/contract/segments.ts";
import { mostDocuments } from "./segment/index.ts";

/** The number of segments that are merged, and the ratio between sizes. */
const together = 16;
/** Segments from this size on stay as they are. */
const fullFrom = (mostDocuments * 7) / 8;
/** Segments of the same size don't become larger than this: they wait for the rest that fills one. */
const mostOfOneSize = mostDocuments / 4;
/** How many segments are looked at, from the end of the log on: those before were merged when they were at the end. */
const mostLooked = 64;

/** 0 for fewer than 16 events, 1 for fewer than 256, and so on. */
const levelOf = (events: number): number => Math.floor(Math.log2(events) / Math.log2(together));

const eventsOf = (segments: readonly IndexSegment[]): number =>
  segments.reduce((sum, { events }) => sum + events, 0);

/** The segments to merge, in the order of the log; undefined if there are none. Others that stay as they are: `isKept`. */
export function dueForMerge(
  segments: readonly IndexSegment[],
  isKept: (segment: IndexSegment) => boolean = () => false,
): IndexSegment[] | undefined {
  const lastLog = Math.max(...segments.map(({ logNo }) => logNo));
  const ofLog = segments
    .filter(({ logNo }) => logNo === lastLog)
    .sort((a, b) => (a.first < b.first ? -1 : 1))
    .slice(-mostLooked);
  let group: IndexSegment[] = [];
  for (const segment of ofLog) {
    const isBarrier = segment.events >= fullFrom || isKept(segment);
    const fits = eventsOf(group) + segment.events <= mostDocuments;
    if (group.length > 1 && (isBarrier || !fits)) return group;
    group = isBarrier ? [] : fits ? [...group, segment] : [segment];
    if (group.length > 1 && eventsOf(group) >= fullFrom) return group;
  }
  return ofOneSize(group);
}

/** Of the last segments of a log, those of about the same size and smaller ones, if they are many. */
function ofOneSize(last: readonly IndexSegment[]): IndexSegment[] | undefined {
  for (let level = 0; level <= levelOf(mostOfOneSize); level++) {
    const run = last.slice(last.findLastIndex(({ events }) => levelOf(events) > level) + 1);
    const ofLevel = run.filter(({ events }) => levelOf(events) === level).length;
    const areMany = ofLevel >= together || run.length >= 2 * together;
    if (areMany && eventsOf(run) <= mostOfOneSize) return run;
  }
  return undefined;
}
