/** Reads events, newest first: which ones, a page of them, all of them, one. */
import { DaybookError } from "../error/index.ts";
import type { Outcome, RecordedEvent, Source } from "../event/index.ts";
import type { Settings } from "./options.ts";
import { allOf, type List, readPage } from "./pages.ts";
import { pathOf } from "./query.ts";
import { request } from "./request.ts";

/** Which events: several values of one member mean "one of them"; all members together must hold. */
export interface EventFilter {
  readonly type?: string | readonly string[];
  /** `type:id`, e.g. `user:u_17`; `anonymous:` for those who did not sign in */
  readonly actor?: string | readonly string[];
  /** `type:id`, e.g. `api_client:client_9` */
  readonly target?: string | readonly string[];
  readonly outcome?: Outcome | readonly Outcome[];
  /** `daybook`: only what Daybook did and saw itself; `others`: only what others reported. */
  readonly recordedBy?: Source;
  /** Inclusive, on occurredAt: RFC 3339, a date (its first moment in UTC), or a Date. */
  readonly from?: string | Date;
  /** Exclusive, on occurredAt. */
  readonly to?: string | Date;
}

export interface SearchOptions extends EventFilter {
  /**
   * Words that the event holds, all of them, each as the beginning of a word, at most 16: `register sandbox`; `"one after the
   * other"`; `-without`. A page may then be shorter than its limit and have a `next`; walking all pages goes on.
   */
  readonly q?: string;
  /** Events a page, 1 to 1,000. Default 25 for one page, 500 when walking all. */
  readonly limit?: number;
  readonly signal?: AbortSignal;
}

export interface PageOptions extends SearchOptions {
  /** The `next` of the page before. */
  readonly cursor?: string;
}

/** One page; `next` is null on the last one. */
export interface EventPage {
  readonly events: RecordedEvent[];
  readonly next: string | null;
}

const list: List = { path: "/events", name: "events" };

/** Reads one page. */
export async function readEvents(settings: Settings, options: PageOptions): Promise<EventPage> {
  const { items, next } = await readPage<RecordedEvent>(settings, list, options);
  return { events: items, next };
}

/** Walks all pages. Events that are recorded meanwhile with a later time are not seen; none is seen twice. */
export const allEvents = (settings: Settings, options: SearchOptions): AsyncIterable<RecordedEvent> =>
  allOf(settings, list, options);

/** Reads one event. Throws `event-not-found`. */
export async function readEvent(
  settings: Settings,
  id: string,
  signal: AbortSignal | undefined,
): Promise<RecordedEvent> {
  return request(settings, { path: pathOf("events", id), signal }, (event) => {
    if (event.id !== id)
      throw new DaybookError("answer-unreadable", { detail: "The answer is another event." });
    return event as unknown as RecordedEvent;
  });
}
