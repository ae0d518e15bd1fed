/** Reads events, newest first: filters, one page, all pages, one event. */
import { DaybookError } from "../error/index.ts";
import type { Outcome, Source } from "../event/index.ts";
import type { EventsPage } from "../resources/index.ts";
import type { AuditEvent, AuditEventOf } from "./audit-event.ts";
import type { EventName } from "./event-name.ts";
import type { Settings } from "./options.ts";
import { allOf, type List, readPage } from "./pages.ts";
import { pathOf } from "./query.ts";
import { request } from "./request.ts";

/** A filter of events. Several values of one member mean "one of them"; all members must match. */
export interface EventFilter<T extends EventName = EventName> {
  /** The event type. */
  readonly type?: T | readonly T[] | undefined;
  /** `type:id`, such as `user:u_17`; `anonymous:` for actors who did not sign in */
  readonly actor?: string | readonly string[] | undefined;
  /** `type:id`, such as `api_client:client_9` */
  readonly target?: string | readonly string[] | undefined;
  /** How the attempt ended. */
  readonly outcome?: Outcome | readonly Outcome[] | undefined;
  /** `daybook`: only what Daybook did itself; `others`: only what others reported; or `type:id` of recorders. */
  readonly recordedBy?:
    | Source
    | `${"api_client" | "operator" | "server"}:${string}`
    | readonly string[]
    | undefined;
  /** Inclusive, by occurredAt: RFC 3339, a Date, a date such as `2026-11-22`, which is that whole day, or how long ago, such as `7d` (m, h, d, w). */
  readonly from?: string | Date | undefined;
  /** Exclusive, by occurredAt. A date alone includes that day; `1h` is an hour ago. */
  readonly to?: string | Date | undefined;
  /** The time zone of dates, by its IANA name; default UTC. */
  readonly tz?: string | undefined;
  /** Paths of changes, such as `/expiresOn` */
  readonly changed?: string | readonly string[] | undefined;
  /** The event's id in the producer's system. */
  readonly externalId?: string | readonly string[] | undefined;
  /** Addresses or networks, such as `192.0.2.0/24`; like all filters of the context, only if the token may read it. */
  readonly ip?: string | readonly string[] | undefined;
  /** Words of the user agent. */
  readonly userAgent?: string | readonly string[] | undefined;
  /** Ids of requests. */
  readonly requestId?: string | readonly string[] | undefined;
  /** What caused events together. */
  readonly correlationId?: string | readonly string[] | undefined;
  /**
   * A search: words, each as the beginning of one, `"one after the other"`, and qualifiers such as `type:API_CLIENT_*` or
   * `actor:"Grace Hopper"`; `-` excludes. spec/search.md has the grammar. A page can then be shorter than its limit and still have a `next`;
   * walking all pages continues. An error's issue says where in it: `place`.
   */
  readonly q?: string | undefined;
}

/** What to search for, and how many events a page has. */
export interface SearchOptions<T extends EventName = EventName> extends EventFilter<T> {
  /** Events per page, 1 to 1,000. Default 25 for one page, 500 for all pages. */
  readonly limit?: number | undefined;
  /** Aborting it ends the search, which throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** The events that a search for the types `T` finds; any event if it names no type. */
export type FoundBy<T extends EventName> = [T] extends [never] ? AuditEvent : AuditEventOf<T>;

/**
 * One page of `events`, newest first. `next` is the cursor of the following page, null on the last one. `searched` is only of what the full-text
 * index answers, a search or a filter of two kinds: `upTo`, the recordedAt up to which all events were searched, and `behind`, how many were
 * not searched.
 */
export type EventPage<Event extends AuditEvent = AuditEvent> = EventsPage<Event>;

/** The result of a search: loop over it for every event, or ask for one page. */
export interface Search<Event extends AuditEvent = AuditEvent> extends AsyncIterable<Event> {
  /** One page, the first unless a cursor is given; `next` is the cursor of the following one. */
  page(cursor?: string): Promise<EventPage<Event>>;
}

const list: List = { path: "/events", name: "events" };

/**
 * Searches: all pages in sequence, or one page. It misses events that are recorded meanwhile with a later time, and returns no event twice.
 */
export const searchOf = <Event extends AuditEvent>(settings: Settings, options: object): Search<Event> => ({
  ...allOf<Event>(settings, list, options),
  page: async (cursor) => {
    const parameters = cursor === undefined ? options : { ...options, cursor };
    const { items, next, searched } = await readPage<Event>(settings, list, parameters);
    return { events: items, next, ...(searched && { searched }) };
  },
});

/** Reads one event. Throws `event-not-found`. */
export async function readEvent(
  settings: Settings,
  id: string,
  signal: AbortSignal | undefined,
): Promise<AuditEvent> {
  return request(settings, { path: pathOf("events", id), signal }, (event) => {
    if (event.id !== id)
      throw new DaybookError("answer-unreadable", { detail: "The answer is another event." });
    return event as unknown as AuditEvent;
  });
}
