/** Reads the places of the next matches of several segments, in one statement if a page is small. */
import type { SegmentReads } from "../../store/contract/segments.ts";
import { type MatchedBlock, readDocumentBlocks, type SegmentWalk } from "./documents.ts";
import type { Effort } from "./looks.ts";

/** The maximum number of blocks that are read together. */
const mostBlocks = 128;

/**
 * The blocks that can have the next `most` matches: taken in the order of their newest times, until so many matches are certainly newer than
 * all others. At least one, if the place of the next match is not known.
 */
function blocksFor(walks: readonly SegmentWalk[], most: number): MatchedBlock[] {
  const left = walks.map((walk) => walk.blocks());
  const heads = left.map((blocks) => blocks.next().value as MatchedBlock | undefined);
  const taken: MatchedBlock[] = [];
  const unread: MatchedBlock[] = [];
  while (unread.length < mostBlocks) {
    let first = -1;
    heads.forEach((head, at) => {
      if (head !== undefined && (first < 0 || head.newest > heads[first]!.newest)) first = at;
    });
    const head = heads[first];
    if (head === undefined) break;
    const certain = taken.reduce(
      (sum, { oldest, matches }) => (oldest > head.newest ? sum + matches : sum),
      0,
    );
    if (certain >= most) break;
    taken.push(head);
    if (!head.isRead) unread.push(head);
    heads[first] = left[first]!.next().value as MatchedBlock | undefined;
  }
  return unread;
}

interface WantedPlaces {
  /** The number of places that are asked for. */
  readonly most: number;
  readonly effort: Effort;
}

/** Reads the places of the next matches. The place of the next one of all MUST be unknown. */
export async function readPlaces(
  reads: Pick<SegmentReads, "blocks">,
  walks: readonly SegmentWalk[],
  { most, effort }: WantedPlaces,
): Promise<void> {
  const missing = blocksFor(walks, most);
  const documents = await readDocumentBlocks(reads, missing, effort);
  for (const [index, { walk, block }] of missing.entries()) walk.take(block, documents[index]!);
}
