/**
 * Step 3 of the write path: what is personal goes into slots of its own (secret values were hidden when the changes were
 * made, before anything is salted), and who was authenticated becomes a slot. Knows nothing of salts and digests.
 */
import { type NormalEvent, type RecordedBy, splitPersonal } from "daybook/event";
import type { AcceptedEvent } from "./accept.ts";

/** The event in slots, with `recordedBy`. */
export function redact(event: AcceptedEvent, recordedBy: RecordedBy): NormalEvent {
  const normal = splitPersonal(event.checked, event.known.type);
  normal.slots.recordedBy = { type: recordedBy.type, id: recordedBy.id };
  return normal;
}
