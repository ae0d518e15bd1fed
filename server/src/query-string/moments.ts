/** Times in queries: RFC 3339, a date alone, which is a whole day of a time zone, or how long ago. */
import { parseTime } from "daybook/internal";

/** Whether the time is the start of a span, which is inclusive, or its end, which is exclusive. */
type SpanEdge = "from" | "to";

const isDay = /^\d{4}-\d{2}-\d{2}$/;
const hour = 3_600_000;
const day = 24 * hour;
const zoneName = /^[A-Za-z][A-Za-z0-9_+\-/]{0,63}$/;

/** Making a formatter takes long. There are few of them, because a zone has many spellings in upper and lower case. */
const formats = new Map<string, Intl.DateTimeFormat>();
const mostFormats = 500;

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (format === undefined) {
    const parts = { year: "numeric", month: "2-digit", day: "2-digit" } as const;
    format = new Intl.DateTimeFormat("en-CA", { timeZone: zone, calendar: "gregory", ...parts });
    if (formats.size >= mostFormats) formats.clear();
    formats.set(zone, format);
  }
  return format;
}

/** Whether it is the name of a time zone (IANA). An offset is none: it doesn't say when clocks change. */
export function isTimeZone(name: string): boolean {
  if (!zoneName.test(name)) return false;
  try {
    return formatOf(name) !== undefined;
  } catch {
    return false;
  }
}

function dayAt(at: number, zone: string): string {
  const parts = formatOf(zone).formatToParts(at);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? "";
  return `${part("year").padStart(4, "0")}-${part("month")}-${part("day")}`;
}

/** The start of a day in a zone, in milliseconds since 1970 UTC; undefined if the text isn't a day, such as "2026-02-30". */
export function dayStart(text: string, zone: string): number | undefined {
  if (!isDay.test(text)) return undefined;
  const utc = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(utc) || new Date(utc).toISOString().slice(0, 10) !== text) return undefined;
  if (zone === "UTC") return utc;
  // the maximum distance of a zone from UTC; within it, later times are of later days
  let before = utc - 16 * hour;
  let from = utc + 16 * hour;
  while (from - before > 1) {
    const middle = Math.floor((before + from) / 2);
    if (dayAt(middle, zone) >= text) from = middle;
    else before = middle;
  }
  return from;
}

/** The day after, "2026-03-01" after "2026-02-28". */
export const nextDay = (text: string): string =>
  new Date(Date.parse(`${text}T00:00:00Z`) + day).toISOString().slice(0, 10);

const age = /^(\d{1,6})([mhdw])$/i;
const minute = 60_000;
const units: Readonly<Record<string, number>> = { m: minute, h: hour, d: day, w: 7 * day };

/** Whether it says how long ago, like "90m", "1h", "7d" or "2w": another time at each reading. */
export const isAge = (text: string): boolean => age.test(text);

/** How a time is read. */
export interface MomentReading {
  readonly edge: SpanEdge;
  /** The zone of dates. */
  readonly zone: string;
  /** Milliseconds since 1970 UTC, for how long ago. Absent: now. */
  readonly now?: number;
}

/**
 * A time in microseconds since 1970 UTC; undefined if it is none. A date alone is a day of the zone, and a span with that day as its start or
 * its end has the whole day. A day ago is 24 hours ago, whatever clocks did.
 */
export function readMoment(text: string, { edge, zone, now }: MomentReading): bigint | undefined {
  const [, count, unit = ""] = age.exec(text) ?? [];
  if (count !== undefined) {
    const ago = Number(count) * (units[unit.toLowerCase()] as number);
    return BigInt(Math.max(0, (now ?? Date.now()) - ago)) * 1000n;
  }
  if (!isDay.test(text)) return parseTime(text);
  // a day that the log can't have
  if (parseTime(`${text}T00:00:00Z`) === undefined) return undefined;
  const start = dayStart(edge === "from" ? text : nextDay(text), zone);
  return start === undefined ? undefined : BigInt(Math.max(0, start)) * 1000n;
}
