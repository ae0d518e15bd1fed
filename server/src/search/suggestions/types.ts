/** Suggests event types by the words of their names and titles, and groups of them by their beginnings: `API_CLIENT_*`. */
import type { SlotName } from "daybook/internal";
import { holdsPhrase, phraseOf } from "../../full-text/index.ts";
import type { WordAt } from "../../store/contract/full-text.ts";
import type { Reads } from "../../store/store.ts";
import type { TitledType } from "../breakdown.ts";
import type { SuggestedValue, SuggestionQuery } from "./suggestion.ts";

/** How many of the newest events say which types come first. */
const eventsLooked = 200;
/** The maximum number of groups, and the fewest types of one. */
const [mostGroups, fewestTypes] = [3, 2];
const noSlots: readonly SlotName[] = [];

export async function typeSuggestions(
  reads: Pick<Reads, "page">,
  types: readonly TitledType[],
  { organizationId, filter, text, most }: SuggestionQuery,
): Promise<SuggestedValue[]> {
  const phrase = phraseOf(text);
  const newest = await reads.page({ organizationId, filter, limit: eventsLooked, slots: noSlots });
  const recent = [...new Set(newest.map(({ type }) => type))];
  const rankOf = ({ name }: TitledType): number => {
    const rank = recent.indexOf(name);
    return rank === -1 ? recent.length : rank;
  };
  const fitting = types
    .filter(({ name, title }) => has(name, phrase) || has(title, phrase))
    .sort((a, b) => rankOf(a) - rankOf(b));
  const groups = phrase.length === 0 ? [] : groupsOf(types, phrase);
  return [...groups, ...fitting.map(({ name, title }) => ({ value: name, label: title }))].slice(0, most);
}

const has = (text: string, phrase: readonly WordAt[]): boolean =>
  phrase.length === 0 || holdsPhrase(text, phrase);

/** What a search accepts before `*`. */
const beginning = /^[A-Za-z][\w.:/-]*$/;

/** The beginnings that several types share and that have these words, the shortest first. */
function groupsOf(types: readonly TitledType[], phrase: readonly WordAt[]): SuggestedValue[] {
  const counts = new Map<string, number>();
  for (const { name } of types) {
    for (const { index } of name.matchAll(/[._:/-](?=.)/g)) {
      const start = name.slice(0, index + 1);
      counts.set(start, (counts.get(start) ?? 0) + 1);
    }
  }
  const isSame = (start: string, count: number): boolean =>
    [...counts].some(
      ([longer, own]) => longer.length > start.length && longer.startsWith(start) && own === count,
    );
  return [...counts]
    .filter(([start, count]) => count >= fewestTypes && beginning.test(start) && has(start, phrase))
    .filter(([start, count]) => !isSame(start, count))
    .sort(([a], [b]) => a.length - b.length)
    .slice(0, mostGroups)
    .map(([start, count]) => ({ value: `${start}*`, label: `${start}*`, detail: `${count} types` }));
}
