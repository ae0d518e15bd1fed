/**
 * The columns of the table event, and the owner of each: the column is rebuilt from the leaf, or belongs to one slot and is erased with it.
 * A test compares this table with the schema.
 */
import type { Outcome, SlotName } from "daybook/internal";
import type { StoredEvent } from "../../contract/events.ts";
import type { PageKey } from "../../contract/pages.ts";
import { column, columnBy, type MemberShapes, type RowShape, rowShape } from "../statements/row-shape.ts";

/** One slot and its column. The order is that of the bits in `erased`, and of salts and digests: new slots go to the end. */
export interface SlotColumn {
  readonly slot: SlotName;
  readonly column: string;
  readonly bit: number;
}

const slotOrder: readonly (readonly [SlotName, string])[] = [
  ["actor", "actor"],
  ["actorPersonal", "actor_personal"],
  ["changes", "changes"],
  ["changesPersonal", "changes_personal"],
  ["context", "context"],
  ["data", "data"],
  ["dataPersonal", "data_personal"],
  ["producer", "producer"],
  ["reason", "reason"],
  ["recordedBy", "recorded_by"],
  ["rules", "rules"],
  ["targets", "targets"],
  ["targetsPersonal", "targets_personal"],
  ["typeVersion", "type_version"],
];

export const slotColumns: readonly SlotColumn[] = slotOrder.map(([slot, name], index) => ({
  slot,
  column: name,
  bit: 1 << index,
}));

/**
 * The owner of a column: `leaf` is rebuilt from the leaf's own members or is its hash; `digests` has the parts of the leaf's `sd` (salts of
 * stored slots, digests of erased ones); otherwise the one slot that owns it.
 */
export type Owner = "leaf" | "digests" | { readonly slot: SlotName };

export const owners: Readonly<Record<string, Owner>> = {
  organization_id: "leaf",
  log_no: "leaf",
  seq: "leaf",
  id: "leaf",
  type: "leaf",
  type_hash: "leaf",
  occurred_at: "leaf",
  recorded_at: "leaf",
  outcome: "leaf",
  leaf_hash: "leaf",
  erased: "digests",
  salts: "digests",
  digests: "digests",
  actor_key: { slot: "actor" },
  actor_hash: { slot: "actor" },
  ...Object.fromEntries(slotColumns.map(({ slot, column: name }) => [name, { slot }])),
};

/** Other tables that have a part of a slot. */
export const ownedTables: Readonly<Record<string, Owner>> = { event_target: { slot: "targets" } };

/** Whether Daybook did the event `e` itself; null if the recorder was erased. The expression of the index event_by_daybook. */
export const byDaybook = `(e.recorded_by LIKE '%,"own":true,%' OR e.recorded_by LIKE '%,"type":"server"}')`;

/** The same for the slot's JCS text: an id in it can't contain an unescaped quote. */
export const isByDaybook = (recordedBy: string): boolean =>
  recordedBy.includes(',"own":true,') || recordedBy.endsWith(',"type":"server"}');

const letters: Readonly<Record<Outcome, string>> = { success: "s", denied: "d", failed: "f" };
const outcomes: Readonly<Record<string, Outcome>> = { s: "success", d: "denied", f: "failed" };

export const outcomeLetter = (outcome: Outcome): string => letters[outcome];
export const outcomeOf = (letter: string): Outcome => {
  const outcome = outcomes[letter];
  if (outcome === undefined) throw new RangeError(`Not the letter of an outcome: ${letter}`);
  return outcome;
};

/** The members of an event before its slots. */
export interface EventMembers extends Omit<StoredEvent, "slots"> {
  /** A bit for each erased slot. */
  readonly erased: number;
  readonly salts: Buffer;
  readonly digests: Buffer | null;
}

export const eventMembers: MemberShapes<EventMembers> = {
  organizationId: column("organization_id"),
  logNo: column("log_no"),
  seq: column("seq"),
  id: column("id"),
  type: column("type"),
  occurredAt: column("occurred_at"),
  recordedAt: column("recorded_at"),
  outcome: columnBy("outcome", (letter) => outcomeOf(letter as string)),
  leafHash: column("leaf_hash"),
  erased: column("erased"),
  salts: column("salts"),
  digests: column("digests"),
};

/** The columns of a StoredEvent: those of its members, then those of its slots. */
export const eventColumns: readonly string[] = [
  ...Object.values(eventMembers).map(({ columns }) => columns),
  ...slotColumns.map(({ column: name }) => name),
];

/** The same as a list for SELECT, from the table with the alias `e`. */
export const selectEvent: string = eventColumns.map((name) => `e.${name}`).join(", ");

/** The key of an event, of a table with that alias. */
export const keyShape = (alias: string): RowShape<Required<PageKey>> =>
  rowShape<Required<PageKey>>({
    occurredAt: column(`${alias}.occurred_at`),
    seq: column(`${alias}.seq`),
    logNo: column(`${alias}.log_no`),
    organizationId: column(`${alias}.organization_id`),
  });
