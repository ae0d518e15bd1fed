/** The members of an event's data that the card of its type leaves out: everything that was recorded can be read. All functions are pure. */
import type { EventType } from "daybook/catalogue";
import { inWords, type Json, pointerTo, type RecordedEvent } from "daybook/internal";
import type { LabelledRow } from "./rows.ts";

/** In the order of the data. The card of a custom type without rows has all of them already. */
export function otherRowsOf({ data = {} }: RecordedEvent, type: EventType | undefined): LabelledRow[] {
  if (type === undefined || (type.about === "custom" && type.card.length === 0)) return [];
  const shown = type.card.flatMap(({ path, was }) => (was === undefined ? [path] : [path, was]));
  return Object.entries(data).flatMap(([name, value]) =>
    rowsAt(value, pointerTo("/data", name), { name, shown }),
  );
}

interface RowPlace {
  readonly name: string;
  /** The pointers of the card's rows. */
  readonly shown: readonly string[];
}

function rowsAt(value: Json, path: string, { name, shown }: RowPlace): LabelledRow[] {
  if (shown.includes(path)) return [];
  const isPartly = shown.some((one) => one.startsWith(`${path}/`));
  if (isPartly && typeof value === "object" && value !== null && !Array.isArray(value))
    return Object.entries(value).flatMap(([member, of]) =>
      rowsAt(of, pointerTo(path, member), { name: `${name} ${member}`, shown }),
    );
  return [{ label: inWords(name), value }];
}
