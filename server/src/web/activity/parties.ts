/** Who and what a list of events names, by the values that filters take. */
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

/** Events of many targets don't make a long page of it. */
const most = 50;

/**
 * Each once, the newest of them, as the newest event calls it that has a name for it; parties of Daybook's as Daybook calls them, not
 * as others do.
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
