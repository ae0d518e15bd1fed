/** The times of bars: their ends, whether those are of days, and both in words. */
import { parseTime } from "daybook/internal";
import { dayStart, nextDay } from "../../query-string/index.ts";
import { dayAndTime, dayInWords, dayKey, timeOfDay } from "../kit/time/format.ts";

/** Adjacent buckets in one bar. */
interface BucketTimes {
  readonly from: string;
  readonly to: string;
}

/** The ends of a bar in microseconds, and, if they are the start and end of days, these days. */
export interface Bounds {
  readonly from: bigint;
  readonly to: bigint;
  readonly firstDay: string | undefined;
  readonly lastDay: string | undefined;
}

interface SpreadTimeOptions {
  readonly zone: string;
  readonly unit: "hour" | "day";
  /** The number of hours or days of a bucket. */
  readonly step: number;
}

const milliseconds = (at: bigint): number => Number(at / 1000n);

/** The ends of the bars of `size` buckets each, without gaps. */
export function boundsOf(
  buckets: readonly BucketTimes[],
  size: number,
  { zone, unit, step }: SpreadTimeOptions,
): Bounds[] {
  const from = buckets.map((bucket) => parseTime(bucket.from) ?? 0n);
  const end = parseTime(buckets.at(-1)?.to ?? "") ?? 0n;
  const days = unit === "day" ? daysFrom(from[0] ?? 0n, { zone, many: buckets.length * step }) : [];
  const bars: Bounds[] = [];
  for (let n = 0; n < buckets.length; n += size) {
    const after = Math.min(n + size, buckets.length);
    bars.push({
      from: from[n] ?? 0n,
      to: from[after] ?? end,
      firstDay: days[n * step],
      lastDay: days[after * step - 1],
    });
  }
  // all days are complete, except at the start and end of the list
  const [first, last] = [bars[0], bars.at(-1)];
  if (first !== undefined && !isDayStart(first.from, zone)) bars[0] = { ...first, firstDay: undefined };
  if (last !== undefined && !isDayStart(last.to, zone))
    bars[bars.length - 1] = { ...(bars.at(-1) ?? last), lastDay: undefined };
  // the last bucket can have fewer days
  else if (last?.lastDay !== undefined && step > 1)
    bars[bars.length - 1] = { ...(bars.at(-1) ?? last), lastDay: dayKey(milliseconds(last.to) - 1, zone) };
  return bars;
}

/** `many` days in a row, starting with the day of `at`. */
function daysFrom(at: bigint, { zone, many }: { readonly zone: string; readonly many: number }): string[] {
  const days = [dayKey(milliseconds(at), zone)];
  while (days.length < many) days.push(nextDay(days.at(-1) ?? ""));
  return days;
}

/** Days begin on the minute in every zone, and nearly all at midnight, so the search for their start is short. */
function isDayStart(at: bigint, zone: string): boolean {
  const moment = milliseconds(at);
  if (at % 60_000_000n !== 0n) return false;
  return timeOfDay(moment, zone) === "12:00am" || dayStart(dayKey(moment, zone), zone) === moment;
}

/** "on 20 November 2026", "on 20 November 2026 from 1:00pm to 2:00pm", "from 18 November 2026 to 20 November 2026" */
export function whenOf({ from, to, firstDay, lastDay }: Bounds, zone: string): string {
  const [start, end] = [milliseconds(from), milliseconds(to)];
  const first = dayInWords(start, zone);
  const last = firstDay !== undefined && firstDay === lastDay ? first : dayInWords(end - 1, zone);
  if (first !== last) {
    const begin = firstDay === undefined ? dayAndTime(start, zone) : first;
    return `from ${begin} to ${lastDay === undefined ? dayAndTime(end, zone) : last}`;
  }
  const since = firstDay === undefined ? ` from ${timeOfDay(start, zone)}` : "";
  const until = lastDay === undefined ? ` to ${timeOfDay(end, zone)}` : "";
  return `on ${first}${since}${until}`;
}

/** The start of a bar: "20 November 2026", "20 November 2026 at 1:00pm" */
export const startOf = (
  bar: Bounds | undefined,
  { zone, unit }: Pick<SpreadTimeOptions, "zone" | "unit">,
): string => (unit === "hour" ? dayAndTime : dayInWords)(milliseconds(bar?.from ?? 0n), zone);
