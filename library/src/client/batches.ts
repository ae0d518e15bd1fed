/**
 * Builds request bodies from events: gives every event an id, writes it once, and splits what exceeds one request (1,000 events, 5 MiB).
 * Bodies of several events are NDJSON, so that the pointers of an error (`/3/actor/id`) count from 0 like the caller's list.
 */
import { DaybookError, refuse } from "../error/index.ts";
import { type EventInput, limits, newEventId, utf8Length } from "../event/index.ts";
import { fitTexts, withoutUnkeepable } from "./adjust.ts";
import { refuseLossy, unwritable } from "./lossy.ts";

/** The body of one request. */
export interface Batch {
  readonly body: string;
  readonly mediaType: "application/json" | "application/x-ndjson";
  /** The ids, in the order of the events. */
  readonly ids: readonly string[];
  /** The number of events before this batch. */
  readonly offset: number;
  /** Whether the body is one event instead of NDJSON, so that pointers begin within the event. */
  readonly single: boolean;
}

/**
 * The JSON text of an event, adjusted if it isn't recordable as it is. Throws `json-refused` for values that JSON would drop or change, and
 * for circular references.
 */
function write(event: EventInput & { id: string }, pointer: string): string {
  try {
    const text = JSON.stringify(fitTexts(event), refuseLossy);
    const clean = withoutUnkeepable(text);
    return clean === undefined ? text : JSON.stringify(clean);
  } catch (error) {
    throw unwritable(error, event, pointer);
  }
}

/** Several values, at once or as they arrive. An array is named apart: TypeScript's errors are then about the item. */
export type Several<T> = readonly T[] | Iterable<T> | AsyncIterable<T>;

const isSeveral = (events: unknown): boolean =>
  typeof events === "object" &&
  events !== null &&
  (Symbol.iterator in events || Symbol.asyncIterator in events);

/**
 * Splits events into batches, in order, as they arrive. An event without an id gets one here, so that all attempts to send it have the same
 * id. `alone`: a single event is sent as itself, not as a line.
 */
export async function* batchesOf(
  events: Several<EventInput>,
  alone = false,
): AsyncGenerator<Batch, void, undefined> {
  let lines: string[] = [];
  let ids: string[] = [];
  let bytes = 0;
  let offset = 0;
  const finish = (): Batch => {
    const single = alone && offset === 0 && lines.length === 1;
    const mediaType = single ? "application/json" : "application/x-ndjson";
    const batch: Batch = { body: lines.join("\n"), mediaType, ids, offset, single };
    offset += lines.length;
    lines = [];
    ids = [];
    bytes = 0;
    return batch;
  };
  if (!isSeveral(events))
    throw new DaybookError("event-invalid", {
      detail: "Several events are an array, or something else that can be iterated.",
      remedy: "Record one event with record.",
    });
  for await (const event of events) {
    const pointer = alone ? "" : `/${offset + lines.length}`;
    if (event === null || typeof event !== "object")
      throw refuse("event-invalid", { pointer, detail: "An event is an object." });
    const id = event.id ?? newEventId();
    const line = write({ ...event, id }, pointer);
    const size = utf8Length(line) + 1;
    if (lines.length === limits.batchEvents || (lines.length > 0 && bytes + size > limits.batchBytes))
      yield finish();
    lines.push(line);
    ids.push(id);
    bytes += size;
  }
  if (lines.length > 0) yield finish();
}
