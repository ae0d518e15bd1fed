/**
 * The columns of the table event, and the owner of each: the column is rebuilt from the leaf, or belongs to one slot and is erased with it.
 * A test compares this table with the schema.
 */
import type { Outcome, SlotName } from "daybook/internal";

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

export const slotColumns: readonly SlotColumn[] = slotOrder.map(([slot, column], index) => ({
  slot,
  column,
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
  ...Object.fromEntries(slotColumns.map(({ slot, column }) => [column, { slot }])),
};

/** Other tables that have a part of a slot. */
export const ownedTables: Readonly<Record<string, Owner>> = { event_target: { slot: "targets" } };

/** The columns of a StoredEvent, in the order of `readEvent`. */
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

/** The same as a list for SELECT, from the table with the alias `e`. */
export const selectEvent: string = eventColumns.map((column) => `e.${column}`).join(", ");

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
