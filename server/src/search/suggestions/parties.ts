/** Suggests actors and targets by the beginning of a word of their name, email address or id, from the newest events that have it. */
import { type EventCondition, holdsPhrase, phraseOf } from "../../full-text/index.ts";
import { type FindReads, find } from "../full-text/index.ts";
import { type ListedParty, type PartyKind, partiesIn, textsIn } from "../party-names.ts";
import type { SuggestedValue, SuggestionQuery } from "./suggestion.ts";

/** How often events are looked for, each time without the parties that are known, and how many events at a time. */
const [rounds, eventsTogether] = [3, 60];

export async function partySuggestions(
  reads: FindReads,
  kind: PartyKind,
  { organizationId, filter, text, most }: SuggestionQuery,
): Promise<SuggestedValue[]> {
  const { type, words } = typedParty(text);
  const phrase = phraseOf(words);
  const hasWords = ({ texts }: ListedParty): boolean =>
    phrase.length === 0 || texts.some((one) => holdsPhrase(one, phrase));
  const known = new Map<string, ListedParty>();
  const fitting = (): ListedParty[] => [...known.values()].filter(({ value }) => value.startsWith(type));
  for (let round = 0; round < rounds && fitting().length < most; round++) {
    const before = known.size;
    const anyOf: EventCondition[][] = phrase.length === 0 ? [] : [[{ within: kind, phrase }]];
    const noneOf = [...known.keys()].map((value): EventCondition => ({ kind, value }));
    const query = { organizationId, filter, wanted: { all: [], none: [], anyOf, noneOf } };
    const { events } = await find(reads, { ...query, limit: eventsTogether });
    for (const { slots } of events) {
      for (const party of partiesIn(kind, textsIn(slots)).filter(hasWords)) {
        // a name that Daybook gave takes the place of one that others gave
        if (known.get(party.value)?.isTrusted !== true) known.set(party.value, party);
      }
    }
    if (events.length < eventsTogether || known.size === before) break;
  }
  return fitting()
    .slice(0, most)
    .map(({ value, label, detail }) => ({ value, label, ...(detail !== undefined && { detail }) }));
}

const reference = /^([a-z][a-z0-9_]{0,31}:)(.*)$/s;

/** The type of `type:id` with its colon, and the words to look for. */
function typedParty(text: string): { readonly type: string; readonly words: string } {
  const [, type = "", words = text] = reference.exec(text.trimStart()) ?? [];
  return { type, words };
}
