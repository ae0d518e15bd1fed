/** Counts events by the days or hours of a time zone: one bar for each, without gaps. */
import { formatTime } from "daybook/internal";
import type { EventQuery } from "../full-text/index.ts";
import {
  oneOf,
  type Query,
  type QueryIssue,
  readParameters,
  readZone,
  refuseFirst,
  refuseParameter,
} from "../query-string/index.ts";
import type { Count, CountQuery } from "../store/contract/counts.ts";
import { StoreError } from "../store/contract/errors.ts";
import type { Store } from "../store/store.ts";
import { demandAskable } from "./allowed.ts";
import { askedOfIndex, everything } from "./asked-of-index.ts";
import type { TitledType } from "./breakdown.ts";
import { type EventsQuery, eventsParameters, eventsQueryOf } from "./events-query.ts";
import { type Searched, searchedOf, visibleSearched } from "./find-page.ts";
import { countFound } from "./full-text/index.ts";
import { type SearchPlace, searchPlaceOf } from "./organizations.ts";
import { type SplitName, type SplitValue, splitCounts, splitNames } from "./split.ts";
import { type OrganizationView, visibleFilter } from "./visible.ts";

/** The request: by default the last 30 days, or the last 7 days for hours. */
export interface HistogramRequest extends EventsQuery {
  readonly unit: "hour" | "day";
  /** IANA name. */
  readonly timeZone: string;
  /** The approximate maximum of counted events; default 100,000. */
  readonly most?: number;
  /** How many hours or days a bucket has; default 1. */
  readonly step?: number;
  readonly split?: SplitName | undefined;
  /** For a split by type: those whose titles are the labels, which otherwise are their names. */
  readonly types?: readonly TitledType[];
}

/** `from` is inclusive, `to` exclusive: a page with these bounds has these events. `more`: there may be more. */
interface Bucket {
  readonly from: string;
  readonly to: string;
  readonly count: number;
  readonly more?: true;
  /** Of a split: the count of each of its values, in their order. */
  readonly parts?: readonly number[];
}

/** At most 400 buckets, oldest first, without gaps; the first and the last are cut to the window. */
export interface Histogram {
  readonly unit: "hour" | "day";
  readonly timeZone: string;
  readonly buckets: readonly Bucket[];
  /** What the parts of buckets are of; other events have other values. */
  readonly split?: { readonly by: SplitName; readonly values: readonly SplitValue[] };
  /** For a count by words: how complete it is. */
  readonly searched?: Searched;
}

/** The parameters of `parseHistogramRequest`. */
const histogramParameters: readonly string[] = [...eventsParameters, "unit", "zone", "split"];

const mostBuckets = 400;
/** The number of events that are counted exactly. */
const mostCounted = 100_000;
const length = { hour: 3_600_000_000n, day: 86_400_000_000n };
const withoutWindow = { hour: 7n * 24n, day: 30n };

/**
 * The histogram request in a query.
 * @throws DaybookError `query-invalid`
 */
export function parseHistogramRequest(query: Query): HistogramRequest {
  const parameters = readParameters(query, histogramParameters);
  const unit = oneOf(parameters, "unit", ["hour", "day"]) ?? "day";
  const split = oneOf(parameters, "split", splitNames);
  const issues: QueryIssue[] = [];
  const ofBuckets = readZone(parameters, "zone", issues);
  const ofDates = readZone(parameters, "tz", issues);
  refuseFirst(issues);
  // each is the other, unless it is given
  const timeZone = ofBuckets ?? ofDates ?? "UTC";
  return { ...eventsQueryOf(parameters, timeZone), unit, timeZone, split };
}

interface HistogramWindow {
  readonly from: bigint;
  readonly to: bigint;
}

function windowOf({ filter, unit }: HistogramRequest, now: bigint): HistogramWindow {
  const to = filter.to ?? now + 1n;
  const from = filter.from ?? to - length[unit] * (withoutWindow[unit] - 1n) - 1n;
  return { from: from < 0n ? 0n : from, to };
}

