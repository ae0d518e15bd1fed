/**
 * The columns of the table event, and whom each belongs to: it is rebuilt from the leaf, or one slot owns it and takes it
 * along when the slot is erased. A test compares this table with the schema.
 */
import type { Outcome, SlotName } from "daybook/internal";

/** One slot and its column. The order is that of bits in `erased`, and of salts and digests: new slots go to the end. */
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

export const slotColumns: readonly SlotColumn[] = slotOrder.map(([slot, column], index) => ({
  slot,
  column,
  bit: 1 << index,
}));

/**
 * Whom a column belongs to: `leaf` is rebuilt from the leaf's own members or is its hash; `digests` holds what the leaf's
 * `sd` is made of (salts of kept slots, digests of erased ones); else the one slot that owns it.
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
  ...Object.fromEntries(slotColumns.map(({ slot, column }) => [column, { slot }])),
};

/** Tables besides event that hold part of a slot. */
export const ownedTables: Readonly<Record<string, Owner>> = { event_target: { slot: "targets" } };

/** The columns that make a StoredEvent, in the order in which `readEvent` takes them. */
export const eventColumns: readonly string[] = [
  "organization_id",
  "log_no",
  "seq",
  "id",
  "type",
  "occurred_at",
  "recorded_at",
  "outcome",
  "leaf_hash",
  "erased",
  "salts",
  "digests",
  ...slotColumns.map(({ column }) => column),
];

/** The same as a list for SELECT, of the table under the name `e`. */
export const selectEvent: string = eventColumns.map((column) => `e.${column}`).join(", ");

/** What Daybook did and saw itself, of the event `e`; null where the recorder was erased. The words of the index event_by_daybook. */
export const byDaybook = `(e.recorded_by LIKE '%,"own":true,%' OR e.recorded_by LIKE '%,"type":"server"}')`;

/** The same of the slot's JCS text: an id in it can't hold a quote that isn't escaped. */
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
