/** Makes one segment of several that follow each other in a log. */
import type { Documents, SegmentContent } from "./content.ts";
import { mostDocuments } from "./content.ts";

/** The new number of each document of each segment, and all documents in order. */
function numbered(parts: readonly SegmentContent[]): { numbers: Uint16Array[]; documents: Documents } {
  const size = parts.reduce((sum, { documents }) => sum + documents.seq.length, 0);
  if (size > mostDocuments) throw new RangeError(`A segment has at most ${mostDocuments} events.`);
  const numbers = parts.map(({ documents }) => new Uint16Array(documents.seq.length));
  const next = parts.map(() => 0);
  const documents = { occurredAt: new Float64Array(size), seq: new Float64Array(size) };
  for (let number = 0; number < size; number++) {
    let first = -1;
    // parts are in the order of seq, so the earlier one comes first within the same time
    parts.forEach(({ documents: own }, part) => {
      const time = own.occurredAt[next[part]!];
      if (time === undefined) return;
      if (first === -1 || time < parts[first]!.documents.occurredAt[next[first]!]!) first = part;
    });
    const at = next[first]!++;
    numbers[first]![at] = number;
    documents.occurredAt[number] = parts[first]!.documents.occurredAt[at]!;
    documents.seq[number] = parts[first]!.documents.seq[at]!;
  }
  return { numbers, documents };
}

/** The parts that have the first of the terms that are left, in order. */
function firstTerm(parts: readonly SegmentContent[], next: readonly number[]): string | undefined {
  let first: string | undefined;
  parts.forEach(({ terms }, part) => {
    const term = terms[next[part]!];
    if (term !== undefined && (first === undefined || term < first)) first = term;
  });
  return first;
}

/** The content of a segment with the documents of all parts, which are in the order of the log. */
export function merged(parts: readonly SegmentContent[]): SegmentContent {
  const { numbers, documents } = numbered(parts);
  const next = parts.map(() => 0);
  const terms: string[] = [];
  const starts: number[] = [0];
  const postings = new Uint16Array(parts.reduce((sum, part) => sum + part.postings.length, 0));
  let count = 0;
  for (let term = firstTerm(parts, next); term !== undefined; term = firstTerm(parts, next)) {
    const from = count;
    let isSorted = true;
    parts.forEach((part, index) => {
      const place = next[index]!;
      if (part.terms[place] !== term) return;
      next[index]!++;
      for (let at = part.starts[place]!; at < part.starts[place + 1]!; at++) {
        const number = numbers[index]![part.postings[at]!]!;
        if (count > from && number < postings[count - 1]!) isSorted = false;
        postings[count++] = number;
      }
    });
    if (!isSorted) postings.subarray(from, count).sort();
    terms.push(term);
    starts.push(count);
  }
  return { documents, terms, starts: Uint32Array.from(starts), postings };
}
