/** Turns a row of the table event into a StoredEvent. */
import type { SlotName } from "daybook/internal";
import type { KeptSlot, StoredEvent } from "../../contract/events.ts";
import type { WalkedEvent, WalkedSlot } from "../../contract/pages.ts";
import { outcomeOf, type SlotColumn, slotColumns } from "./columns.ts";

/** A row as these connections return it: by position, in the order of `eventColumns`. */
export type EventRow = readonly unknown[];

const firstSlot = 12;
const saltBytes = 16;
const digestBytes = 32;

function readSlots(row: EventRow): Partial<Record<SlotName, KeptSlot>> {
  const erased = row[9] as number;
  const salts = row[10] as Buffer;
  const digests = row[11] as Buffer | null;
  const slots: Partial<Record<SlotName, KeptSlot>> = {};
  let saltAt = 0;
  let digestAt = 0;
  for (let index = 0; index < slotColumns.length; index++) {
    const { slot, bit } = slotColumns[index]!;
    const json = row[firstSlot + index] as string | null;
    if (json !== null) {
      slots[slot] = { json, salt: salts.subarray(saltAt, saltAt + saltBytes) };
      saltAt += saltBytes;
    } else if ((erased & bit) !== 0) {
      slots[slot] = { digest: digests!.subarray(digestAt, digestAt + digestBytes) };
      digestAt += digestBytes;
    }
  }
  return slots;
}

export const readEvent = (row: EventRow): StoredEvent => ({
  organizationId: row[0] as number,
  logNo: row[1] as number,
  seq: row[2] as bigint,
  id: row[3] as string,
  type: row[4] as string,
  occurredAt: row[5] as bigint,
  recordedAt: row[6] as bigint,
  outcome: outcomeOf(row[7] as string),
  leafHash: row[8] as Buffer,
  slots: readSlots(row),
});

/** The columns that a walk reads in addition to the requested slots, in the order of `readWalked`. */
const walkedColumns = [
  "organization_id",
  "log_no",
  "seq",
  "id",
  "type",
  "occurred_at",
  "recorded_at",
  "outcome",
  "erased",
] as const;
const firstWalkedSlot = walkedColumns.length;

/** The columns of a walk as a list for SELECT, from the table with the alias `e`; the leaf hash comes last. */
export const selectWalked = (slots: readonly SlotColumn[], leafHash = false): string =>
  [...walkedColumns, ...slots.map(({ column }) => column), ...(leafHash ? ["leaf_hash"] : [])]
    .map((column) => `e.${column}`)
    .join(", ");

/** A reader of the rows of a walk with these slots. */
export function walkedReader(slots: readonly SlotColumn[], leafHash = false): (row: EventRow) => WalkedEvent {
  const hashAt = firstWalkedSlot + slots.length;
  return (row) => {
    const read: Partial<Record<SlotName, WalkedSlot>> = {};
    for (let index = 0; index < slots.length; index++) {
      const json = row[firstWalkedSlot + index] as string | null;
      if (json !== null) read[slots[index]!.slot] = { json };
    }
    const erased = row[8] as number;
    if (erased !== 0) {
      for (const { slot, bit } of slotColumns) if ((erased & bit) !== 0) read[slot] = { digest: undefined };
    }
    return {
      organizationId: row[0] as number,
      logNo: row[1] as number,
      seq: row[2] as bigint,
      id: row[3] as string,
      type: row[4] as string,
      occurredAt: row[5] as bigint,
      recordedAt: row[6] as bigint,
      outcome: outcomeOf(row[7] as string),
      ...(leafHash ? { leafHash: row[hashAt] as Buffer } : {}),
      slots: read,
    };
  };
}
