/** Turns a row of the table event into a StoredEvent, or an event of a walk. Every column is read by a reader of its own: these rows come by the thousand. */
import type { SlotName } from "daybook/internal";
import type { KeptSlot, StoredEvent } from "../../contract/events.ts";
import type { WalkedEvent, WalkedSlot } from "../../contract/pages.ts";
import { type MemberReaders, memberReaders, type RowShape, readersOf } from "../statements/row-shape.ts";
import type { Row } from "../statements/session.ts";
import {
  type EventMembers,
  eventColumns,
  eventMembers,
  type SlotColumn,
  selectEvent,
  slotColumns,
} from "./columns.ts";

const saltBytes = 16;
const digestBytes = 32;

/** The slots of a row, by the readers of their columns. */
function readSlots(
  row: Row,
  readers: readonly ((row: Row) => string | null)[],
  { erased, salts, digests }: Pick<EventMembers, "erased" | "salts" | "digests">,
): Partial<Record<SlotName, KeptSlot>> {
  const slots: Partial<Record<SlotName, KeptSlot>> = {};
  let saltAt = 0;
  let digestAt = 0;
  for (let index = 0; index < slotColumns.length; index++) {
    const { slot, bit } = slotColumns[index]!;
    const json = readers[index]!(row);
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

function eventReader(first: number): (row: Row) => StoredEvent {
  const { of, width } = memberReaders(eventMembers, first);
  const readers = readersOf<string | null>(slotColumns, first + width);
  return (row) => ({
    organizationId: of.organizationId(row),
    logNo: of.logNo(row),
    seq: of.seq(row),
    id: of.id(row),
    type: of.type(row),
    occurredAt: of.occurredAt(row),
    recordedAt: of.recordedAt(row),
    outcome: of.outcome(row),
    leafHash: of.leafHash(row),
    slots: readSlots(row, readers, {
      erased: of.erased(row),
      salts: of.salts(row),
      digests: of.digests(row),
    }),
  });
}

/** Reads a whole event, from the columns of `selectEvent`. */
export const readEvent: (row: Row) => StoredEvent = eventReader(0);

/** A whole event of `event e`, as a part of a row. */
export const storedEvent: RowShape<StoredEvent> = {
  columns: selectEvent,
  width: eventColumns.length,
  from: eventReader,
  read: readEvent,
};

const { leafHash: hashColumn, salts: _salts, digests: _digests, ...walkedMembers } = eventMembers;
const walked: MemberReaders<Omit<EventMembers, "leafHash" | "salts" | "digests">> =
  memberReaders(walkedMembers);

/** The columns of a walk with these slots as a list for SELECT, from the table with the alias `e`; the leaf hash comes last. */
export const selectWalked = (slots: readonly SlotColumn[], leafHash = false): string =>
  [
    ...Object.values(walkedMembers).map(({ columns }) => columns),
    ...slots.map(({ column }) => column),
    ...(leafHash ? [hashColumn.columns] : []),
  ]
    .map((column) => `e.${column}`)
    .join(", ");

/** A reader of the rows of a walk with these slots. */
export function walkedReader(slots: readonly SlotColumn[], leafHash = false): (row: Row) => WalkedEvent {
  const { of, width: firstSlot } = walked;
  const readers = readersOf<string | null>(slots, firstSlot);
  const hash = hashColumn.from(firstSlot + slots.length);
  return (row) => {
    const read: Partial<Record<SlotName, WalkedSlot>> = {};
    for (let index = 0; index < slots.length; index++) {
      const json = readers[index]!(row);
      if (json !== null) read[slots[index]!.slot] = { json };
    }
    const erased = of.erased(row);
    if (erased !== 0) {
      for (const { slot, bit } of slotColumns) if ((erased & bit) !== 0) read[slot] = { digest: undefined };
    }
    return {
      organizationId: of.organizationId(row),
      logNo: of.logNo(row),
      seq: of.seq(row),
      id: of.id(row),
      type: of.type(row),
      occurredAt: of.occurredAt(row),
      recordedAt: of.recordedAt(row),
      outcome: of.outcome(row),
      ...(leafHash ? { leafHash: hash(row) } : {}),
      slots: read,
    };
  };
}
