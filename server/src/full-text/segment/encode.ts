/**
 * The bytes of a segment, in blocks of about 2 KB that are found by their first term:
 *
 * - The first block says when each block of documents begins: the time of the first one, then differences.
 * - Documents follow, 256 in a block: for each its time as the difference from the one before, and the difference of its seq from the one that
 *   would follow, with its sign in the lowest bit.
 * - Terms follow in order: the length that a term shares with the one before it in the block, the length of the rest, the rest; then its
 *   documents, as a list of differences or, where that is shorter, as a bitmap, with their length and that choice in the lowest bit. Or as
 *   the rest, where that is shortest: an empty bitmap, then the length and the list of the documents that do not have the term.
 *
 * The same events always give the same bytes, in whatever steps they were merged: fsck compares them.
 */
import { ByteWriter } from "./bytes.ts";
import { type Documents, newestVersion, type SegmentContent } from "./content.ts";
import { documentsOf, sameLength, type Union, unionMark, unionsOf } from "./unions.ts";

/** A part of a segment. `first`: its first term, empty for the first block; with one character for each byte. */
export interface SegmentBlock {
  readonly first: string;
  readonly data: Uint8Array;
}

export const documentsInBlock = 256;
/** So that about four rows fit into a page of PostgreSQL. */
const blockBytes = 1_800;

/** The first term of the block of documents with that number. No term begins with it. */
export const documentsTerm = (block: number): string => `!${String.fromCharCode(block >> 8, block & 0xff)}`;

/** The number of bytes of a bitmap. */
export const bitmapBytes = (documents: number): number => Math.ceil(documents / 8);

/** The length of a bitmap without bytes, which says that a rest follows. */
export const emptyBitmap = 1;

/** Kinds of terms whose beginnings are looked for; for others, unions would be of no use. */
export type HasBeginnings = (term: string) => boolean;

const signed = (difference: number): number => (difference < 0 ? -2 * difference - 1 : 2 * difference);

function* documentBlocks({ occurredAt, seq }: Documents): Generator<SegmentBlock> {
  const writer = new ByteWriter();
  for (let from = 0; from < seq.length; from += documentsInBlock) {
    const to = Math.min(seq.length, from + documentsInBlock);
    let [time, follows] = [0, 0];
    for (let at = from; at < to; at++) {
      writer.number(occurredAt[at]! - time);
      writer.number(signed(seq[at]! - follows));
      time = occurredAt[at]!;
      follows = seq[at]! + 1;
    }
    yield { first: documentsTerm(from / documentsInBlock), data: writer.take() };
  }
}

/** When each block of documents begins. */
function firstBlock({ occurredAt }: Documents): SegmentBlock {
  const writer = new ByteWriter();
  let time = 0;
  for (let at = 0; at < occurredAt.length; at += documentsInBlock) {
    writer.number(occurredAt[at]! - time);
    time = occurredAt[at]!;
  }
  return { first: "", data: writer.take() };
}

/** The number of bytes of a list. */
function listBytes(postings: Uint16Array): number {
  let bytes = postings.length;
  let follows = 0;
  for (const document of postings) {
    const difference = document - follows;
    if (difference > 0x7f) bytes += difference > 0x3fff ? 2 : 1;
    follows = document + 1;
  }
  return bytes;
}

function writeList(writer: ByteWriter, postings: Uint16Array): void {
  let follows = 0;
  for (const document of postings) {
    writer.number(document - follows);
    follows = document + 1;
  }
}

/** The documents that do not have a term. */
function restOf(postings: Uint16Array, documents: number): Uint16Array {
  const rest = new Uint16Array(documents - postings.length);
  let [at, count] = [0, 0];
  for (let document = 0; document < documents; document++) {
    if (postings[at] === document) at++;
    else rest[count++] = document;
  }
  return rest;
}

/** The rest of a term that most documents have, if its list is shorter than these bytes. */
function shorterRest(postings: Uint16Array, documents: number, bytes: number): Uint16Array | undefined {
  // each document of a list has a byte at least
  if (documents - postings.length + 1 >= bytes) return undefined;
  const rest = restOf(postings, documents);
  return listBytes(rest) + 1 < bytes ? rest : undefined;
}

/** What the postings of a segment depend on. */
interface PostingsForm {
  readonly documents: number;
  readonly version: number;
}

function writePostings(
  writer: ByteWriter,
  postings: Uint16Array,
  { documents, version }: PostingsForm,
): void {
  const length = listBytes(postings);
  const mostBytes = bitmapBytes(documents);
  const rest = version === 1 ? undefined : shorterRest(postings, documents, Math.min(length, mostBytes));
  if (rest !== undefined) {
    writer.number(emptyBitmap);
    writer.number(listBytes(rest));
    writeList(writer, rest);
    return;
  }
  if (length < mostBytes) {
    writer.number(length * 2);
    writeList(writer, postings);
    return;
  }
  const bitmap = new Uint8Array(mostBytes);
  for (const document of postings) bitmap[document >> 3]! |= 1 << (document & 7);
  writer.number(mostBytes * 2 + 1);
  writer.bytes(bitmap);
}

/** Terms and unions in the order of their entries, with their documents. */
function* entriesOf(
  content: SegmentContent,
  hasBeginnings: HasBeginnings,
): Generator<readonly [term: string, postings: Uint16Array]> {
  const { terms, starts, postings } = content;
  const unions: readonly Union[] = unionsOf(terms, hasBeginnings);
  let next = 0;
  for (let at = 0; at < terms.length; at++) {
    const term = terms[at]!;
    const isDue = (): boolean => unions[next]?.first === at;
    while (isDue() && unions[next]!.length < term.length) yield entryOf(content, unions[next++]!);
    // a term that is the beginning itself comes before its union
    yield [term, postings.subarray(starts[at]!, starts[at + 1]!)];
    if (isDue()) yield entryOf(content, unions[next++]!);
  }
}

const entryOf = (content: SegmentContent, union: Union): readonly [string, Uint16Array] => [
  content.terms[union.first]!.slice(0, union.length) + unionMark,
  documentsOf(content, union),
];

/** The blocks of a segment, in the order of their first terms. */
export function* blocksOf(
  content: SegmentContent,
  hasBeginnings: HasBeginnings,
  version: number = newestVersion,
): Generator<SegmentBlock> {
  const form = { documents: content.documents.seq.length, version };
  yield firstBlock(content.documents);
  yield* documentBlocks(content.documents);
  const writer = new ByteWriter();
  let [first, before] = ["", ""];
  for (const [term, postings] of entriesOf(content, hasBeginnings)) {
    const isNew = writer.length === 0;
    if (isNew) first = term;
    const same = isNew ? 0 : sameLength(before, term);
    writer.number(same);
    writer.number(term.length - same);
    writer.text(term, same);
    writePostings(writer, postings, form);
    before = term;
    if (writer.length >= blockBytes) yield { first, data: writer.take() };
  }
  if (writer.length > 0) yield { first, data: writer.take() };
}
