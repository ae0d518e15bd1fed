/**
 * Reads events in the binary format of COPY (PostgreSQL, "COPY", "Binary Format") in place: a row is the number of its fields, and each
 * field is its length, or -1 for null, and its value.
 */
import type { Outcome, SlotName } from "daybook/internal";
import type { PageEventBytes } from "../../contract/page-bytes.ts";
import type { HashedEvent, PageKey, WalkedEvent, WalkedSlot } from "../../contract/pages.ts";
import type { EventBytes } from "../../contract/walks.ts";
import type { CopiedBytes } from "../statements/copied-bytes.ts";
import { outcomeOf, type SlotColumn, slotColumns } from "./columns.ts";

/** The columns with a size, which are never null, come first: so each is at the same distance from the start of a row. */
const sized = [
  ["log_no", 2],
  ["seq", 8],
  ["id", 16],
  ["occurred_at", 8],
  ["recorded_at", 8],
  ["outcome", 1],
  ["erased", 4],
] as const;
type SizedColumn = (typeof sized)[number][0];

const fieldStart = 4;
/** The number of fields. */
const rowStart = 2;

function distances(): Record<SizedColumn | "type", number> {
  const at: Partial<Record<SizedColumn | "type", number>> = {};
  let next = rowStart + fieldStart;
  for (const [name, size] of sized) {
    at[name] = next;
    next += size + fieldStart;
  }
  return { ...(at as Record<SizedColumn, number>), type: next };
}
const at = distances();
const fieldsBeforeSlots = sized.length + 1;
/** After the slots of a page: the leaf hash, and the name of the organization. */
const hashBytes = 32;
const fieldsOfPage = 2;
/** -1 in the place of a number of fields. */
const trailer = 0xffff;

/** The columns of a row with these slots as a list for SELECT, from the table with the alias `e`. */
export const selectBytes = (slots: readonly SlotColumn[]): string =>
  [...sized.map(([name]) => name), "type", ...slots.map(({ column }) => column)]
    .map((column) => `e.${column}`)
    .join(", ");

/** The columns of the rows of a page of the organization that is the first parameter. */
export const selectPageBytes = (slots: readonly SlotColumn[]): string =>
  `${selectBytes(slots)}, e.leaf_hash, (SELECT o.name FROM organization o WHERE o.organization_id = $1)`;

/** The columns of these slots, in their order. */
export const columnsOfSlots = (slots: readonly SlotName[]): SlotColumn[] =>
  slots.map((name) => slotColumns.find(({ slot }) => slot === name)!);

/** Microseconds from 1970 to 2000, from which PostgreSQL counts. */
const postgresEpoch = 946_684_800_000_000;

/** Rows in memory. */
type RowBytes = Pick<CopiedBytes, "bytes" | "start" | "end">;
const noRows: RowBytes = { bytes: Buffer.alloc(0), start: 0, end: 0 };

/** The rows of one chunk. */
export class CopiedEvents implements EventBytes {
  readonly slots: Int32Array;
  bytes: Buffer;
  logNo = 0;
  seq = 0;
  occurredAt = 0;
  recordedAt = 0;
  isErased = false;
  id = 0;
  type = 0;
  typeEnd = 0;
  readonly #columns: readonly SlotColumn[];
  readonly #organizationId: number;
  #end: number;
  /** Where the current row starts, and the next. */
  #row = 0;
  #next: number;

  constructor(copied: RowBytes, columns: readonly SlotColumn[], organizationId: number) {
    this.bytes = copied.bytes;
    this.slots = new Int32Array(2 * columns.length);
    this.#columns = columns;
    this.#organizationId = organizationId;
    this.#next = copied.start;
    this.#end = copied.end;
  }

