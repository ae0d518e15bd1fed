/** Suggests paths of changes: those of the newest events first, then all that the index has. */
import { inWords, pointerNames, type SlotName } from "daybook/internal";
import { holdsPhrase, phraseOf } from "../../full-text/index.ts";
import type { Reads } from "../../store/store.ts";
import { type FindReads, indexedValues } from "../full-text/index.ts";
import { textsIn } from "../party-names.ts";
import type { SuggestedValue, SuggestionQuery } from "./suggestion.ts";

/** How many of the newest events are looked at; of a reader who sees those of one target, all suggestions are from these. */
const eventsLooked = 200;
/** Longer paths are not suggested: a search has few characters more. */
const longestPath = 500;
const changes: readonly SlotName[] = ["changes"];

interface FieldQuery extends SuggestionQuery {
  /** Whether the reader sees every event of the organization: the index doesn't say whose a term is. */
  readonly seesAll: boolean;
}

export async function fieldSuggestions(
  reads: FindReads & Pick<Reads, "page">,
  { organizationId, filter, text, most, seesAll }: FieldQuery,
): Promise<SuggestedValue[]> {
  const newest = await reads.page({ organizationId, filter, limit: eventsLooked, slots: changes });
  const recent = newest.flatMap(({ slots }) =>
    (JSON.parse(textsIn(slots)("changes") ?? "[]") as { readonly path: string }[]).map(({ path }) => path),
  );
  const indexed = seesAll ? await indexedValues(reads, organizationId, "changed") : [];
  const phrase = phraseOf(text);
  const typed = text.trim();
  const fits = (path: string): boolean =>
    path.startsWith("/") &&
    path.length <= longestPath &&
    (phrase.length === 0 || (typed.startsWith("/") && path.startsWith(typed)) || isIn(path));
  const isIn = (path: string): boolean =>
    holdsPhrase(path, phrase) || holdsPhrase(pointerNames(path).map(inWords).join(" "), phrase);
  return [...new Set([...recent, ...indexed])]
    .filter(fits)
    .slice(0, most)
    .map((path) => ({ value: path, label: inWords(pointerNames(path).at(-1) ?? "") || path }));
}