/** The request, the organization or all, and now in microseconds. */
interface CountRequest {
  readonly organizationId: number | undefined;
  readonly view: OrganizationView;
  readonly now: bigint;
}

/**
 * Counts events by the hours or days of a time zone.
 * @throws DaybookError `query-invalid`: more than 400 buckets, or a time zone that the database doesn't have
 */
export async function histogramOf(
  store: Pick<Store, "within">,
  request: HistogramRequest,
  { organizationId, view, now }: CountRequest,
): Promise<Histogram> {
  const { unit, timeZone, most = mostCounted, split: by } = request;
  demandAskable(request, { view, isInOne: organizationId !== undefined });
  const filter = visibleFilter(request.filter, view);
  const reads = store.within(view.rowScope);
  const place = await searchPlaceOf(reads, request.organizations);
  // the parts of a split are counted in the index, and so is the whole
  const wanted = askedOfIndex(request, filter, place) ?? (by && everything);
  const window = windowOf(request, now);
  const calendar = await boundsOf(reads, request, window);
  // only a requested window is cut; without one, days and hours are whole, unless several together would end in the future
  const isCut = request.filter.to !== undefined || (request.step ?? 1) > 1;
  const bounds = calendar.map((at) => {
    if (request.filter.from !== undefined && at < window.from) return window.from;
    return isCut && at > window.to ? window.to : at;
  });
  const query = {
    filter: filter ?? {},
    bounds,
    ...(organizationId === undefined ? {} : { organizationId }),
    ...place,
  };
  const none = bounds.slice(1).map(() => ({ count: 0, more: false }));
  const isNothing = filter === undefined || place === undefined || bounds.length < 2;
  const [{ counts, searched }, split] = await Promise.all([
    isNothing
      ? { counts: none, searched: wanted && nothingMissing }
      : countsOf(reads, { ...query, wanted, most }),
    by === undefined || isNothing
      ? undefined
      : splitCounts(reads, { ...query, wanted: wanted ?? everything }, { ...request, by }),
  ]);
  const buckets = counts.map(({ count, more }, index) => ({
    from: formatTime(bounds[index]!),
    to: formatTime(bounds[index + 1]!),
    count,
    ...(more ? { more } : {}),
    ...(split && { parts: split.parts[index] }),
  }));
  return {
    unit,
    timeZone,
    buckets,
    ...(by && { split: { by, values: split?.values ?? [] } }),
    ...(searched && { searched: visibleSearched(searched, view) }),
  } as Histogram;
}

const nothingMissing: Searched = { upTo: null, behind: 0 };

async function countsOf(
  reads: HistogramReads,
  { wanted, among, ...query }: CountQuery & SearchPlace & { wanted: EventQuery | undefined },
): Promise<{ counts: readonly Count[]; searched?: Searched }> {
  if (wanted === undefined) return { counts: await reads.count(query) };
  const { counts, unindexed } = await countFound(reads, { ...query, among, wanted });
  return { counts, searched: searchedOf(unindexed) };
}

type HistogramReads = ReturnType<Store["within"]>;

async function boundsOf(
  reads: HistogramReads,
  { unit, timeZone, step = 1 }: HistogramRequest,
  { from, to }: HistogramWindow,
): Promise<bigint[]> {
  if (from >= to) return [];
  const tooMany = refuseParameter(
    "from",
    `is more than ${mostBuckets} ${unit}s before 'to'.`,
    "Choose a shorter window.",
  );
  if ((to - from) / length[unit] > BigInt(mostBuckets * step)) throw tooMany;
  try {
    const bounds = await reads.calendar({ unit, step, from, to, timeZone });
    if (bounds.length > mostBuckets + 1) throw tooMany;
    return bounds;
  } catch (error) {
    if (!(error instanceof StoreError && error.failure === "refused")) throw error;
    throw refuseParameter("zone", "is not the name of a time zone that the database knows.");
  }
}
