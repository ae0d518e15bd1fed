/** Reads the events of a request body: one event, a batch, or NDJSON. */
import { DaybookError, type Issue, refuse } from "../error/index.ts";
import { isObject } from "./diff.ts";
import type { Json, JsonObject } from "./event.ts";
import { BatchReader } from "./json-batch.ts";
import { isSpace, JsonReader } from "./json-reader.ts";
import { limits } from "./limits.ts";
import { objectRemedy } from "./meant.ts";
import { pointerTo } from "./pointer.ts";
import { decodeBody } from "./read-json.ts";
import { utf8Length } from "./utf8.ts";

/** One event as read: its value, its pointer within the body, and its size as sent. */
export interface ReadEvent {
  readonly value: JsonObject;
  readonly pointer: string;
  readonly bytes: number;
}

/** The events of a body, in the order sent. `single`: the body is one event, not a batch. */
export interface ReadEvents {
  readonly inputs: ReadEvent[];
  readonly single: boolean;
}

export type EventMediaType = "application/json" | "application/x-ndjson";

/** An item that may not be an object. */
interface Element {
  readonly value: Json;
  readonly pointer: string;
  readonly bytes: number;
}

/**
 * Reads the body of a POST of events. `application/json`: one event (pointer ""), or `{"events":[…]}` (pointers
 * "/events/0", …), in which depth counts from each event. `application/x-ndjson`: one event a line (pointers "/0",
 * "/1", … count lines); empty lines are ignored. Throws what `readJson` throws; `body-too-large` over 5 MiB or 1,000
 * events; `request-invalid` for a batch of another shape or without events; `event-invalid` for an event that isn't an
 * object; `event-too-large` over 64 KiB as sent.
 */
export function readEvents(body: Uint8Array, mediaType: EventMediaType): ReadEvents {
  const parts = readEventsInParts(body, mediaType);
  while (parts.next());
  return parts.events();
}

/** Events that are read in parts, for a caller with other work. */
export interface EventParts {
  /** Reads another event; returns false at the end of the body. Call it until then. */
  next(): boolean;
  /** All events, after the end. */
  events(): ReadEvents;
}

/** The same in parts. */
export function readEventsInParts(body: Uint8Array, mediaType: EventMediaType): EventParts {
  if (body.length > limits.batchBytes) throw new DaybookError("body-too-large");
  const text = decodeBody(body);
  const isAscii = text.length === body.length;
  const size = (start: number, end: number): number => (isAscii ? end - start : utf8Length(text, start, end));
  return mediaType === "application/x-ndjson" ? linesOf(text, size) : bodyOf(text, size);
}

type Size = (start: number, end: number) => number;

/** Refuses the first event beyond the limit. */
function countEvents(elements: number): void {
  if (elements > limits.batchEvents) throw new DaybookError("body-too-large");
}

function bodyOf(text: string, size: Size): EventParts {
  const reader = new BatchReader(text, { maxDepth: limits.depth, suspect: false });
  return {
    next() {
      const goesOn = reader.next();
      countEvents(reader.spans.length / 2);
      return goesOn;
    },
    events: () => eventsIn(reader, text, size),
  };
}

function eventsIn({ whole, spans }: BatchReader, text: string, size: Size): ReadEvents {
  if (!isObject(whole) || whole.events === undefined) {
    const [start, end] = trimmed(text, 0, text.length);
    return { inputs: checkElements([{ value: whole, pointer: "", bytes: size(start, end) }]), single: true };
  }
  const elements = batchOf(whole).map((event, i) => ({
    value: event,
    pointer: `/events/${i}`,
    bytes: size(spans[2 * i]!, spans[2 * i + 1]!),
  }));
  return { inputs: checkElements(elements), single: false };
}

/** The list of a body that has a member `events`; refuses any other member beside it. */
function batchOf(body: JsonObject): Json[] {
  const { events } = body;
  if (!Array.isArray(events)) {
    throw refuse("request-invalid", {
      pointer: "/events",
      detail: "events must be a list of events.",
      remedy: 'Send {"events":[…]}, even of one, or the event itself.',
    });
  }
  const others = Object.keys(body).filter((name) => name !== "events");
  if (others.length > 0) {
    throw new DaybookError("request-invalid", {
      issues: others.map((name) => ({
        pointer: pointerTo("", name),
        detail: "A batch has the member events and no other.",
        remedy: "Move the member into each event, or leave it out.",
      })),
    });
  }
  return events;
}

function linesOf(text: string, size: Size): EventParts {
  const elements: Element[] = [];
  let start = 0;
  let line = -1;
  return {
    next() {
      while (start < text.length) {
        const newline = text.indexOf("\n", start);
        const stop = newline === -1 ? text.length : newline;
        const [from, to] = trimmed(text, start, stop);
        start = stop + 1;
        line++;
        if (from === to) continue;
        countEvents(elements.length + 1);
        const prefix = `/${line}`;
        const options = { maxDepth: limits.depth, prefix, line, suspect: false };
        const value = new JsonReader(text.slice(from, to), options).read();
        elements.push({ value, pointer: prefix, bytes: size(from, to) });
        return true;
      }
      return false;
    },
    events: () => ({ inputs: checkElements(elements), single: false }),
  };
}

/** Start and end without the JSON white space around. */
function trimmed(text: string, start: number, end: number): [number, number] {
  while (start < end && isSpace(text.charCodeAt(start))) start++;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  return [start, end];
}

function shapelessFault(value: Json): { detail: string; remedy: string } {
  const detail = "An event must be an object.";
  if (Array.isArray(value))
    return { detail, remedy: 'Send a list as {"events":[…]}, or each event on a line of its own as NDJSON.' };
  return { detail, remedy: objectRemedy(value, '{"type":"NEW_TEAM","actor":{"type":"user","id":"u_17"}}') };
}

function checkElements(elements: readonly Element[]): ReadEvent[] {
  if (elements.length === 0) {
    throw refuse("request-invalid", {
      pointer: "",
      detail: "There is no event in the body.",
      remedy: "Send at least one event.",
    });
  }
  const inputs: ReadEvent[] = [];
  const shapeless: Issue[] = [];
  const tooLarge: Issue[] = [];
  for (const { value, pointer, bytes } of elements) {
    if (!isObject(value)) shapeless.push({ pointer, ...shapelessFault(value) });
    else if (bytes > limits.eventBytes)
      tooLarge.push({
        pointer,
        detail: `The event has ${bytes} bytes; 65,536 are allowed.`,
        remedy: "Leave out what does not matter, replace large values with a digest, or send several events.",
      });
    else inputs.push({ value, pointer, bytes });
  }
  if (shapeless.length > 0)
    throw new DaybookError("event-invalid", { detail: shapeless[0]!.detail, issues: shapeless });
  if (tooLarge.length > 0)
    throw new DaybookError("event-too-large", { detail: tooLarge[0]!.detail, issues: tooLarge });
  return inputs;
}
