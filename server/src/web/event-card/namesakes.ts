/**
 * Parties of a page whose names are the same, or look so, and that are not the same: an API client "Bob" and a user whose B is
 * Cyrillic. It refuses to know how they are told apart.
 */
import { type Actor, partyKey, type RecordedEvent, type Target } from "daybook/internal";
import { looksOf } from "../kit/components/marked-text/look-alikes.ts";

/** What Daybook and the holder of its operator token are called: who has such a name is told from them on every page. */
const daybooksNames: readonly (readonly [string, string])[] = [
  ["Daybook", "system:daybook"],
  ["operator", "user:operator"],
];

/** Whether another party of the page is taken for it. */
export type HasNamesake = (party: Actor | Target) => boolean;

/** Of the events that a page shows. */
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
