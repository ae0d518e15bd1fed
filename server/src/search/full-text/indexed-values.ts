/** The values that the index has of a kind, without their events. It has them of all events: for readers who see the whole log. */
import { entriesIn, type TermKind, termOf } from "../../full-text/index.ts";
import { covers } from "../../store/contract/segments.ts";
import type { FindReads } from "./find.ts";
import { hasTerms, SegmentGone } from "./looks.ts";
import { whileSegmentsStay } from "./matches.ts";

/** How many segments are looked at, the newest first, and how many blocks of each. */
const [mostSegments, mostBlocks] = [128, 3];

/**
 * The values of a kind that has no beginnings (`hasBeginnings`), each once, in order. Segments in which something was erased are left out until
 * they are rebuilt.
 */
export const indexedValues = (
  reads: Pick<FindReads, "segments" | "blocks" | "changedEvents">,
  organizationId: number,
  kind: Extract<TermKind, "changed">,
): Promise<string[]> =>
  whileSegmentsStay(async () => {
    const changed = await reads.changedEvents(organizationId);
    const segments = (await reads.segments(organizationId))
      .filter((segment) => !changed.some((event) => covers(segment, event)))
      .slice(0, mostSegments);
    const first = termOf(kind, "");
    const ranges = segments.map((segment) => ({
      segment,
      from: first,
      before: `${first}\xff`,
      most: mostBlocks,
    }));
    const values = new Set<string>();
    for (const blocks of await reads.blocks(ranges)) {
      if (blocks.length === 0) throw new SegmentGone();
      for (const { data } of blocks.filter(hasTerms)) {
        for (const { term } of entriesIn(data, first)) {
          if (!term.startsWith(first)) break;
          values.add(Buffer.from(term.slice(first.length), "latin1").toString("utf8"));
        }
      }
    }
    return [...values].sort();
  });
