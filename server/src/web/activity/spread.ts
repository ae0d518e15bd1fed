/**
 * How the events of a list are spread over its time: bars of hours or days, as few as can be hit with a finger. It asks for no more
 * than a page has time for, and refuses to know how bars look.
 */
import { formatTime, parseTime } from "daybook/event";
import type { ApiRooms, Organization } from "../../api/index.ts";
import { dayStart } from "../time/day-start.ts";
import { dayAndTime, dayInWords, dayKey, timeOfDay } from "../time/format.ts";
import { addressOf, withValues } from "./addresses.ts";
import { type Given, periods, type Question } from "./question.ts";

/** One bar: its time in words, its events, and where they are. */
interface Part {
  readonly when: string;
  readonly count: number;
  /** There are at least so many. */
  readonly more: boolean;
  readonly href: string;
}

export interface Spread {
  /** All together: "148 events in the last 30 days, by day" */
  readonly caption: string;
  /** Oldest first. */
  readonly bars: readonly Part[];
  readonly ends: readonly [string, string];
}

export interface Spreading {
  readonly rooms: Pick<ApiRooms, "search" | "access">;
  readonly organization: Organization | undefined;
  /** The address of the list. */
  readonly path: string;
  readonly zone: string;
}

type Histogram = Awaited<ReturnType<ApiRooms["search"]["histogram"]>>;
type Bucket = Histogram["buckets"][number];

const hour = 3_600_000_000n;
const day = 24n * hour;
/** Longer spans are counted by day. */
const longestByHour = 50n * hour;
/** Days; of longer spans only the end is counted. */
const longest = 366n;
const withoutWindow = "30 days";
/** Bars; each is wide enough for a finger. */
const mostBars = 31;
/** Events that are counted; some milliseconds. */
const most = 20_000;
/** Milliseconds that a page waits. */
const patience = 300;

interface Window {
  readonly from: bigint | undefined;
  readonly to: bigint | undefined;
  readonly unit: "hour" | "day";
  /** The window in words, where it isn't all that the list covers. */
  readonly only: string | undefined;
}

function windowOf({ filter: { from, to }, at }: Question): Window {
  if (from === undefined)
    return { from, to, unit: "day", only: to === undefined ? undefined : withoutWindow };
  const end = to ?? at;
  const unit = end - from <= longestByHour ? "hour" : "day";
  if (end - from <= longest * day) return { from, to, unit, only: undefined };
  return { from: end - longest * day, to, unit, only: `${longest} days` };
}

/** Undefined where there is nothing to show: no events, a single bar, or an answer that takes too long. */
export async function spreadOf(question: Question, spreading: Spreading): Promise<Spread | undefined> {
  const window = windowOf(question);
  const histogram = await inTime(ask(question, window, spreading));
  const buckets = histogram?.buckets ?? [];
  if (histogram === undefined || buckets.length < 2 || buckets.every(({ count }) => count === 0))
    return undefined;
  const size = Math.ceil(buckets.length / mostBars);
  const groups = groupsOf(buckets, size);
  const { path, zone } = spreading;
  const { given } = question;
  const words = { zone, unit: histogram.unit };
  return {
    caption: captionOf(question, window, { buckets, size }),
    bars: groups.map((group) => {
      const bar = boundsOf(group, words);
      return {
        when: whenOf(bar, zone),
        count: group.reduce((sum, { count }) => sum + count, 0),
        more: group.some(({ more }) => more === true),
        href: addressOf(path, narrowed(given, bar)),
      };
    }),
    ends: [endOf(groups[0] ?? [], words), endOf(groups.at(-1) ?? [], words)],
  };
}

function ask(
  question: Question,
  window: Window,
  { rooms, organization, zone }: Spreading,
): Promise<Histogram> {
  const { from: _from, to: _to, ...rest } = question.filter;
  const { from, to, unit } = window;
  const filter = { ...rest, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  const request = { filter, wanted: question.wanted, unit, timeZone: zone, most };
  const { search, access } = rooms;
  return organization === undefined
    ? search.allHistogram(access.everything, request)
    : search.histogram(organization, request);
}

/** The list is what a page is for: it neither waits long for its bars nor fails with them. */
async function inTime<T>(counting: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, patience, undefined);
  });
  const counted = counting.catch(() => undefined);
  try {
    return await Promise.race([counted, late]);
  } finally {
    clearTimeout(timer);
  }
}

