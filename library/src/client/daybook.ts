/** The client: what an application holds to record into and read from one organization's log. */
import type { EventInput, Receipt, RecordedEvent, Unrecorded } from "../event/index.ts";
import { batchesOf } from "./batches.ts";
import { type ExportOptions, openExport } from "./export.ts";
import { type FollowedEvent, type FollowOptions, follow } from "./follow.ts";
import { type ClientOptions, type Settings, settingsOf } from "./options.ts";
import { type RecordOptions, recordBatch } from "./record.ts";
import {
  type EventPage,
  type PageOptions,
  readEvent,
  readPage,
  type SearchOptions,
  walkPages,
} from "./search.ts";
import type { EventOf } from "./typed-event.ts";

/** The pages of a search: loop over it for every event, or ask for one page. */
export interface Search extends AsyncIterable<RecordedEvent> {
  /** One page, the first unless a cursor is given; `next` is the cursor of the following one. */
  page(cursor?: string): Promise<EventPage>;
}

/**
 * A client for one organization. It holds no connection and needs no closing; Node's fetch pools connections.
 *
 * Every call throws DaybookError: with the server's code and pointers where the server refused, with `timeout` or
 * `unreachable` where no answer came. 429, 502, 503, 504, timeouts and broken connections are tried again, with the same event ids, so
 * that nothing is recorded twice. An aborted signal throws its own reason.
 */
export class Daybook {
  readonly #settings: Settings;

  /** Throws `config-invalid`, naming the option. */
  constructor(options: ClientOptions) {
    this.#settings = settingsOf(options);
  }

  /**
   * Records one event, and resolves once it is durable.
   * @returns its receipt, or `{id, recorded: false}` where before and after were equal
   */
  record<const T extends string>(event: EventOf<T>, options?: RecordOptions): Promise<Receipt | Unrecorded>;
  /**
   * Records many, in order. Up to 1,000 events and 5 MiB are one request: all of it or nothing. More are several
   * requests, one after the other; if one fails, the error says how many events before it are recorded.
   */
  record<const T extends readonly string[]>(
    events: { readonly [I in keyof T]: EventOf<T[I]> },
    options?: RecordOptions,
  ): Promise<(Receipt | Unrecorded)[]>;
  async record(
    events: unknown,
    options: RecordOptions = {},
  ): Promise<Receipt | Unrecorded | (Receipt | Unrecorded)[]> {
    const alone = !Array.isArray(events);
    const all: (Receipt | Unrecorded)[] = [];
    for await (const batch of batchesOf((alone ? [events] : events) as EventInput[], alone))
      for (const receipt of await recordBatch(this.#settings, batch, options)) all.push(receipt);
    return alone ? all[0]! : all;
  }

  /** Records events as they come, batch by batch; yields the receipts of each batch once it is durable. */
  async *recordAll(
    events: Iterable<EventInput> | AsyncIterable<EventInput>,
    options: RecordOptions = {},
  ): AsyncGenerator<(Receipt | Unrecorded)[], void, undefined> {
    for await (const batch of batchesOf(events)) yield await recordBatch(this.#settings, batch, options);
  }

  /** Searches, newest first by occurredAt. Nothing is sent before the first event or page is asked for. */
  search(options: SearchOptions = {}): Search {
    const settings = this.#settings;
    return {
      [Symbol.asyncIterator]: () => walkPages(settings, options),
      page: (cursor) => readPage(settings, { ...options, ...(cursor === undefined ? {} : { cursor }) }),
    };
  }

  /** One page of a search. */
  page(options: PageOptions = {}): Promise<EventPage> {
    return readPage(this.#settings, options);
  }

  /** One event. Throws `event-not-found`. */
  get(id: string, options: { readonly signal?: AbortSignal } = {}): Promise<RecordedEvent> {
    return readEvent(this.#settings, id, options.signal);
  }

  /** Downloads the audit log as CSV. Resolves once the server has begun; the download is itself an event of the log. */
  export(options: ExportOptions = {}): Promise<ReadableStream<Uint8Array>> {
    return openExport(this.#settings, options);
  }

  /** Follows the log in its own order; connects again by itself, without skipping or repeating. */
  follow(options: FollowOptions = {}): AsyncGenerator<FollowedEvent, void, undefined> {
    return follow(this.#settings, options);
  }
}

/** The same as `new Daybook(options)`. */
export const daybook = (options: ClientOptions): Daybook => new Daybook(options);
