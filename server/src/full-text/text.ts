/**
 * Splits a text into words, in any language: letters and digits, without case and marks.
 *
 * Words that are joined only by `_ - . / : @` and similar characters are one chunk: `dbk-prod.eu`. A chunk is stored as its ends, one for
 * each of its words: `dbk.prod.eu`, `prod.eu` and `eu`. A query has the beginning of a word, so it finds the whole chunk, each word, and
 * the parts between, with no more rows than words. In scripts without spaces, each character is a word.
 */
import type { WordAt } from "../store/contract/full-text.ts";
import { fold } from "./fold.ts";

/** Longer ends are cut: their differences after that can't be found. */
export const longestWord = 40;

const chunks = /[\p{L}\p{N}]+(?:[._\-/:@+'’#~&=%?\\]{1,3}[\p{L}\p{N}]+)*/gu;
const ascii = /^[\0-\x7f]*$/;
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const joints = /[._\-/:@+'’#~&=%?\\]+/g;

/** The ends of the chunks of a text, one list for each chunk; the first word of the text has the position `from`. */
export function chunksOf(text: string, from = 1): WordAt[][] {
  const found: WordAt[][] = [];
  let at = from;
  for (const chunk of fold(text).match(chunks) ?? []) {
    const ends: WordAt[] = [];
    at = addEnds(ends, chunk, at);
    found.push(ends);
  }
  return found;
}

/** Adds the words of a text, the first at the position `from`; returns the position after the last. */
export function addWords(words: WordAt[], text: string, from: number): number {
  if (ascii.test(text)) return addPlainWords(words, text.toLowerCase(), from);
  let at = from;
  for (const chunk of fold(text).match(chunks) ?? []) at = addEnds(words, chunk, at);
  return at;
}

/**
 * The ends of a whole text, one for each of its words, with a space between chunks: a phrase is then the beginning of one of them. Cut as other
 * ends are.
 */
export function endsOf(text: string): string[] {
  const ends: string[] = [];
  let following = "";
  for (const chunk of chunksOf(text).reverse()) {
    for (const { word } of [...chunk].reverse()) {
      const isCut = word.length >= longestWord - 1;
      ends.push(following === "" || isCut ? word : cut(`${word} ${following}`, 0));
    }
    following = ends.at(-1)!;
  }
  return ends;
}

const [letter, joint] = [1, 2];
/** What each ASCII character is in a folded text. */
const kinds = Uint8Array.from({ length: 128 }, (_, unit) => {
  const character = String.fromCharCode(unit);
  return /[a-z0-9]/.test(character) ? letter : character.search(joints) === 0 ? joint : 0;
});

/** The same for a folded text in ASCII, as most texts are, without regular expressions. */
function addPlainWords(words: WordAt[], folded: string, from: number): number {
  let at = from;
  for (let start = 0; start < folded.length; ) {
    const first = lettersEnd(folded, start);
    if (first === start) {
      start++;
      continue;
    }
    const end = chunkEnd(folded, first);
    if (end > first) at = addEnds(words, folded.slice(start, end), at);
    else words.push({ word: folded.slice(start, Math.min(end, start + longestWord)), at: at++ });
    start = end;
  }
  return at;
}

/** The end of the letters and digits that begin there. */
function lettersEnd(folded: string, start: number): number {
  let end = start;
  while (end < folded.length && kinds[folded.charCodeAt(end)] === letter) end++;
  return end;
}

/** The end of a chunk whose first word ends there. */
function chunkEnd(folded: string, firstEnd: number): number {
  for (let end = firstEnd; ; ) {
    let next = end;
    while (next < folded.length && next < end + 3 && kinds[folded.charCodeAt(next)] === joint) next++;
    const wordEnd = lettersEnd(folded, next);
    if (next === end || wordEnd === next) return end;
    end = wordEnd;
  }
}

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
