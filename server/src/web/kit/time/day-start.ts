/** The start of a day in a zone, whatever its clocks do that day. */
import { dayKey } from "./format.ts";

const hour = 3_600_000;
const day = 24 * hour;
const isDay = /^\d{4}-\d{2}-\d{2}$/;

/** Milliseconds since 1970 UTC of that time; undefined if the text isn't a day, such as "2026-02-30". */
export function dayStart(text: string, zone: string): number | undefined {
  if (!isDay.test(text)) return undefined;
  const utc = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(utc) || new Date(utc).toISOString().slice(0, 10) !== text) return undefined;
  // the maximum distance of a zone from UTC; within it, later times are of later days
  let before = utc - 16 * hour;
  let from = utc + 16 * hour;
  while (from - before > 1) {
    const middle = Math.floor((before + from) / 2);
    if (dayKey(middle, zone) >= text) from = middle;
    else before = middle;
  }
  return from;
}

/** The day after, "2026-03-01" after "2026-02-28". */
export const nextDay = (text: string): string =>
  new Date(Date.parse(`${text}T00:00:00Z`) + day).toISOString().slice(0, 10);
