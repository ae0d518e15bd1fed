/** Events that are too large, found while their body arrives: as the reader finds them, and no others. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DaybookError } from "../error/index.ts";
import { type EventMediaType, limits, readEvents, watchLargeEvents } from "./index.ts";

const json = "application/json";
const lines = "application/x-ndjson";
/** An event of exactly that many bytes. */
const sized = (size: number): string => `{"reason":"${"x".repeat(size - 13)}"}`;
const large = sized(limits.eventBytes + 1);
const largest = sized(limits.eventBytes);

interface Found {
  readonly pointer: string | undefined;
  /** How much of the body had arrived. */
  readonly after: number;
}

/** Where the watch stops a body that arrives in parts. */
function watched(text: string, mediaType: EventMediaType, part = 16_384): Found | undefined {
  const body = Buffer.from(text);
  const watch = watchLargeEvents(mediaType);
  for (let at = 0; at < body.length; at += part) {
    try {
      watch.add(body.subarray(at, at + part));
    } catch (error) {
      if (!(error instanceof DaybookError) || error.code !== "event-too-large") throw error;
      return { pointer: error.issues[0]?.pointer, after: Math.min(at + part, body.length) };
    }
  }
  return undefined;
}

describe.each<[string, string, EventMediaType, string]>([
  ["one event", `${sized(3_500_000)}`, json, ""],
  ["one event after a lot of space", `${" ".repeat(400)}\n${sized(3_500_000)}`, json, ""],
  ["a line", `${sized(100)}\n\n${sized(3_500_000)}\n`, lines, "/2"],
  ["an event of a batch", `{ "events" : [${sized(100)},"x",${sized(3_500_000)}]}`, json, "/events/2"],
])("%s of 3.5 MB", (_, text, mediaType, pointer) => {
  test("is refused after little more than 64 KiB, with its place", () => {
    const found = watched(text, mediaType);
    expect(found?.pointer).toBe(pointer);
    expect(found?.after).toBeLessThan(limits.eventBytes + 40_000);
  });
});

test.each<[string, string, EventMediaType]>([
  ["the largest event", largest, json],
  ["the largest event, with space around", ` \n${largest}${" ".repeat(100_000)}`, json],
  ["lines of the largest event", `${largest}\r\n  ${largest}  \t${" ".repeat(70_000)}\n${largest}`, lines],
  ["a batch of the largest event", `{"events":[${largest} , ${" ".repeat(70_000)} ${largest}]}`, json],
  ["a string that looks like brackets", `{"events":[{"a":"]}]}[{\\"{"},${largest}]}`, json],
])("%s passes, as it passes the reader", (_, text, mediaType) => {
  for (const part of [1_000, 65_536, 1_000_000]) expect(watched(text, mediaType, part)).toBeUndefined();
  expect(readEvents(Buffer.from(text), mediaType).inputs.length).toBeGreaterThan(0);
});

test.each(["[", '"', "x", "null ", `\ufeff{"a":"`])("what begins with %j is left to the reader", (start) => {
  expect(watched(start + "x".repeat(200_000), json)).toBeUndefined();
});

test("in a batch of any events, in parts of any size, the first that is too large is found", () => {
  const event = fc.oneof(
    { weight: 4, arbitrary: fc.jsonValue().map((value) => JSON.stringify({ value })) },
    { weight: 1, arbitrary: fc.constant(large) },
  );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 8 }), fc.integer({ min: 1, max: 70_000 }), (events, part) => {
      const first = events.indexOf(large);
      // a short body is never watched
      const spaced = `{"events":[${events.join(",\n ")}]}${" ".repeat(600)}`;
      expect(watched(spaced, json, part)?.pointer).toBe(first < 0 ? undefined : `/events/${first}`);
      expect(watched(events.join("\n"), lines, part)?.pointer).toBe(first < 0 ? undefined : `/${first}`);
    }),
    { numRuns: 60 },
  );
});
