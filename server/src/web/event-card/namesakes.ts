/** Different parties of a page whose names are the same, or look so: an API client "Bob" and a user whose B is Cyrillic. */
import { type Actor, partyKey, type RecordedEvent, type Target } from "daybook/internal";
import { looksOf } from "../kit/components/marked-text/look-alikes.ts";

/** The names of Daybook and of the holder of its operator token: a party with such a name is distinguished on every page. */
const daybooksNames: readonly (readonly [string, string])[] = [
  ["Daybook", "system:daybook"],
  ["operator", "user:operator"],
];

/** Whether another party of the page can be mistaken for it. */
export type HasNamesake = (party: Actor | Target) => boolean;

/** For the events of a page. */
export function namesakesOf(events: readonly RecordedEvent[]): HasNamesake {
  const looks = new Map<string, string>();
  const parties = new Map(daybooksNames.map(([name, party]) => [looksOf(name), new Set([party])]));
  for (const { actor, targets = [] } of events)
    for (const party of actor === undefined ? targets : [actor, ...targets]) {
      if (!party.name) continue;
      const look = looks.get(party.name) ?? looksOf(party.name);
      looks.set(party.name, look);
      const of = parties.get(look);
      if (of === undefined) parties.set(look, new Set([partyKey(party)]));
      else of.add(partyKey(party));
    }
  return ({ name = "" }) => (parties.get(looks.get(name) ?? "")?.size ?? 0) > 1;
}
