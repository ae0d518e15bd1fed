/**
 * Splits a text into words, in any language: letters and digits, without case and marks.
 *
 * Words that are joined only by `_ - . / : @` and similar characters are one chunk: `dbk-prod.eu`. A chunk is stored as its ends, one for
 * each of its words: `dbk.prod.eu`, `prod.eu` and `eu`. A query has the beginning of a word, so it finds the whole chunk, each word, and
 * the parts between, with no more rows than words. In scripts without spaces, each character is a word.
 */

import type { WordAt } from "../store/contract/full-text.ts";

/** Longer ends are cut: their differences after that can't be found. */
export const longestWord = 40;

const chunks = /[\p{L}\p{N}]+(?:[._\-/:@+'’#~&=%?\\]{1,3}[\p{L}\p{N}]+)*/gu;
/** The same for most texts, in half the time. */
const plainChunks = /[a-z0-9]+(?:[._\-/:@+'#~&=%?\\]{1,3}[a-z0-9]+)*/g;
const ascii = /^[\0-\x7f]*$/;
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const joints = /[._\-/:@+'’#~&=%?\\]+/g;

/** A text without case, marks and other forms of the same letter: `Ångström` and `angstrom` are equal. */
export function fold(text: string): string {
  if (ascii.test(text)) return text.toLowerCase();
  const plain = text
    .normalize("NFKD")
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "");
  return plain.replaceAll("ς", "σ");
}

/** The ends of the chunks of a text, one list for each chunk; the first word of the text has the position `from`. */
export function chunksOf(text: string, from = 1): WordAt[][] {
  const found: WordAt[][] = [];
  let at = from;
  for (const chunk of chunksIn(fold(text))) {
    const ends: WordAt[] = [];
    at = addEnds(ends, chunk, at);
    found.push(ends);
  }
  return found;
}

/** Adds the words of a text, the first at the position `from`; returns the position after the last. */
export function addWords(words: WordAt[], text: string, from: number): number {
  let at = from;
  for (const chunk of chunksIn(fold(text))) at = addEnds(words, chunk, at);
  return at;
}

const chunksIn = (folded: string): readonly string[] =>
  folded.match(ascii.test(folded) ? plainChunks : chunks) ?? [];

/** Adds the ends of one chunk, the first at the position `from`; returns the position after the last. */
function addEnds(words: WordAt[], chunk: string, from: number): number {
  let at = from;
  const joined = chunk.replace(joints, ".");
  if (!ascii.test(joined)) {
    for (const start of startsOf(joined)) words.push({ word: cut(joined, start), at: at++ });
    return at;
  }
  for (let start = 0; ; ) {
    words.push({ word: joined.slice(start, start + longestWord), at: at++ });
    const dot = joined.indexOf(".", start);
    if (dot === -1) return at;
    start = dot + 1;
  }
}

/** The start of each word in a chunk that isn't ASCII. */
function startsOf(chunk: string): number[] {
  const starts: number[] = [];
  let isNew = true;
  let index = 0;
  for (const character of chunk) {
    if (character === ".") isNew = true;
    else {
      const alone = unspaced.test(character);
      if (isNew || alone) starts.push(index);
      isNew = alone;
    }
    index += character.length;
  }
  return starts;
}

/** Never splits a character. */
function cut(chunk: string, start: number): string {
  const word = chunk.slice(start, start + longestWord);
  return /[\ud800-\udbff]$/.test(word) ? word.slice(0, -1) : word;
}
