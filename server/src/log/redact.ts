/**
 * Step 3 of recording: hides secrets, moves personal members to slots of their own, and adds the authenticated caller as a slot; all before
 * anything is salted.
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
