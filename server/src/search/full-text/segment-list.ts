/** The segments of a search, those with the newest events first: of one organization at once, of all in parts. */
import type { IndexSegment, SegmentReads } from "../../store/contract/segments.ts";

/** Gives the next segments; none at the end. */
export type SegmentList = () => Promise<readonly IndexSegment[]>;

const segmentsAtOnce = 256;

export function listSegments(
  reads: Pick<SegmentReads, "segments" | "newestSegments">,
  organizationId: number | undefined,
): SegmentList {
  let last: IndexSegment | undefined;
  let isDone = false;
  return async () => {
    if (isDone) return [];
    const part =
      organizationId === undefined
        ? await reads.newestSegments(last, segmentsAtOnce)
        : await reads.segments(organizationId);
    last = part.at(-1);
    isDone = organizationId !== undefined || part.length < segmentsAtOnce;
    return part;
  };
}
