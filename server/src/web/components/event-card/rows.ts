/** The rows of an event's card: those of its type, and what changed, told where it belongs. Pure. */
import { type CardRow, cardRows, type EventType, type Told } from "daybook/catalogue";
import { type Change, type Json, type RecordedEvent, sameJson } from "daybook/event";
import { inWords, labelOf } from "../../activity/words.ts";

/** One row: a value, or what it was and is now; `erased`: what it had is gone. */
export interface EventRow {
  readonly label: string;
  readonly format?: CardRow["format"];
  readonly value?: Json | undefined;
  readonly change?: Change;
  readonly erased?: boolean;
}

/** What rows are made of; the example of a type has it too. */
type TellingRows = Told & Pick<RecordedEvent, "changes">;

/** The card of the type; without one, of an own type, whatever is in `data`. */
function cardOf(event: TellingRows, type: EventType | undefined): EventRow[] {
  const isOwn = type === undefined || type.about === "custom";
  if (type !== undefined && (type.card.length > 0 || !isOwn)) return cardRows(event, type);
  return Object.entries(event.data ?? {}).map(([name, value]) => ({ label: inWords(name), value }));
}

/** All rows. A change of what a row shows is told in that row. */
export function rowsOf(event: TellingRows, type: EventType | undefined): EventRow[] {
  const isGone = event.erased?.some((slot) => slot === "data" || slot === "dataPersonal") ?? false;
  const changes = [...(event.changes ?? [])];
  const rows = cardOf(event, type).map((row): EventRow => {
    if (row.value === undefined && isGone) return { ...row, erased: true };
    const at = changes.findIndex((change) => isOf(change, row));
    if (at < 0) return row;
    const [change] = changes.splice(at, 1);
    return change === undefined ? row : { ...row, change };
  });
  return [...rows, ...changes.map((change) => ({ label: change.label ?? labelOf(change.path), change }))];
}

const isOf = ({ label, to, hidden }: Change, row: EventRow): boolean =>
  label === row.label &&
  hidden === undefined &&
  (to === undefined ? row.value === undefined : row.value !== undefined && sameJson(to, row.value));
