/** The segments of a search, those with the newest events first: of one organization at once, of all in parts. */
import { newestVersion } from "../../full-text/index.ts";
import type { FollowerProgress } from "../../store/contract/followers.ts";
import type { IndexSegment, SegmentReads } from "../../store/contract/segments.ts";
import type { Among } from "./among.ts";
import { SegmentGone } from "./looks.ts";

/**
 * Gives the next segments; none at the end. Those of a part are in order, and no segment that was not given has newer events than the last of
 * them. Segments that are merged meanwhile can be given again, in the one that took their place.
 */
export type SegmentList = () => Promise<readonly IndexSegment[]>;

/** How many are listed of all organizations at first, and how many times as many each time after that. */
const segmentsAtFirst = 256;
const moreSegments = 4;

/** The segments of a search. */
interface ListedSegments {
  readonly organizationId: number | undefined;
  readonly among: Among;
  /** How far the index was, read before the list. */
  readonly places: readonly FollowerProgress[];
}

export function listSegments(
  reads: Pick<SegmentReads, "segments" | "newestSegments">,
  { organizationId, among, places }: ListedSegments,
): SegmentList {
  const given = new Set<string>();
  let most = segmentsAtFirst;
  let isDone = false;
  return async () => {
    for (;;) {
      if (isDone) return [];
      if (organizationId !== undefined) {
        isDone = true;
        return wholeList(reads, organizationId, places);
      }
      // always from the newest on: what was left can have been merged with what was given, and is before its end now
      const all = await reads.newestSegments(most);
      isDone = all.length < most;
      most *= moreSegments;
      const part = all.filter((one) => among(one.organizationId) && !given.has(placeText(one)));
      for (const segment of part) given.add(placeText(segment));
      if (part.length > 0) return part;
    }
  };
}

/**
 * The segments of an organization. Rejects with SegmentGone if one is missing of the log that the index has come to: a search would leave out
 * its events without saying so.
 */
export async function wholeList(
  reads: Pick<SegmentReads, "segments">,
  organizationId: number,
  places: readonly FollowerProgress[],
): Promise<IndexSegment[]> {
  const segments = await reads.segments(organizationId);
  for (const { logNo, next } of places) {
    const own = segments.filter((segment) => segment.logNo === logNo);
    const covered = own.reduce((sum, { events }) => sum + events, 0);
    const end = own.reduce((last, { first, events }) => Math.max(last, Number(first) + events), 0);
    if (covered < end || end < next) throw new SegmentGone();
  }
  return segments;
}

/** The earliest version of segments. */
export const oldestVersion = (segments: readonly IndexSegment[]): number =>
  segments.reduce((oldest, { version }) => Math.min(oldest, version), newestVersion);

const placeText = ({ organizationId, logNo, first, events }: IndexSegment): string =>
  `${organizationId} ${logNo} ${first} ${events}`;
