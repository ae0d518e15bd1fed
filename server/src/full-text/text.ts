/**
 * What the words of a text are, whatever its language: letters and digits, without case and marks. It refuses to know where a text
 * comes from and who looks for it.
 *
 * Words that only `_ - . / : @` and the like join are one chunk: `dbk-prod.eu`. A chunk is kept as its ends, one for each of its words:
 * `dbk.prod.eu`, `prod.eu` and `eu`. Since whoever looks gives the beginning of a word, that finds the whole, each word, and what
 * lies between, and takes no more room than the words. Where a script has no spaces, each character is a word.
 */

import type { WordAt } from "../store/contract/full-text.ts";

/** Longer ends are cut: what differs only further on is not told apart by its beginning. */
export const longestWord = 40;

const chunks = /[\p{L}\p{N}]+(?:[._\-/:@+'’#~&=%?\\]{1,3}[\p{L}\p{N}]+)*/gu;
/** The same for most texts, in half the time. */
const plainChunks = /[a-z0-9]+(?:[._\-/:@+'#~&=%?\\]{1,3}[a-z0-9]+)*/g;
const ascii = /^[\0-\x7f]*$/;
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const joints = /[._\-/:@+'’#~&=%?\\]+/g;

/** A text without case, marks and other forms of the same letter: `Ångström` and `angstrom` are the same. */
export function fold(text: string): string {
  if (ascii.test(text)) return text.toLowerCase();
  const plain = text
    .normalize("NFKD")
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "");
  return plain.replaceAll("ς", "σ");
}

/** The ends of the chunks of a text, a list for each chunk; the first word of the text has the place `from`. */
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

/** Adds the words of a text, the first at the place `from`; gives the place after the last. */
export function addWords(words: WordAt[], text: string, from: number): number {
  let at = from;
  for (const chunk of chunksIn(fold(text))) at = addEnds(words, chunk, at);
  return at;
}

const chunksIn = (folded: string): readonly string[] =>
  folded.match(ascii.test(folded) ? plainChunks : chunks) ?? [];

/** Adds the ends of one chunk, the first at the place `from`; gives the place after the last. */
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

/** Where the words of a chunk begin that isn't ASCII. */
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

/** Never half of a character. */
function cut(chunk: string, start: number): string {
  const word = chunk.slice(start, start + longestWord);
  return /[\ud800-\udbff]$/.test(word) ? word.slice(0, -1) : word;
}
