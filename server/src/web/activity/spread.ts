/**
 * The counts of a list's events over time: bars of hours or days, few enough to be touched with a finger. It limits its time to what a page
 * can wait.
 */
import { parseTime } from "daybook/internal";
import type { RequestOrganization } from "../../http/index.ts";
import type { RequestServices } from "../../services.ts";
import { addressOf, type Given, withValues } from "../base/parameters.ts";
import type { Bar, HistogramProps } from "../kit/components/histogram/histogram.tsx";
import { momentOf } from "./neighbours.ts";
import { periods, type Question } from "./question.ts";
import { legendOf, partsOf, splitChoices, sumsOf } from "./spread-split.ts";
import { type Bounds, boundsOf, startOf, whenOf } from "./spread-times.ts";

/** The content of the chart. */
export type Spread = Omit<HistogramProps, "after">;

export interface Spreading {
  readonly services: Pick<RequestServices, "search" | "access">;
  readonly organization: RequestOrganization | undefined;
  /** The address of the list. */
  readonly path: string;
  readonly zone: string;
  /** The types with their titles. */
  readonly types: Promise<readonly { readonly name: string; readonly title: string }[]>;
}

type ShownHistogram = Awaited<ReturnType<RequestServices["search"]["histogram"]>>;
type SpreadBucket = ShownHistogram["buckets"][number];

const hour = 3_600_000_000n;
const day = 24n * hour;
/** Longer spans are counted by day. */
const longestByHour = 50n * hour;
/** Days that are counted one by one; of longer spans, several together. */
const longest = 366n;
const withoutWindow = "30 days";
/** The maximum of bars: each is wide enough for a finger. */
const mostBars = 31;
/** The maximum of counted events: some milliseconds. */
const most = 20_000;
/** The maximum wait of a page, in milliseconds; someone who asks for a split waits for it. */
const patience = 300;
const patienceForSplit = 3_000;

interface SpreadWindow {
  readonly from: bigint | undefined;
  readonly to: bigint | undefined;
  readonly unit: "hour" | "day";
  /** The number of hours or days that are counted together. */
  readonly step: number;
  /** The window in words, if it isn't the whole list. */
  readonly only: string | undefined;
}

function windowOf({ filter: { from, to }, at }: Question): SpreadWindow {
  if (from === undefined)
    return { from, to, unit: "day", step: 1, only: to === undefined ? undefined : withoutWindow };
  const span = (to ?? at) - from;
  const unit = span <= longestByHour ? "hour" : "day";
  const step = unit === "hour" ? 1 : Number((span - 1n) / (longest * day)) + 1;
  return { from, to, unit, step, only: undefined };
}

/** Undefined if there is nothing to show: no events, a single bar, or a response that takes too long. */
export async function spreadOf(question: Question, spreading: Spreading): Promise<Spread | undefined> {
  if (question.isUnreadable) return undefined;
  const window = windowOf(question);
  const wait = question.split === undefined ? patience : patienceForSplit;
  const histogram = await inTime(ask(question, window, spreading), wait);
  const buckets = begun(histogram?.buckets ?? [], question.at);
  if (histogram === undefined || buckets.length < 2 || buckets.every(({ count }) => count === 0))
    return undefined;
  const { path, zone } = spreading;
  const { step } = window;
  const size = Math.ceil(buckets.length / mostBars);
  const words = { zone, unit: histogram.unit, step };
  const bars = boundsOf(buckets, size, words);
  const parts = partsOf(histogram, buckets);
  return {
    caption:
      captionOf(question, window, { buckets, size: size * step }) + missingOf(histogram.searched?.behind),
    splits: splitChoices(path, question),
    legend: legendOf(histogram, parts, { path, question }),
    bars: bars.map((bar, n): Bar => {
      const [start, end] = [n * size, (n + 1) * size];
      const group = buckets.slice(start, end);
      const count = group.reduce((sum, bucket) => sum + bucket.count, 0);
      if (count === 0) return nothing;
      const more = group.some((bucket) => bucket.more === true);
      const href = addressOf(path, narrowed(question.given, bar));
      return { when: whenOf(bar, zone), count, more, href, parts: parts && sumsOf(parts.slice(start, end)) };
    }),
    ends: [startOf(bars[0], words), startOf(bars.at(-1), words)],
  };
}

/** Without future time at the end: for today, the hours until now. */
function begun(buckets: readonly SpreadBucket[], now: bigint): readonly SpreadBucket[] {
  const last = buckets.findLastIndex(({ from, count }) => count > 0 || (parseTime(from) ?? 0n) <= now);
  return buckets.slice(0, last + 1);
}

/** Without empty time at the start. */
const nothing: Bar = { when: "", count: 0, more: false, href: "" };

async function ask(
  question: Question,
  window: SpreadWindow,
  { services, organization, zone, types }: Spreading,
): Promise<ShownHistogram> {
  const { from: _from, to: _to, ...rest } = question.filter;
  const { from, to, unit, step } = window;
  const filter = { ...rest, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  const { wanted, organizations } = question;
  const request = { filter, wanted, organizations, unit, step, timeZone: zone, most };
  const split = { split: question.split, types: question.split === "type" ? await types : [] };
  const { search, access } = services;
  return organization === undefined
    ? search.allHistogram(access.everything, { ...request, ...split })
    : search.histogram(organization, { ...request, ...split });
}

/** The list is the purpose of the page: it doesn't wait long for its bars, and doesn't fail with them. */
async function inTime<T>(counting: Promise<T>, wait: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, wait, undefined);
  });
  const counted = counting.catch(() => undefined);
  try {
    return await Promise.race([counted, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The filter with the time of a bar: as days, if possible, or as times. */
function narrowed(given: Given, { from, to, firstDay, lastDay }: Bounds): Given {
  const start = firstDay ?? momentOf(from);
  const end = lastDay ?? momentOf(to);
  return withValues(withValues(withValues(given, "period", []), "from", [start]), "to", [end]);
}

function captionOf(
  { given, filter }: Question,
  { unit, only }: SpreadWindow,
  { buckets, size }: { readonly buckets: readonly SpreadBucket[]; readonly size: number },
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

/** For words: the list also reads some of the newest events that aren't indexed yet; the bars don't count those. */
function missingOf(behind = 0): string {
  if (behind === 0) return "";
  const newest =
    behind === 1
      ? "newest event of the log, which is"
      : `${behind.toLocaleString("en-GB")} newest events of the log, which are`;
  return `, without the ${newest} not indexed for search yet`;
}
