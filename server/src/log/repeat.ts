/**
 * The same id again (spec/recording.md): whether a new event is the one that is recorded under its id. It compares the JCS text of slots,
 * which is equivalent to comparing digests with the stored salts. Erased slots are ignored.
 */
import {
  type DaybookError,
  type RecordedBy,
  refuse,
  type SlotName,
  serverSlots,
  slotNames,
} from "daybook/internal";
import type { StoredEvent } from "../store/contract/events.ts";
import type { PreparedEvent, StoredAs } from "./prepared.ts";

const comparedSlots: readonly SlotName[] = slotNames.filter((name) => !serverSlots.includes(name));

export const storedAs = (event: Pick<StoredEvent, "type" | "slots">): StoredAs => ({
  type: event.type,
  version: numberIn(event, "typeVersion"),
  rules: numberIn(event, "rules"),
});

/** The relation of a repeat to the recorded event: the same, different, or normalized by other versions. */
export type Likeness = "same" | "other" | StoredAs;

/** The event to compare with: a recorded one, or an earlier one of the same batch, whose time may still be unknown. */
export type Earlier = Pick<StoredEvent, "type" | "outcome" | "slots"> & {
  readonly occurredAt: bigint | undefined;
};

/** Compares an event with the one that is recorded, or about to be, under the same id. */
export function compare(event: PreparedEvent, recorded: Earlier): Likeness {
  if (event.type !== recorded.type || event.outcome !== recorded.outcome) return "other";
  if (event.occurredAt !== undefined && event.occurredAt !== recorded.occurredAt) return "other";
  const stored = storedAs(recorded);
  if (stored.version !== event.version || stored.rules !== event.rules) return stored;
  return comparedSlots.every((name) => sameSlot(name, event, recorded)) ? "same" : "other";
}

function sameSlot(name: SlotName, event: PreparedEvent, recorded: Earlier): boolean {
  const mine = event.slots[name];
  const kept = recorded.slots[name];
  if (mine === undefined || kept === undefined) return mine === kept;
  return "digest" in kept || mine.json === kept.json;
}

/** True if the recorded event has exactly the salts of this one: an earlier attempt of this request recorded it. */
export function isOwnAttempt(event: PreparedEvent, recorded: Pick<StoredEvent, "slots">): boolean {
  const mine = event.slots.recordedBy;
  const kept = recorded.slots.recordedBy;
  if (mine === undefined || kept === undefined || "digest" in kept) return false;
  return Buffer.compare(mine.salt, kept.salt) === 0;
}

/** True if the caller recorded the event. If the recorder was erased, false. */
export function isRecorder(caller: RecordedBy | undefined, recorded: Pick<Earlier, "slots">): boolean {
  const kept = recorded.slots.recordedBy;
  if (caller === undefined || kept === undefined || "digest" in kept) return false;
  const { type, id }: RecordedBy = JSON.parse(kept.json);
  return type === caller.type && id === caller.id;
}

/** `pointer` is that of the event. */
export const reused = (pointer: string): DaybookError =>
  refuse("id-reused", {
    pointer: `${pointer}/id`,
    detail: "This id was already recorded with another body.",
    remedy: "Use a new id for a new event. To retry, send the event unchanged.",
  });

/** A number that an event has only if it is over 1. */
function numberIn(event: Pick<StoredEvent, "slots">, slot: "typeVersion" | "rules"): number {
  const kept = event.slots[slot];
  return kept === undefined || "digest" in kept ? 1 : Number(kept.json);
}
