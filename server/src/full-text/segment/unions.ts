/**
 * Unions: for a beginning that many terms share, one entry with the documents of all of them. A search for any beginning then reads one entry
 * or a few terms side by side, however many terms there are.
 *
 * There is a union for each place where terms part, if at least `fewestTerms` go on from there. Terms that begin with `q` either are fewer, or
 * the first of them in order, or the one after it, is the union of them all.
 */
import type { SegmentContent } from "./content.ts";

/** The minimum number of terms of a union. */
const fewestTerms = 32;

/** After a beginning, for its union. It sorts after the term that is equal to the beginning and before all longer ones. */
export const unionMark = "\x01";

/** Terms `first` to `last`, both inclusive, which share their first `length` characters and no more. */
export interface Union {
  readonly first: number;
  readonly last: number;
  readonly length: number;
}

/** The number of equal characters at the start. */
export function sameLength(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let length = 0;
  while (length < most && one.charCodeAt(length) === other.charCodeAt(length)) length++;
  return length;
}

/**
 * The unions of terms in order, in the order of their entries: by their first term, the longer range first. Beginnings of one character are a
 * whole kind of terms, which nobody looks for.
 */
export function unionsOf(terms: readonly string[], mayJoin: (term: string) => boolean): Union[] {
  const unions: Union[] = [];
  const open: { first: number; length: number }[] = [];
  for (let at = 1; at <= terms.length; at++) {
    const length = at < terms.length && mayJoin(terms[at]!) ? sameLength(terms[at - 1]!, terms[at]!) : 0;
    let first = at - 1;
    while (open.length > 0 && open.at(-1)!.length > length) {
      const done = open.pop()!;
      first = done.first;
      if (done.length > 1 && at - first >= fewestTerms) unions.push({ ...done, last: at - 1 });
    }
    if (length > 0 && (open.length === 0 || open.at(-1)!.length < length)) open.push({ first, length });
  }
  return unions.sort((a, b) => a.first - b.first || a.length - b.length);
}

/** The documents of terms `first` to `last`, ascending. */
export function documentsOf(content: SegmentContent, { first, last }: Union): Uint16Array {
  const { documents, starts, postings } = content;
  const has = new Uint8Array(documents.seq.length);
  let count = 0;
  for (let at = starts[first]!; at < starts[last + 1]!; at++) {
    const document = postings[at]!;
    if (has[document] === 0) {
      has[document] = 1;
      count++;
    }
  }
  const found = new Uint16Array(count);
  for (let document = 0, at = 0; at < count; document++) if (has[document] === 1) found[at++] = document;
  return found;
}
