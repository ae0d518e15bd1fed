/** The contract of the store for how events are spread over time, and for the calendar that the spread is drawn on. */
import type { TextQuery } from "./full-text.ts";
import type { Filter, PageQuery } from "./pages.ts";

/** How events are spread over time. */
export interface CountQuery extends Pick<PageQuery, "organizationId"> {
  /** Its `from` and `to` are passed over: `bounds` are what counts. */
  readonly filter: Filter;
  readonly wanted?: TextQuery | undefined;
  /** Times in order: between each and the next is a bucket, without its end. At most 400 buckets. */
  readonly bounds: readonly bigint[];
  /** About how many events are counted at most. */
  readonly most: number;
}

/** How many events a bucket has; `more`: at least so many. */
export interface Count {
  readonly count: number;
  readonly more: boolean;
}

/** A span of the calendar, in days or hours of a time zone (an IANA name). */
export interface CalendarQuery {
  readonly unit: "hour" | "day";
  readonly from: bigint;
  readonly to: bigint;
  readonly timeZone: string;
}

/** Counting events, within a row scope. Events outside the row scope are not counted. */
export interface CountReads {
  /**
   * A count for each bucket, in the order of `bounds`. A count is exact unless its `more` is set. With `wanted`, only events
   * whose words are indexed are counted. Looks at about `most` events. None for fewer than two bounds.
   */
  count(query: CountQuery): Promise<Count[]>;
  /**
   * The bounds of the hours or days that a span touches, in ascending order: the first at or before `from`, the last at or after
   * `to`. Rejects with StoreError `refused` for a time zone that the database does not know.
   */
  calendar(query: CalendarQuery): Promise<bigint[]>;
}
