/** The places of events that meet the conditions, newest first, from all segments together. A segment is looked at only when it can have the next. */
import type { StoredEvent } from "../../store/contract/events.ts";
import type { IndexSegment, SegmentReads } from "../../store/contract/segments.ts";
import type { Conditions } from "./conditions.ts";
import { type FullPageKey, leaveOut, newestFirst, SegmentWalk } from "./documents.ts";
import type { Effort } from "./looks.ts";
import { matchesIn } from "./matches.ts";
import { readPlaces } from "./places.ts";
import { oldestVersion, type SegmentList } from "./segment-list.ts";

/** How many segments are looked at together: at least, and at most. */
const fewestSegments = 2;
const mostSegments = 128;
/** How many times as many events as are asked for are expected to be enough to find these, at first. */
const enough = 4;

export interface CandidateQuery {
  readonly segments: SegmentList;
  /** The conditions in segments of a version. */
  readonly conditions: (version: number) => Conditions;
  /** Events of which the index doesn't count. */
  readonly changed: readonly StoredEvent[];
  /** Exclusive. */
  readonly after: FullPageKey;
  /** Inclusive. */
  readonly from: bigint;
  /** How many places are asked for, as far as is known. */
  readonly most: number;
  readonly effort: Effort;
}

/** A place, and whether the text of its event decides. */
export interface Candidate {
  readonly key: FullPageKey;
  readonly isUndecided: boolean;
}

export interface Candidates {
  /** The next place; undefined at the end, or when the effort is spent. */
  next(): Promise<Candidate | undefined>;
  /** If the effort is spent: no place that is left is newer than this time. */
  readonly left: bigint | undefined;
}

export function candidatesOf(
  reads: SegmentReads,
  { segments, conditions, changed, after, from, most, effort }: CandidateQuery,
): Candidates {
  const waiting: IndexSegment[] = [];
  let walks: SegmentWalk[] = [];
  let width = 0;
  let count = 0;
  let left: bigint | undefined;
  /** The newest event of the segment that was looked at last. */
  let reached = after.occurredAt;
  /** The place that was given last. A segment that was merged meanwhile has it again. */
  let given = after;

  async function listFurther(): Promise<void> {
    while (waiting.length === 0) {
      const part = await segments();
      const [latest] = part;
      // those that follow are older
      if (latest === undefined || latest.newest < from) return;
      waiting.push(...part.filter((one) => one.newest >= from && one.oldest <= after.occurredAt));
    }
  }

  async function lookFurther(): Promise<void> {
    width ||= firstWidth(waiting, after, enough * most);
    const some = waiting.splice(0, Math.min(width, mostSegments));
    reached = some.at(-1)!.newest;
    const looking = { conditions: conditions(oldestVersion(some)), effort };
    const matched = await matchesIn(reads, some, looking);
    await leaveOut(reads, matched, { changed, effort });
    for (const one of matched) walks.push(new SegmentWalk(one, given));
    width = nextWidth(
      some.length,
      matched.reduce((sum, { found }) => sum + found.countIn(0, found.size), 0),
      most,
    );
  }

  /** The walk that has, or may have, the next place. A place that must be read first comes before a known one of the same time. */
  function firstWalk(): SegmentWalk | undefined {
    walks = walks.filter((walk) => !walk.isAtEnd);
    let first: SegmentWalk | undefined;
    for (const walk of walks) if (first === undefined || isBefore(walk, first)) first = walk;
    return first;
  }

  return {
    get left() {
      return left;
    },
    async next() {
      for (;;) {
        await listFurther();
        const first = firstWalk();
        const latest = waiting[0]?.newest;
        if (first === undefined && latest === undefined) return undefined;
        const isLater = latest !== undefined && (first === undefined || latest >= first.latest);
        if ((isLater ? latest : first!.latest) < from) return undefined;
        // each search gets past the place where the one before it stopped
        if (isLater && effort.bytes <= 0 && latest < reached && reached < after.occurredAt) {
          left = latest;
          return undefined;
        }
        if (isLater) await lookFurther();
        else if (first!.key === undefined)
          await readPlaces(reads, walks, { most: most - (count % most), effort });
        else {
          const { key, isUndecided } = first!;
          first!.step();
          if (key === undefined || newestFirst(given, key) >= 0) continue;
          given = key;
          count++;
          return { key, isUndecided };
        }
      }
    },
  };
}

/** How many segments are looked at next, after so many had so many matches: if the others are alike, twice as many as a page needs; and four times as many at least. */
const nextWidth = (segments: number, matches: number, most: number): number =>
  Math.max(4 * segments, Math.ceil((2 * segments * most) / Math.max(matches, 0.5)));

function isBefore(one: SegmentWalk, other: SegmentWalk): boolean {
  if (one.latest !== other.latest) return one.latest > other.latest;
  if (one.key === undefined || other.key === undefined) return one.key === undefined;
  return newestFirst(one.key, other.key) < 0;
}

/**
 * How many segments are looked at first: those that can have one of the next `events` events, if all are as dense as the first one. In a log in
 * the order of time, these are one or two; where imports mix times, they can be all.
 */
function firstWidth(segments: readonly IndexSegment[], after: FullPageKey, events: number): number {
  const { newest, oldest, events: all } = segments[0]!;
  const start = newest < after.occurredAt ? newest : after.occurredAt;
  const span = ((newest - oldest) * BigInt(events)) / BigInt(all);
  return Math.max(fewestSegments, segments.filter((one) => one.newest >= start - span).length);
}
