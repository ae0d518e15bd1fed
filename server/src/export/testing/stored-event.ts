/** Stored events for tests, made by the library's own steps from an event input. */
import {
  canonicalize,
  type EventInput,
  type Json,
  type JsonObject,
  normalise,
  parseTime,
  type SlotName,
  type TypeRules,
} from "daybook/internal";
import type { KeptSlot, StoredEvent } from "../../store/contract/events.ts";

const noRules = (name: string): TypeRules => ({
  name,
  version: 1,
  labels: {},
  secret: { changes: [] },
  plain: { changes: [], data: [] },
  personal: { changes: [], data: [] },
});

/** The event of an input, without a recorder. `rules` are those of its type. */
export function storedEvent(input: EventInput, rules: Partial<TypeRules> = {}): StoredEvent {
  const now = parseTime("2026-11-22T12:00:00.123456Z") as bigint;
  const normal = normalise(input as unknown as JsonObject, {
    rules: (type) => ({ ...noRules(type), ...rules }),
    now,
  });
  const slots: Partial<Record<SlotName, KeptSlot>> = {};
  for (const [name, value] of Object.entries(normal.slots)) {
    slots[name as SlotName] = { json: canonicalize(value as Json), salt: new Uint8Array(16) };
  }
  return {
    organizationId: 1,
    logNo: 0,
    seq: 1n,
    id: normal.id ?? "019aab3c-0000-7000-8000-000000000000",
    type: normal.type,
    occurredAt: normal.occurredAt ?? now,
    recordedAt: now,
    outcome: normal.outcome,
    leafHash: new Uint8Array(32),
    slots,
  };
}

/** The same event with some slots erased. */
export function erased(event: StoredEvent, ...names: SlotName[]): StoredEvent {
  const slots = { ...event.slots };
  for (const name of names) slots[name] = { digest: new Uint8Array(32) };
  return { ...event, slots };
}

/** The same event with this slot, like those that the server sets. */
export function withSlot(event: StoredEvent, name: SlotName, value: Json): StoredEvent {
  return {
    ...event,
    slots: { ...event.slots, [name]: { json: canonicalize(value), salt: new Uint8Array(16) } },
  };
}
