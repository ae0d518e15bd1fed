/** Turns a stored event into the event as it is read back, with its personal members in their places. */
import {
  type EventInput,
  formatTime,
  type Json,
  joinPersonal,
  type OrganizationName,
  type RecordedBy,
  type RecordedEvent,
  type SlotName,
  type Slots,
  slotNames,
} from "daybook/internal";
import type { HashedEvent } from "../store/contract/pages.ts";

/** The slots that are never members of the event as it is read back. */
const envelope: readonly SlotName[] = ["recordedBy", "rules", "typeVersion"];

/** The slots of the event as it is read back. */
export const recordedSlots: readonly SlotName[] = slotNames.filter(
  (name) => name === "recordedBy" || !envelope.includes(name),
);

/** The event as it is read back. `organization` gives its present name. */
export function toRecordedEvent(stored: HashedEvent, organization: OrganizationName): RecordedEvent {
  const slots: Slots = {};
  const erased: SlotName[] = [];
  for (const name of slotNames) {
    const slot = stored.slots[name];
    if (slot === undefined) continue;
    if ("digest" in slot) erased.push(name);
    else if (!envelope.includes(name)) slots[name] = readSlot(slot.json);
  }
  const content: Partial<EventInput> = joinPersonal(slots);
  return {
    id: stored.id,
    type: stored.type,
    occurredAt: formatTime(stored.occurredAt),
    ...content,
    outcome: stored.outcome,
    organization: { id: organization.id, slug: organization.slug, name: organization.name },
    seq: Number(stored.seq),
    recordedAt: formatTime(stored.recordedAt),
    leafHash: Buffer.from(stored.leafHash).toString("base64"),
    ...recordedByOf(stored),
    ...(erased.length > 0 ? { erased } : {}),
  } as RecordedEvent;
}

/** Stored texts are canonical JSON from the strict reader, which the built-in parser reads exactly. */
const readSlot = (json: string): Json => JSON.parse(json);

const readers = new Map<string, { recordedBy: RecordedBy }>();

/** A cache: few callers record most events. */
function recordedByOf(stored: HashedEvent): { recordedBy?: RecordedBy } {
  const slot = stored.slots.recordedBy;
  if (slot === undefined || "digest" in slot) return {};
  let read = readers.get(slot.json);
  if (read === undefined) {
    read = { recordedBy: JSON.parse(slot.json) as RecordedBy };
    if (readers.size >= 1000) readers.clear();
    readers.set(slot.json, read);
  }
  return read;
}