  next(): boolean {
    const row = this.#next;
    // without a trailer if rows were dropped
    if (row >= this.#end) return false;
    const fields = this.#int16(row);
    if (fields === trailer) return false;
    if (fields !== fieldsBeforeSlots + this.#columns.length + this.fieldsAfterSlots)
      throw new RangeError("Not a row of this chunk.");
    this.#row = row;
    this.logNo = this.#int16(row + at.log_no);
    this.seq = this.#int64(row + at.seq);
    this.occurredAt = this.#int64(row + at.occurred_at) + postgresEpoch;
    this.recordedAt = this.#int64(row + at.recorded_at) + postgresEpoch;
    this.isErased = this.#int32(row + at.erased) !== 0;
    this.id = row + at.id;
    this.type = row + at.type;
    this.typeEnd = this.type + this.#int32(this.type - fieldStart);
    this.#next = this.readAfterSlots(this.#readSlots(this.typeEnd));
    return true;
  }

  /** Goes on with a row elsewhere. */
  protected goTo(bytes: Buffer): boolean {
    this.bytes = bytes;
    this.#next = 0;
    this.#end = bytes.length;
    return CopiedEvents.prototype.next.call(this);
  }

  get outcome(): Outcome {
    return outcomeOf(String.fromCharCode(this.bytes[this.#row + at.outcome]!));
  }

  event(): WalkedEvent {
    const id = this.bytes.toString("hex", this.id, this.id + 16);
    return {
      organizationId: this.#organizationId,
      logNo: this.logNo,
      seq: BigInt(this.seq),
      id: `${id.slice(0, 8)}-${id.slice(8, 12)}-${id.slice(12, 16)}-${id.slice(16, 20)}-${id.slice(20)}`,
      type: this.bytes.toString("utf8", this.type, this.typeEnd),
      occurredAt: BigInt(this.occurredAt),
      recordedAt: BigInt(this.recordedAt),
      outcome: this.outcome,
      slots: this.#slotTexts(),
    };
  }

  protected get fieldsAfterSlots(): number {
    return 0;
  }

  /** Reads what follows the slots, from its first field on; returns where the row ends. */
  protected readAfterSlots(field: number): number {
    return field;
  }

  /** The end of a field, and so the start of the next. */
  protected endOf(field: number): number {
    const length = this.#int32(field);
    return field + fieldStart + Math.max(0, length);
  }

  #readSlots(first: number): number {
    const { slots } = this;
    let field = first;
    for (let index = 0; index < slots.length; index += 2) {
      const length = this.#int32(field);
      field += fieldStart;
      if (length === -1) {
        slots[index] = slots[index + 1] = -1;
        continue;
      }
      slots[index] = field;
      field += length;
      slots[index + 1] = field;
    }
    return field;
  }

  #slotTexts(): Partial<Record<SlotName, WalkedSlot>> {
    const texts: Partial<Record<SlotName, WalkedSlot>> = {};
    this.#columns.forEach(({ slot }, index) => {
      const start = this.slots[2 * index]!;
      if (start !== -1) texts[slot] = { json: this.bytes.toString("utf8", start, this.slots[2 * index + 1]) };
    });
    const erased = this.#int32(this.#row + at.erased);
    for (const { slot, bit } of slotColumns) if ((erased & bit) !== 0) texts[slot] = { digest: undefined };
    return texts;
  }

  #int16(from: number): number {
    const { bytes } = this;
    return (bytes[from]! << 8) | bytes[from + 1]!;
  }

  #int32(from: number): number {
    const { bytes } = this;
    return (bytes[from]! << 24) | (bytes[from + 1]! << 16) | (bytes[from + 2]! << 8) | bytes[from + 3]!;
  }

  #int64(from: number): number {
    return this.#int32(from) * 2 ** 32 + (this.#int32(from + 4) >>> 0);
  }
}

/** The rows of a page. */
export class PageRows extends CopiedEvents implements PageEventBytes {
  leafHash = 0;
  readonly #rows: readonly Buffer[];
  #read = 0;
  #name = 0;
  #nameEnd = 0;

  constructor(rows: readonly Buffer[], columns: readonly SlotColumn[], organizationId: number) {
    super(noRows, columns, organizationId);
    this.#rows = rows;
  }

  override next(): boolean {
    const row = this.#rows[this.#read++];
    return row !== undefined && this.goTo(row);
  }

  override event(): HashedEvent {
    return { ...super.event(), leafHash: this.bytes.subarray(this.leafHash, this.leafHash + hashBytes) };
  }

  organizationName(): string {
    return this.bytes.toString("utf8", this.#name, this.#nameEnd);
  }

  protected override get fieldsAfterSlots(): number {
    return fieldsOfPage;
  }

  protected override readAfterSlots(field: number): number {
    this.leafHash = field + fieldStart;
    const name = this.endOf(field);
    this.#name = name + fieldStart;
    this.#nameEnd = this.endOf(name);
    return this.#nameEnd;
  }
}

/** How many events a chunk has, and the key of the last. */
export interface ChunkEnd {
  readonly count: number;
  readonly last: PageKey;
}

/** The end of a chunk; undefined if it is empty. */
export function endOf(copied: CopiedBytes, columns: readonly SlotColumn[]): ChunkEnd | undefined {
  const events = new CopiedEvents(copied, columns, 0);
  let count = 0;
  while (events.next()) count++;
  if (count === 0) return undefined;
  const { occurredAt, seq, logNo } = events;
  return { count, last: { occurredAt: BigInt(occurredAt), seq: BigInt(seq), logNo } };
}
