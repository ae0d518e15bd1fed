/**
 * Step 3 of the write path: what is secret is hidden, what is personal goes into slots of its own, and who was
 * authenticated becomes a slot; all before anything is salted. Knows nothing of salts and digests.
 */
import { type NormalEvent, settle, splitPersonal } from "daybook/internal";
import type { AcceptedEvent } from "./accept.ts";
import type { Sender } from "./prepared.ts";

/** The event in slots, with `recordedBy`. */
export function redact(event: AcceptedEvent, { recordedBy, own }: Sender): NormalEvent {
  const { checked, known, rules } = event;
  const normal = splitPersonal(settle(checked, known.type, { own, rules }), known.type);
  if (rules.number > 1) normal.slots.rules = rules.number;
  const { type, id } = recordedBy;
  normal.slots.recordedBy = own === true ? { type, id, own } : { type, id };
  return normal;
}
