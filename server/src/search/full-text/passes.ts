/** Whether an event in memory passes a filter: the same as the store's filter, whose tests define it. */
import { partyKey, type RecordedBy, type Source, sourceOf } from "daybook/internal";
import type { Filter, WalkedEvent, WalkedSlot } from "../../store/contract/pages.ts";

type SearchParty = Parameters<typeof partyKey>[0];

const isAmong = <T>(list: readonly T[] | undefined, value: T): boolean =>
  !list?.length || list.includes(value);

/** An erased value matches nothing. */
const partiesOf = (slot: WalkedSlot | undefined): string[] =>
  slot === undefined || "digest" in slot
    ? []
    : [JSON.parse(slot.json) as SearchParty | SearchParty[]].flat().map(partyKey);

const sourceIn = (slot: WalkedSlot | undefined): Source =>
  slot === undefined || "digest" in slot
    ? sourceOf({})
    : sourceOf({ recordedBy: JSON.parse(slot.json) as RecordedBy });

export function passes(
  { type, occurredAt, outcome, slots }: Pick<WalkedEvent, "type" | "occurredAt" | "outcome" | "slots">,
  filter: Filter,
): boolean {
  const { types, actors, targets, outcomes, recordedBy, from, to } = filter;
  return (
    isAmong(types, type) &&
    isAmong(outcomes, outcome) &&
    (recordedBy === undefined || recordedBy === sourceIn(slots.recordedBy)) &&
    (from === undefined || occurredAt >= from) &&
    (to === undefined || occurredAt < to) &&
    (!actors?.length || partiesOf(slots.actor).some((key) => actors.includes(key))) &&
    (!targets?.length || partiesOf(slots.targets).some((key) => targets.includes(key)))
  );
}
