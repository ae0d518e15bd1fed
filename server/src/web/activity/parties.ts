/** Who and what a list of events names, by the values that filters take. */
import { type Actor, partyKey, type RecordedEvent, type Target } from "daybook/event";
import type { Suggestion } from "../components/text-input/text-input.tsx";

type Named = Readonly<Record<"actor" | "target", readonly Suggestion[]>>;

/** Events of many targets don't make a long page of it. */
const most = 50;

/** Each once, the newest of them, as the newest event calls it that has a name for it. */
export const partiesOf = (events: readonly RecordedEvent[]): Named => ({
  actor: each(events.flatMap(({ actor }) => actor ?? [])),
  target: each(events.flatMap(({ targets = [] }) => targets)),
});

function each(parties: readonly (Actor | Target)[]): Suggestion[] {
  const names = new Map<string, string>();
  for (const party of parties) {
    const value = partyKey(party);
    const { name = "" } = party;
    names.set(value, names.get(value) || name);
  }
  return [...names].slice(0, most).map(([value, name]) => ({ value, label: name || undefined }));
}
