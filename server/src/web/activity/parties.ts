/** The actors and targets in a list of events, as values of filters. */
import {
  type Actor,
  isDaybooksParty,
  partyKey,
  type RecordedEvent,
  sourceOf,
  type Target,
} from "daybook/internal";
import type { Suggestion } from "../kit/components/text-input/text-input.tsx";

type NamedParties = Readonly<Record<"actor" | "target", readonly Suggestion[]>>;

/** The maximum, so that events with many targets don't make the page long. */
const most = 50;

/**
 * Each once, newest first, with the name in its newest event that has one; parties of Daybook's have the name that Daybook gives, not that
 * of others.
 */
export const partiesOf = (events: readonly RecordedEvent[]): NamedParties => ({
  actor: each(events, ({ actor }) => (actor === undefined ? [] : [actor])),
  target: each(events, ({ targets = [] }) => targets),
});

function each(
  events: readonly RecordedEvent[],
  partiesIn: (event: RecordedEvent) => readonly (Actor | Target)[],
): Suggestion[] {
  const names = new Map<string, string>();
  for (const event of events) {
    const isDaybooksWord = sourceOf(event) === "daybook";
    for (const party of partiesIn(event)) {
      const value = partyKey(party);
      const { name = "" } = party;
      const isTrusted = isDaybooksWord || !isDaybooksParty(value);
      names.set(value, names.get(value) || (isTrusted ? name : ""));
    }
  }
  return [...names].slice(0, most).map(([value, name]) => ({ value, label: name || undefined }));
}
