/** How many bytes of large values the rows before a row have, so that a statement can end at a number of bytes. */
import { largeSlots } from "../../contract/followers.ts";
import type { SlotColumn } from "../events/columns.ts";

/** For SELECT, from the table with the alias `e`, over the rows in the order in which they come: null in the first row. */
export function bytesBefore(slots: readonly SlotColumn[]): string {
  // the lengths of large values are known without reading them
  const bytes = slots
    .filter(({ slot }) => largeSlots.includes(slot))
    .map(({ column }) => `coalesce(octet_length(e.${column}), 0)`);
  return `sum(${bytes.join(" + ") || "0"}) OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)`;
}
