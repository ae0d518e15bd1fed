/** Times in words, in a reader's zone: the same in pages and in the browser. All times are milliseconds since 1970 UTC. */

/** The parts of a time that are written. */
const forms = {
  zone: {},
  day: { day: "numeric", month: "long", year: "numeric" },
  time: { hour: "numeric", minute: "2-digit", hourCycle: "h12" },
  key: { year: "numeric", month: "2-digit", day: "2-digit" },
  hour: { hour: "2-digit", hourCycle: "h23" },
  clock: {
    ...{ year: "numeric", month: "numeric", day: "numeric" },
    ...{ hour: "numeric", minute: "numeric", hourCycle: "h23" },
  },
  seconds: { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" },
  name: { hour: "numeric", timeZoneName: "short" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/**
 * A cache, because creating a formatter takes longer than a page can wait. Its size is limited, because a zone has many spellings in upper
 * and lower case.
 */
const formats = new Map<string, Intl.DateTimeFormat>();
const mostKept = 1_000;

function formatOf(zone: string, form: keyof typeof forms): Intl.DateTimeFormat {
  const key = `${form} ${zone}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...forms[form] });
    if (formats.size >= mostKept) formats.clear();
    formats.set(key, format);
  }
  return format;
}

const partOf = (parts: readonly Intl.DateTimeFormatPart[], type: string): string =>
  parts.find((part) => part.type === type)?.value ?? "";

const isZoneName = /^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/;

/** Whether this machine has a zone with that name (IANA). */
export function isZone(name: string): boolean {
  if (!isZoneName.test(name)) return false;
  try {
    return formatOf(name, "zone") !== undefined;
  } catch {
    return false;
  }
}

const months = "January February March April May June July August September October November December".split(
  " ",
);

/** From then on, all zones are quarters of an hour from UTC: computing the local time costs less than formatting it. */
const counted = Date.UTC(1973, 0, 1);
const quarterHour = 900_000;
const offsets = new Map<string, Map<number, number>>();

/** The local time of a zone, as if it were UTC. */
function shownBy(at: number, zone: string): Date {
  let ofZone = offsets.get(zone);
  if (ofZone === undefined) {
    if (offsets.size >= mostKept) offsets.clear();
    ofZone = new Map();
    offsets.set(zone, ofZone);
  }
  const quarter = Math.floor(at / quarterHour);
  let offset = ofZone.get(quarter);
  if (offset === undefined) {
    offset = offsetOf(quarter * quarterHour, zone);
    if (ofZone.size >= mostKept) ofZone.clear();
    ofZone.set(quarter, offset);
  }
  return new Date(at + offset);
}

function offsetOf(at: number, zone: string): number {
  const parts = formatOf(zone, "clock").formatToParts(at);
  const [year = 0, month = 1, day, hour, minute] = ["year", "month", "day", "hour", "minute"].map((type) =>
    Number(partOf(parts, type)),
  );
  return Date.UTC(year, month - 1, day, hour, minute) - at;
}

/** "21 May 2026" */
export function dayInWords(at: number, zone: string): string {
  if (at < counted) return formatOf(zone, "day").format(at);
  const date = shownBy(at, zone);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

function clockTime(at: number, zone: string): string {
  if (at < counted) return formatOf(zone, "time").format(at).replaceAll(/\s/g, "").toLowerCase();
  const date = shownBy(at, zone);
  const [hour, minute] = [date.getUTCHours(), date.getUTCMinutes()];
  return `${hour % 12 || 12}:${minute < 10 ? "0" : ""}${minute}${hour < 12 ? "am" : "pm"}`;
}

function secondsTime(at: number, zone: string): string {
  if (at < counted) return formatOf(zone, "seconds").format(at);
  const date = shownBy(at, zone);
  const parts = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}

/** "14:22:09"; "01:30:00 BST" if there is also a 01:30:00 GMT. */
export function clockOf(at: number, zone: string): string {
  const words = secondsTime(at, zone);
  return isTwice(at, zone) ? `${words} ${zoneName(at, zone)}` : words;
}

/** "21 May 2026 at 14:22:09.418027 BST". `at` in microseconds since 1970 UTC. */
export function exactTime(at: bigint, zone: string): string {
  const ms = Number(at / 1000n);
  const micros = String(at % 1_000_000n).padStart(6, "0");
  return `${dayInWords(ms, zone)} at ${secondsTime(ms, zone)}.${micros} ${zoneName(ms, zone)}`;
}

const halfHour = 1_800_000;
/** Whether the times of a half hour occur twice, because clocks are set back; zones begin on half hours of UTC. */
const twice = new Map<string, boolean>();

function isTwice(at: number, zone: string): boolean {
  if (zone === "UTC") return false;
  const half = Math.floor(at / halfHour);
  const key = `${half} ${zone}`;
  let found = twice.get(key);
  if (found === undefined) {
    const words = clockTime(half * halfHour, zone);
    found = [-2, -1, 1, 2].some((n) => clockTime((half + n) * halfHour, zone) === words);
    if (twice.size >= mostKept) twice.clear();
    twice.set(key, found);
  }
  return found;
}

/** "2:22pm"; "1:30am BST" if there is also a 1:30am GMT. */
export function timeOfDay(at: number, zone: string): string {
  const words = clockTime(at, zone);
  return isTwice(at, zone) ? `${words} ${zoneName(at, zone)}` : words;
}

/** A cache of one, because a card shows the same time twice: in words, and for the relative time. */
let lastFormatted = { at: Number.NaN, zone: "", words: "" };

/** "21 May 2026 at 2:22pm" */
export function dayAndTime(at: number, zone: string): string {
  if (lastFormatted.at !== at || lastFormatted.zone !== zone)
    lastFormatted = { at, zone, words: `${dayInWords(at, zone)} at ${timeOfDay(at, zone)}` };
  return lastFormatted.words;
}

/** "2026-05-21": two times with the same result are on one day. */
export function dayKey(at: number, zone: string): string {
  if (at >= counted) return shownBy(at, zone).toISOString().slice(0, -"T00:00:00.000Z".length);
  const [date = "", month = "", year = ""] = formatOf(zone, "key").format(at).split("/");
  return `${year.padStart(4, "0")}-${month}-${date}`;
}

const day = 86_400_000;

/** "Today", "Yesterday", else "20 November 2026". */
export function dayBeside(at: number, zone: string, now: number): string {
  const key = dayKey(at, zone);
  if (key === dayKey(now, zone)) return "Today";
  // the noon before: no day is shorter than 23 or longer than 25 hours
  const noon = now - (hourOf(now, zone) - 12) * 3_600_000;
  return key === dayKey(noon - day, zone) ? "Yesterday" : dayInWords(at, zone);
}

const hourOf = (at: number, zone: string): number =>
  at < counted
    ? Number(partOf(formatOf(zone, "hour").formatToParts(at), "hour"))
    : shownBy(at, zone).getUTCHours();

const steps: readonly (readonly [number, Intl.RelativeTimeFormatUnit])[] = [
  [365.25 * day, "year"],
  [30.4375 * day, "month"],
  [day, "day"],
  [3_600_000, "hour"],
  [60_000, "minute"],
];
/** Created when it is needed: a phone takes 100 ms for it, which would delay the page's first paint. */
let relative: Intl.RelativeTimeFormat | undefined;
const relativeTimes = new Map<string, string>();

/** "3 minutes ago", "in 2 days"; "just now" for less than a minute either way. */
export function ago(at: number, now: number): string {
  const step = steps.find(([size]) => Math.abs(at - now) >= size);
  if (step === undefined) return "just now";
  const [size, unit] = step;
  const count = Math.trunc((at - now) / size);
  const key = `${count} ${unit}`;
  let words = relativeTimes.get(key);
  if (words === undefined) {
    relative ??= new Intl.RelativeTimeFormat("en-GB", { numeric: "always" });
    words = relative.format(count, unit);
    if (relativeTimes.size >= mostKept) relativeTimes.clear();
    relativeTimes.set(key, words);
  }
  return words;
}

/** The name of the zone at that time: "UTC", "BST", "GMT+2". */
export const zoneName = (at: number, zone: string): string =>
  partOf(formatOf(zone, "name").formatToParts(at), "timeZoneName");
