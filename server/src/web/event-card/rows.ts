/** The rows of an event's card: those of its type, and what changed, told where it belongs. Pure. */
import { type CardRow, cardRows, type EventType, type FilledRow, type Told } from "daybook/catalogue";
import {
  type Change,
  isOrdinary,
  type Json,
  pointerTo,
  type RecordedEvent,
  sameJson,
  unseen,
} from "daybook/internal";
import { looksOf } from "../kit/components/marked-text/look-alikes.ts";
import { inWords, labelOf } from "./words.ts";

/** One row: a value, or what it was and is now; `erased`: what it had is gone. */
export interface LabelledRow {
  readonly label: string;
  /** Where it stands in the event, if another row has the same name. */
  readonly path?: string;
  readonly format?: CardRow["format"];
  readonly value?: Json | undefined;
  readonly change?: Change;
  readonly erased?: boolean;
}

type PlacedRow = Omit<LabelledRow, "path"> & { readonly at: string };

/** What rows are made of; the example of a type has it too. */
type TellingRows = Told & Pick<RecordedEvent, "changes">;

/** The card of the type; without one, of an own type, whatever is in `data`. */
function cardOf(event: TellingRows, type: EventType | undefined): PlacedRow[] {
  const isOwn = type === undefined || type.about === "custom";
  if (type !== undefined && (type.card.length > 0 || !isOwn)) return cardRows(event, type).map(rowOf);
  return Object.entries(event.data ?? {}).map(([name, value]) => {
    const path = pointerTo("/data", name);
    return { label: seenOr(inWords(name), path), at: path, value };
  });
}

/** Words, unless nothing is seen of them. */
const seenOr = (words: string, path: string): string =>
  isOrdinary(words) ? words || path : nothingVisible.test(words) ? path : words;
const nothingVisible = new RegExp(`^(?: |${unseen.source})*$`, "u");

/** The rows that say something. A change of what a row shows is told in that row, and else as its card shows such values. */
export function rowsOf(event: TellingRows, type: EventType | undefined): LabelledRow[] {
  const isGone = event.erased?.some((slot) => slot === "data" || slot === "dataPersonal") ?? false;
  const changes = [...(event.changes ?? [])];
  const rows = cardOf(event, type).map((row): PlacedRow => {
    if (row.value === undefined && isGone) return { ...row, erased: true };
    const at = changes.findIndex((change) => isOf(change, row));
    if (at < 0) return row;
    const [change] = changes.splice(at, 1);
    return change === undefined ? row : { ...row, change };
  });
  const formats = new Map(type?.card.map(({ label, format }) => [label, format]));
  const more = changes.map((change): PlacedRow => {
    const { path } = change;
    const label = seenOr(change.label ?? labelOf(path), path);
    const format = formats.get(label);
    return { label, at: path, change, ...(format === undefined ? {} : { format }) };
  });
  return apart([...rows.filter(saysSomething), ...more]);
}

/** Rows that would have the same name, as it is seen, say where they stand; so does what has the name of the event's reason. */
function apart(rows: readonly PlacedRow[]): LabelledRow[] {
  const isPlain = rows.every(({ label }) => isOrdinary(label));
  const keys = rows.map(({ label }) => (isPlain ? label.toLowerCase() : looksOf(label)));
  const counts = new Map([["reason", 1]]);
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return rows.map(({ at: path, ...row }, n) =>
    counts.get(keys[n] as string) === 1 ? row : { ...row, path },
  );
}

const saysSomething = ({ value, change, erased }: PlacedRow): boolean =>
  value !== undefined || change !== undefined || erased === true;

/** A row that says what it was too is a change, where that is known and isn't what it is now. */
function rowOf({ label, path, format, value, before }: FilledRow): PlacedRow {
  const row = { label, at: path, value, ...(format === undefined ? {} : { format }) };
  if (before === undefined || (value !== undefined && sameJson(before, value))) return row;
  return { ...row, change: { path, from: before, ...(value === undefined ? {} : { to: value }) } };
}

const isOf = ({ label, from, to, hidden }: Change, row: PlacedRow): boolean =>
  label === row.label &&
  hidden === undefined &&
  isSame(to, row.value) &&
  (row.change === undefined || isSame(from, row.change.from));

const isSame = (one: Json | undefined, other: Json | undefined): boolean =>
  one === undefined || other === undefined ? one === other : sameJson(one, other);
