/** Words of sample events, for the suite: those of the texts of a few slots. */

import type { FollowedEvents } from "../contract/followers.ts";
import { fullTextFollower, type IndexedEvent, type TextQuery, type WordAt } from "../contract/full-text.ts";
import type { Store } from "../store.ts";
import { anywhere } from "./anywhere.ts";

const places = (text: string): WordAt[] =>
  (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).map((word, index) => ({ word, at: index + 1 }));

const wordsOf = ({ type, slots }: IndexedEvent): WordAt[] => {
  const { data } = slots;
  return places(`${type} ${data !== undefined && "json" in data ? data.json : ""}`);
};

/** How to index words: which slots are read, and which words an event has. */
export interface Indexing extends FollowedEvents {
  readonly wordsOf: (event: IndexedEvent) => readonly WordAt[];
}

export const indexing: Indexing = { slots: ["data"], limit: 400, wordsOf };

/** Indexes the next events of an organization, like the follower; returns how many. */
export const indexNext = (
  store: Store,
  organizationId: number,
  { wordsOf, ...query }: Indexing,
): Promise<number> =>
  store.write(async (tx) => {
    const key = { name: fullTextFollower, organizationId };
    const position = await tx.lockFollower(key);
    const events = position && (await tx.followedEvents(organizationId, position, query));
    const last = events?.at(-1);
    if (events === undefined || last === undefined) return 0;
    await tx.insertWords(events, wordsOf);
    await tx.moveFollower(key, { logNo: last.logNo, next: last.seq + 1n });
    return events.length;
  }, anywhere);

/** Indexes all events of an organization; returns how many. */
export async function indexAll(
  store: Store,
  organizationId: number,
  limit: number = indexing.limit,
): Promise<number> {
  for (let sum = 0; ; ) {
    const count = await indexNext(store, organizationId, { ...indexing, limit });
    if (count === 0) return sum;
    sum += count;
  }
}

/** Each text is a phrase; one that begins with `-` must not occur. */
export const wanted = (...phrases: string[]): TextQuery => ({
  all: phrases.filter((phrase) => !phrase.startsWith("-")).map(places),
  none: phrases.filter((phrase) => phrase.startsWith("-")).map(places),
});

/** Whether words occur, as a test decides it. */
export function holds({ all, none }: TextQuery, event: IndexedEvent): boolean {
  const words = wordsOf(event);
  const has = (phrase: readonly WordAt[]): boolean =>
    words.some((_, start) => phrase.every(({ word }, n) => words[start + n]?.word.startsWith(word)));
  return all.every(has) && !none.some(has);
}
