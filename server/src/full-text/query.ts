/** The words of a query, and what they match. */
import type { TextQuery, WordAt } from "../store/contract/full-text.ts";
import { chunksOf, longestWord } from "./text.ts";

/** The words of a text as a search looks for them, side by side; empty if it has none. */
export const phraseOf = (text: string): WordAt[] => chunksOf(text).flatMap(lookedFor);

/** How many words someone typed: those that are joined count once. */
export const typedWords = (text: string): number => chunksOf(text).length;

/** The first end of a chunk has the whole chunk, unless it is cut: then the other ends have the rest. */
const lookedFor = (chunk: readonly WordAt[]): readonly WordAt[] =>
  chunk[0]!.word.length < longestWord - 1 ? chunk.slice(0, 1) : chunk;

/** The maximum number of words that are joined in each way. */
const mostJoined = 4;

/**
 * The phrase as beginnings of an end of a text (`endsOf`): a text with such an end has the phrase, with its words apart or joined. None if it is
 * too long for that. A text without such an end can have the phrase too, because each of its words may be the beginning of one.
 */
export function joinedPhrases(phrase: readonly WordAt[]): string[] {
  const isWhole = phrase.every(({ word, at }, n) => {
    const next = phrase[n + 1];
    return next === undefined || next.at - at === chunksOf(word).flat().length;
  });
  if (!isWhole) return [];
  const between = phrase.length <= mostJoined ? [" ", "."] : [" "];
  const joined = phrase.reduce<string[]>(
    (starts, { word }, n) =>
      n === 0 ? [word] : starts.flatMap((start) => between.map((mark) => start + mark + word)),
    [],
  );
  return joined.filter(({ length }) => length < longestWord);
}

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
