/** Words of sample events, for the suite: those of the texts of a few slots, as a room above might choose them. */

import type { IndexedEvent, Indexing, TextQuery, WordAt } from "../contract/full-text.ts";
import type { Store } from "../store.ts";

const places = (text: string): WordAt[] =>
  (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).map((word, index) => ({ word, at: index + 1 }));

const wordsOf = ({ type, slots }: IndexedEvent): WordAt[] => {
  const { data } = slots;
  return places(`${type} ${data !== undefined && "json" in data ? data.json : ""}`);
};

export const indexing: Indexing = { slots: ["data"], limit: 400, wordsOf };

/** Indexes all that there is of an organization; how many events. */
export async function indexAll(
  store: Store,
  organizationId: number,
  limit: number = indexing.limit,
): Promise<number> {
  for (let sum = 0; ; ) {
    const count = await store.indexFullText(organizationId, { ...indexing, limit });
    if (count === 0) return sum;
    sum += count;
  }
}

/** Each text is a phrase; one that begins with `-` must not be there. */
export const wanted = (...phrases: string[]): TextQuery => ({
  all: phrases.filter((phrase) => !phrase.startsWith("-")).map(places),
  none: phrases.filter((phrase) => phrase.startsWith("-")).map(places),
});

/** Whether words are there, as a test would decide it. */
export function holds({ all, none }: TextQuery, event: IndexedEvent): boolean {
  const words = wordsOf(event);
  const has = (phrase: readonly WordAt[]): boolean =>
    words.some((_, start) => phrase.every(({ word }, n) => words[start + n]?.word.startsWith(word)));
  return all.every(has) && !none.some(has);
}