const groupsOf = (buckets: readonly Bucket[], size: number): Bucket[][] =>
  Array.from({ length: Math.ceil(buckets.length / size) }, (_, n) => buckets.slice(n * size, (n + 1) * size));

/** The ends of a bar in microseconds, and as the days that they are the first and the last moment of, if they are. */
interface Bounds {
  readonly from: bigint;
  readonly to: bigint;
  readonly firstDay: string | undefined;
  readonly lastDay: string | undefined;
}

interface Words {
  readonly zone: string;
  readonly unit: "hour" | "day";
}

const milliseconds = (at: bigint): number => Number(at / 1000n);

function boundsOf(group: readonly Bucket[], { zone, unit }: Words): Bounds {
  const from = parseTime(group[0]?.from ?? "") ?? 0n;
  const to = parseTime(group.at(-1)?.to ?? "") ?? 0n;
  const startOf = (at: bigint): string | undefined => {
    if (unit === "hour") return undefined;
    const key = dayKey(milliseconds(at), zone);
    // days begin on the minute in every zone: what doesn't was cut, and the search for the day's start is spared
    const isStart = at % 60_000_000n === 0n && timeOfDay(milliseconds(at), zone).startsWith("12:00am");
    return isStart || dayStart(key, zone) === milliseconds(at) ? key : undefined;
  };
  const isDayEnd = startOf(to) !== undefined;
  return {
    from,
    to,
    firstDay: startOf(from),
    lastDay: isDayEnd ? dayKey(milliseconds(to) - 1, zone) : undefined,
  };
}

/** "on 20 November 2026", "on 20 November 2026 from 1:00pm to 2:00pm", "from 18 November 2026 to 20 November 2026" */
function whenOf({ from, to, firstDay, lastDay }: Bounds, zone: string): string {
  const [start, end] = [milliseconds(from), milliseconds(to)];
  const [first, last] = [dayInWords(start, zone), dayInWords(end - 1, zone)];
  if (first !== last) {
    const begin = firstDay === undefined ? dayAndTime(start, zone) : first;
    return `from ${begin} to ${lastDay === undefined ? dayAndTime(end, zone) : last}`;
  }
  const since = firstDay === undefined ? ` from ${timeOfDay(start, zone)}` : "";
  const until = lastDay === undefined ? ` to ${timeOfDay(end, zone)}` : "";
  return `on ${first}${since}${until}`;
}

/** "20 November", "1:00pm" */
function endOf(group: readonly Bucket[], { zone, unit }: Words): string {
  const at = milliseconds(parseTime(group[0]?.from ?? "") ?? 0n);
  return unit === "hour" ? dayAndTime(at, zone) : dayInWords(at, zone);
}

/** The filter with the time of a bar: days, as they are picked, or moments. */
function narrowed(given: Given, { from, to, firstDay, lastDay }: Bounds): Given {
  const start = firstDay ?? momentOf(from);
  const end = lastDay ?? momentOf(to);
  return withValues(withValues(withValues(given, "period", []), "from", [start]), "to", [end]);
}

const momentOf = (at: bigint): string => formatTime(at).replace(".000000Z", "Z");

function captionOf(
  { given, filter }: Question,
  { unit, only }: Window,
  { buckets, size }: { readonly buckets: readonly Bucket[]; readonly size: number },
): string {
  const count = buckets.reduce((sum, bucket) => sum + bucket.count, 0);
  const isLeast = buckets.some(({ more }) => more === true);
  const period = periods.find((each) => each.period === given.get("period")?.[0])?.text;
  const isOpen = filter.from === undefined && filter.to === undefined;
  const last = period ?? (isOpen ? withoutWindow : undefined);
  const when = only === undefined ? last && ` in the last ${last}` : ` in the last ${only} of this time`;
  const by = size === 1 ? unit : `${size} ${unit}s`;
  return `${isLeast ? "At least " : ""}${count.toLocaleString("en-GB")} ${count === 1 ? "event" : "events"}${when ?? ""}, by ${by}`;
}
