/** Reads a search query: words that must all occur, "quoted" ones in that order, and -excluded ones. `isFound` defines a match. */
import type { TextQuery, WordAt } from "../store/contract/full-text.ts";
import { chunksOf, longestWord } from "./text.ts";

const mostCharacters = 256;
const mostWords = 16;

/** A word, or words in quotes whose last quote can be missing, with the sign before it. */
const terms = /(-?)(?:["“”„]([^"“”„]*)(?:["“”„]|$)|([^\s"“”„]+))/gu;

/** The error in a query: the rest of a sentence that begins with the parameter, and what to do. */
export interface TextQueryIssue {
  readonly wrong: string;
  readonly remedy: string;
}

/** The words of a query, or its error: too long, no words, or only excluded ones. Undefined if it is empty. */
export function readTextQuery(query: string | undefined): TextQuery | TextQueryIssue | undefined {
  if (query === undefined || query.trim() === "") return undefined;
  if ([...query].length > mostCharacters)
    return { wrong: `has more than ${mostCharacters} characters.`, remedy: "Look for fewer words." };
  const all: WordAt[][] = [];
  const none: WordAt[][] = [];
  let words = 0;
  for (const [, minus, quoted, plain] of query.matchAll(terms)) {
    const chunks = chunksOf(quoted ?? plain ?? "");
    if (chunks.length === 0) continue;
    words += chunks.length;
    (minus === "-" ? none : all).push(chunks.flatMap(lookedFor));
  }
  if (words > mostWords)
    return { wrong: `has more than ${mostWords} words.`, remedy: "Look for fewer words." };
  if (words === 0) return { wrong: "contains no word.", remedy: "Enter a word, or the beginning of one." };
  if (all.length === 0)
    return { wrong: "only excludes words.", remedy: "Enter a word to look for too, without '-' before it." };
  return { all, none };
}

/** The first end of a chunk has the whole chunk, unless it is cut: then the other ends have the rest. */
const lookedFor = (chunk: readonly WordAt[]): readonly WordAt[] =>
  chunk[0]!.word.length < longestWord - 1 ? chunk.slice(0, 1) : chunk;

/** Whether an event's words match: each word is the beginning of one, and those of a phrase have the same distances. */
export function isFound({ all, none }: TextQuery, words: readonly WordAt[]): boolean {
  /** The words by their positions, so that a phrase takes no longer if an event has its first word thousands of times. */
  const placed: string[] = [];
  for (const { word, at } of words) placed[at] = word;
  const isThere = (phrase: readonly WordAt[]): boolean => hasPhrase(phrase, words, placed);
  return all.every(isThere) && !none.some(isThere);
}

function hasPhrase(
  [first, ...rest]: readonly WordAt[],
  words: readonly WordAt[],
  placed: readonly (string | undefined)[],
): boolean {
  if (first === undefined) return true;
  return words.some(
    ({ word, at }) =>
      word.startsWith(first.word) &&
      rest.every((next) => placed[at + next.at - first.at]?.startsWith(next.word) === true),
  );
}
