/** Reads the blocks of a segment: its documents, and its terms with their documents. */
import { ByteReader } from "./bytes.ts";
import type { Documents, SegmentContent } from "./content.ts";
import {
  bitmapBytes,
  documentsInBlock,
  emptyBitmap,
  type HasBeginnings,
  type SegmentBlock,
} from "./encode.ts";
import { sameLength, unionMark } from "./unions.ts";

const unsigned = (value: number): number => (value % 2 === 1 ? -(value + 1) / 2 : value / 2);

/** The documents of one block. */
export function readDocuments(data: Uint8Array): Documents {
  const reader = new ByteReader(data);
  const [occurredAt, seq] = [new Float64Array(documentsInBlock), new Float64Array(documentsInBlock)];
  let [time, follows, count] = [0, 0, 0];
  while (!reader.isAtEnd) {
    time += reader.number();
    occurredAt[count] = time;
    seq[count] = follows + unsigned(reader.number());
    follows = seq[count++]! + 1;
  }
  return { occurredAt: occurredAt.subarray(0, count), seq: seq.subarray(0, count) };
}

/** When each block of documents begins: the time of its first one. */
export function readTimes(data: Uint8Array): number[] {
  const reader = new ByteReader(data);
  const times: number[] = [];
  let time = 0;
  while (!reader.isAtEnd) {
    time += reader.number();
    times.push(time);
  }
  return times;
}

/** A term or a union, with its documents in their bytes. */
export interface SegmentEntry {
  readonly term: string;
  readonly postings: Uint8Array;
  readonly isBitmap: boolean;
  /** Whether the list has the documents that do not have the term. */
  readonly isRest: boolean;
}

/**
 * The entries of a block of terms that are not before `from`, in order. Entries before it are passed over without reading their terms: `same` is
 * how far the entry before agrees with `from`, and one that shares more with that entry is before `from` too.
 */
export function* entriesIn(data: Uint8Array, from = ""): Generator<SegmentEntry> {
  const reader = new ByteReader(data);
  let [term, same] = ["", 0];
  let isBefore = from !== "";
  while (!reader.isAtEnd) {
    const kept = reader.number();
    const length = reader.number();
    if (isBefore && kept > same) reader.skip(length);
    else {
      term = (isBefore ? from : term).slice(0, kept) + reader.text(length);
      if (isBefore) same = sameLength(term, from);
      isBefore &&= term < from;
    }
    const size = reader.number();
    const isRest = size === emptyBitmap;
    const bytes = isRest ? reader.number() : Math.floor(size / 2);
    if (isBefore) reader.skip(bytes);
    else yield { term, postings: reader.bytes(bytes), isBitmap: size % 2 === 1 && !isRest, isRest };
  }
}

/** Calls `take` with each document of an entry of a segment with so many documents, ascending. */
export function eachDocument(entry: SegmentEntry, size: number, take: (document: number) => void): void {
  if (!entry.isRest) {
    eachListed(entry, take);
    return;
  }
  let next = 0;
  eachListed(entry, (document) => {
    while (next < Math.min(document, size)) take(next++);
    next = document + 1;
  });
  while (next < size) take(next++);
}

/** The same for the documents that are written: of a rest, those that do not have the term. */
export function eachListed({ postings, isBitmap }: SegmentEntry, take: (document: number) => void): void {
  if (isBitmap) {
    postings.forEach((byte, at) => {
      for (let left = byte; left !== 0; left &= left - 1) take(at * 8 + 31 - Math.clz32(left & -left));
    });
    return;
  }
  let follows = 0;
  for (let at = 0; at < postings.length; ) {
    let [value, shift] = [0, 0];
    for (;;) {
      const byte = postings[at++];
      if (byte === undefined) throw new RangeError("The bytes of a segment end within a list of documents.");
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
      shift += 7;
    }
    take(follows + value);
    follows += value + 1;
  }
}

/** How many blocks come before those of terms. */
const blocksBeforeTerms = (documents: number): number => 1 + Math.ceil(documents / documentsInBlock);

/** The content of a whole segment, from all its blocks in order. Kinds of terms that have no unions may end as the names of unions do. */
export function contentIn(
  blocks: readonly SegmentBlock[],
  size: number,
  hasBeginnings: HasBeginnings,
): SegmentContent {
  const beforeTerms = blocksBeforeTerms(size);
  const documents = { occurredAt: new Float64Array(size), seq: new Float64Array(size) };
  blocks.slice(1, beforeTerms).forEach(({ data }, block) => {
    const { occurredAt, seq } = readDocuments(data);
    documents.occurredAt.set(occurredAt, block * documentsInBlock);
    documents.seq.set(seq, block * documentsInBlock);
  });
  const terms: string[] = [];
  const starts: number[] = [0];
  let postings = new Uint16Array(16 * size + 64);
  let count = 0;
  for (const { data } of blocks.slice(beforeTerms)) {
    for (const entry of entriesIn(data)) {
      if (entry.term.endsWith(unionMark) && hasBeginnings(entry.term)) continue;
      const isLong = entry.isBitmap || entry.isRest;
      const most = count + Math.min(size, isLong ? 8 * bitmapBytes(size) : entry.postings.length);
      if (most > postings.length) {
        const larger = new Uint16Array(2 * most);
        larger.set(postings.subarray(0, count));
        postings = larger;
      }
      eachDocument(entry, size, (document) => {
        postings[count++] = document;
      });
      terms.push(entry.term);
      starts.push(count);
    }
  }
  return { documents, terms, starts: Uint32Array.from(starts), postings: postings.subarray(0, count) };
}
