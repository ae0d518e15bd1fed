/** Reads pages of events, newest first. A filter is turned into a query here, and nowhere else. */
import { DaybookError } from "../error/index.ts";
import type { Outcome, RecordedEvent } from "../event/index.ts";
import type { Settings } from "./options.ts";
import { request } from "./request.ts";

/** Which events: several values of one member mean "one of them"; all members together must hold. */
export interface EventFilter {
  readonly type?: string | readonly string[];
  /** `type:id`, e.g. `user:u_17` */
  readonly actor?: string | readonly string[];
  /** `type:id`, e.g. `api_client:client_9` */
  readonly target?: string | readonly string[];
  readonly outcome?: Outcome | readonly Outcome[];
  /** Inclusive, on occurredAt: RFC 3339, a date (its first moment in UTC), or a Date. */
  readonly from?: string | Date;
  /** Exclusive, on occurredAt. */
  readonly to?: string | Date;
}

export interface SearchOptions extends EventFilter {
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

/** A time as the server takes it. A Date that holds none is refused, as JSON would make it null. */
function timeText(value: string | Date): string {
  if (typeof value === "string") return value;
  if (Number.isNaN(value.getTime()))
    throw new DaybookError("query-invalid", { detail: "The Date holds no time." });
  return value.toISOString();
}

/** The query of a filter, with its `?`, or an empty text. */
export function queryOf(
  values: Readonly<Record<string, string | number | Date | readonly string[] | undefined>>,
): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) continue;
    if (Array.isArray(value)) for (const each of value) query.append(name, each);
    else query.append(name, value instanceof Date ? timeText(value) : String(value));
  }
  const text = query.toString();
  return text === "" ? "" : `?${text}`;
}

/** Reads one page. */
export function readPage(settings: Settings, options: PageOptions): Promise<EventPage> {
  const { signal, ...query } = options;
  return request(settings, { path: `/events${queryOf(query)}`, signal }, ({ events, next }) => {
    if (!Array.isArray(events) || (next !== null && typeof next !== "string"))
      throw new DaybookError("answer-unreadable", { detail: "The answer is not a page of events." });
    return { events: events as RecordedEvent[], next };
  });
}

/** Walks all pages. Events that are recorded meanwhile with a later time are not seen; none is seen twice. */
export async function* walkPages(
  settings: Settings,
  options: SearchOptions,
): AsyncGenerator<RecordedEvent, void, undefined> {
  let cursor: string | undefined;
  do {
    const page = await readPage(settings, { limit: 500, ...options, ...(cursor ? { cursor } : {}) });
    yield* page.events;
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
}

/** Reads one event. Throws `event-not-found`. */
export function readEvent(
  settings: Settings,
  id: string,
  signal: AbortSignal | undefined,
): Promise<RecordedEvent> {
  return request(settings, { path: `/events/${encodeURIComponent(id)}`, signal }, (event) => {
    if (event.id !== id)
      throw new DaybookError("answer-unreadable", { detail: "The answer is another event." });
    return event as unknown as RecordedEvent;
  });
}
