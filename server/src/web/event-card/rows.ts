/** The rows of an event's card: those of its type, and the changes, each where it belongs. All functions are pure. */
import { type CardRow, cardRows, type EventType, type FilledRow, type Told } from "daybook/catalogue";
import {
  type Change,
  formatTime,
  inWords,
  isOrdinary,
  type Json,
  pointerTo,
  type RecordedEvent,
  sameJson,
  unseen,
} from "daybook/internal";
import { looksOf } from "../kit/components/marked-text/look-alikes.ts";
import { labelOf } from "./words.ts";

/** One row: a value, or the values before and after; `erased`: its value was erased. */
export interface LabelledRow {
  readonly label: string;
  /** Its place in the event, if another row has the same name. */
  readonly path?: string | undefined;
  readonly format?: CardRow["format"] | undefined;
  readonly value?: Json | undefined;
  readonly change?: Change | undefined;
  readonly erased?: boolean | undefined;
}

type PlacedRow = Omit<LabelledRow, "path"> & { readonly at: string };

/** The inputs of rows, which the example of a type has too. */
type TellingRows = Told & Pick<RecordedEvent, "changes">;

/** The card of the type; without one, for a custom type, everything in `data`. */
function cardOf(event: TellingRows, type: EventType | undefined): PlacedRow[] {
  const isOwn = type === undefined || type.about === "custom";
  if (type !== undefined && (type.card.length > 0 || !isOwn))
    return cardRows(event, type).map((row) => rowOf(fromTheStart(row, type)));
  return Object.entries(event.data ?? {}).map(([name, value]) => {
    const path = pointerTo("/data", name);
    return { label: seenOr(inWords(name), path), at: path, value };
  });
}

/** The text, unless all of it is invisible. */
const seenOr = (words: string, path: string): string =>
  isOrdinary(words) ? words || path : nothingVisible.test(words) ? path : words;
const nothingVisible = new RegExp(`^(?: |${unseen.source})*$`, "u");

/** The rows with a value. A change of a row's value appears in that row, and any other change as its card shows such values. */
export const rowsOf = (event: TellingRows, type: EventType | undefined): LabelledRow[] => [
  ...someRowsOf(event, type, { from: 0, most: Number.POSITIVE_INFINITY }).rows,
];

/** The rows of a page or a card. */
export interface SomeRows {
  readonly rows: readonly LabelledRow[];
  /** The number of rows before and after them. */
  readonly before: number;
  readonly after: number;
}

/** Some of the rows: at most that number, from the one with that index on. Only they cost time. */
export function someRowsOf(
  event: TellingRows,
  type: EventType | undefined,
  { from, most }: { readonly from: number; readonly most: number },
): SomeRows {
  const { filled, others } = placedRows(event, type);
  const total = filled.length + others.length;
  const start = Math.min(from, total);
  const end = Math.min(start + most, total);
  const [first, last] = [start, end].map((index) => Math.max(0, index - filled.length));
  const more = changeRows(others.slice(first, last), type);
  return { rows: apart([...filled.slice(start, end), ...more]), before: start, after: total - end };
}

/** What an event tells first. */
export interface FirstRows {
  /** Its first change, and the number of all. */
  readonly changed: LabelledRow | undefined;
  readonly changes: number;
  /** The rows with its values. */
  readonly facts: readonly LabelledRow[];
}

export function firstRowsOf(event: TellingRows, type: EventType | undefined): FirstRows {
  const { filled, others } = placedRows(event, type);
  const changed = filled.filter(({ change }) => change !== undefined);
  const [first] = changed.length > 0 ? changed : changeRows(others.slice(0, 1), type);
  return { changed: first, changes: changed.length + others.length, facts: filled };
}

/** The changes, and then the facts: at most that many, and how many more there are. */
export function changesFirst(
  event: TellingRows,
  type: EventType | undefined,
  most: number,
): { readonly rows: readonly LabelledRow[]; readonly more: number } {
  const { filled, others } = placedRows(event, type);
  const [changed, facts] = [true, false].map((isChanged) =>
    filled.filter(({ change }) => (change !== undefined) === isChanged),
  ) as [PlacedRow[], PlacedRow[]];
  const changes = [...changed, ...changeRows(others.slice(0, Math.max(0, most - changed.length)), type)];
  const total = filled.length + others.length;
  const rows = apart([...changes, ...facts].slice(0, most));
  return { rows, more: total - rows.length };
}

/** The rows of the card that say something, and the changes that none of them has. */
function placedRows(
  event: TellingRows,
  type: EventType | undefined,
): { readonly filled: readonly PlacedRow[]; readonly others: readonly Change[] } {
  const isGone = event.erased?.some((slot) => slot === "data" || slot === "dataPersonal") ?? false;
  const others = [...(event.changes ?? [])];
  const rows = cardOf(event, type).map((row): PlacedRow => {
    if (row.value === undefined && isGone) return { ...row, erased: true };
    const at = others.findIndex((change) => isOf(change, row));
    if (at < 0) return row;
    const [change] = others.splice(at, 1);
    return change === undefined ? row : { ...row, change };
  });
  return { filled: rows.filter(saysSomething), others };
}

function changeRows(changes: readonly Change[], type: EventType | undefined): PlacedRow[] {
  const formats = new Map(type?.card.map(({ label, format }) => [label, format]));
  return changes.map((change) => {
    const { path } = change;
    const label = seenOr(change.label ?? labelOf(path), path);
    const format = formats.get(label);
    return { label, at: path, change, format };
  });
}

/** Rows whose visible names are the same show their place; so does a row with the name of the event's reason. */
function apart(rows: readonly PlacedRow[]): LabelledRow[] {
  const isPlain = rows.every(({ label }) => isOrdinary(label));
  const keys = rows.map(({ label }) => (isPlain ? label.toLowerCase() : looksOf(label)));
  const counts = new Map([["reason", 1]]);
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  // not as the rest of the row: copying all but one property takes longer than reading each
  return rows.map(({ label, at, format, value, change, erased }, n) => {
    const path = counts.get(keys[n] as string) === 1 ? undefined : at;
    return { label, path, format, value, change, erased };
  });
}

const saysSomething = ({ value, change, erased }: PlacedRow): boolean =>
  value !== undefined || change !== undefined || erased === true;

/** A download from the beginning has the first of all times, which is no time of the log. */
const fromTheStart = (row: FilledRow, { writer }: EventType): FilledRow =>
  row.path === pointerTo("/data", "from") && writer === "server" && row.value === formatTime(0n)
    ? { ...row, value: "The beginning of the log", format: "text" }
    : row;

/** A row with a value before is a change, if that value is known and differs from the present one. */
function rowOf({ label, path, format, value, before }: FilledRow): PlacedRow {
  const row = { label, at: path, value, format };
  if (before === undefined || (value !== undefined && sameJson(before, value))) return row;
  return { ...row, change: value === undefined ? { path, from: before } : { path, from: before, to: value } };
}

const isOf = ({ label, from, to, hidden }: Change, row: PlacedRow): boolean =>
  label === row.label &&
  hidden === undefined &&
  isSame(to, row.value) &&
  (row.change === undefined || isSame(from, row.change.from));

const isSame = (one: Json | undefined, other: Json | undefined): boolean =>
  one === undefined || other === undefined ? one === other : sameJson(one, other);
