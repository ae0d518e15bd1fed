/** The contract of the store for counts of events over time, and for the calendar of these counts. */
import type { Filter, PageQuery } from "./pages.ts";

/** A count of events over time. */
export interface CountQuery extends Pick<PageQuery, "organizationId"> {
  /** `from` and `to` are ignored: `bounds` decide. */
  readonly filter: Filter;
  /** Times in order: a bucket is between each and the next, without its end. At most 400 buckets. */
  readonly bounds: readonly bigint[];
  /** The approximate maximum of events that are counted. */
  readonly most: number;
}

/** The number of events in a bucket; `more`: there may be more. */
export interface Count {
  readonly count: number;
  readonly more: boolean;
}

/** A span of the calendar, in days or hours of a time zone (an IANA name), or in so many of them. */
export interface CalendarQuery {
  readonly unit: "hour" | "day";
  /** The number of hours or days from one bound to the next. */
  readonly step: number;
  readonly from: bigint;
  readonly to: bigint;
  readonly timeZone: string;
}

/** Counting events, within a row scope. Events outside the row scope are not counted. */
export interface CountReads {
  /**
   * A count for each bucket, in the order of `bounds`. A count is exact unless its `more` is set. Reads about `most` events. Empty for fewer than two bounds.
   */
  count(query: CountQuery): Promise<Count[]>;
  /**
   * The bounds of every `step` hours or days in a span, in ascending order: the first at or before `from`, the last at or after `to`. Rejects with
   * StoreError `refused` for a time zone that the database does not have.
   */
  calendar(query: CalendarQuery): Promise<bigint[]>;
}
