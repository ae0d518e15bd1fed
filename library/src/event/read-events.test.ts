/** Request bodies: one event, a batch, NDJSON; their limits, and the places in errors. */
import { describe, expect, test } from "vitest";
import { DaybookError } from "../error/index.ts";
import { canonicalize, type EventMediaType, limits, type ReadEvents, readEvents } from "./index.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string, type: EventMediaType = "application/json"): ReadEvents =>
  readEvents(bytes(text), type);
const lines = (text: string): ReadEvents => read(text, "application/x-ndjson");

/** Code and pointers of an error. */
function refusal(work: () => unknown): [string, ...string[]] {
  try {
    work();
  } catch (error) {
    if (error instanceof DaybookError) return [error.code, ...error.issues.map((issue) => issue.pointer)];
    throw error;
  }
  throw new Error("it was accepted");
}

const nested = (levels: number): string => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;
/** An event of exactly that many bytes. */
const sized = (size: number, unit = "x"): string => {
  const frame = '{"reason":""}'.length;
  const width = bytes(unit).length;
  const rest = (size - frame) % width;
  return `{"reason":"${unit.repeat(Math.floor((size - frame) / width))}${"y".repeat(rest)}"}`;
};

describe("a body of one event", () => {
  test("is the event, with the empty pointer and its size without the space around it", () => {
    const { inputs, single } = read(' {"type": "é"}\n');
    expect(single).toBe(true);
    expect(inputs.map(({ pointer, bytes: size }) => [pointer, size])).toEqual([["", 14]]);
    expect(canonicalize(inputs[0]!.value)).toBe('{"type":"é"}');
  });

  test.each([["[]"], ["[{}]"], ["null"], ["1"], ['"{}"']])("that is %s is refused", (text) => {
    expect(refusal(() => read(text))).toEqual(["event-invalid", ""]);
  });

  test("may be 32 levels deep, and 64 KiB long", () => {
    expect(read(nested(32)).inputs.length).toBe(1);
    expect(refusal(() => read(nested(33)))).toEqual(["json-refused", "/a".repeat(32)]);
    for (const unit of ["x", "é", "\u20ac", "\u{1f600}"]) {
      expect(read(sized(limits.eventBytes, unit)).inputs[0]!.bytes).toBe(limits.eventBytes);
      expect(refusal(() => read(sized(limits.eventBytes + 1, unit)))).toEqual(["event-too-large", ""]);
    }
  });
});

describe("a batch", () => {
  const batch = (...events: string[]): string => `{"events":[${events.join(" , ")}]}`;

  test("is its events in order, each with its pointer and its own size", () => {
    const { inputs, single } = read(batch('{"a":1}', '{"é":"\u{1f600}"}', "{ }"));
    expect(single).toBe(false);
    expect(inputs.map(({ pointer, bytes: size }) => [pointer, size])).toEqual([
      ["/events/0", 7],
      ["/events/1", 13],
      ["/events/2", 3],
    ]);
    expect(inputs.map(({ value }) => canonicalize(value))).toEqual(['{"a":1}', '{"é":"\u{1f600}"}', "{}"]);
  });

  test("counts depth from each event", () => {
    expect(read(batch(nested(32), nested(32))).inputs.length).toBe(2);
    expect(refusal(() => read(batch("{}", nested(33))))).toEqual([
      "json-refused",
      `/events/1${"/a".repeat(32)}`,
    ]);
  });

  test("is still a batch with its name in escapes", () => {
    expect(read('{"\\u0065vents":[{"a":1}]}').inputs[0]!.pointer).toBe("/events/0");
  });

  test("is none where events lies deeper", () => {
    expect(read('{"data":{"events":[1]}}').single).toBe(true);
    expect(read(`{"data":{"events":[${nested(29)}]}}`).single).toBe(true);
    expect(refusal(() => read(`{"data":{"events":[${nested(30)}]}}`))[0]).toBe("json-refused");
    expect(read(`{"data":{"events":[${"1,".repeat(1_000)}1]}}`).inputs.length).toBe(1);
  });

  test.each<[string, string, string[]]>([
    ["no events", batch(), ["request-invalid", ""]],
    ["events that are no list", '{"events":{}}', ["request-invalid", "/events"]],
    ["events that are null", '{"events":null}', ["request-invalid", "/events"]],
    ["another member", '{"x/y":1,"events":[{}],"type":2}', ["request-invalid", "/x~1y", "/type"]],
    ["elements that are no objects", batch("{}", "1", "[]"), ["event-invalid", "/events/1", "/events/2"]],
    ["its name twice", '{"events":[{}],"events":[{}]}', ["json-refused", "/events"]],
    ["a refusal within an event", batch("{}", '{"data":{"n":1e400}}'), ["json-refused", "/events/1/data/n"]],
    [
      "something deep beside its events",
      `{"events":[{}],"x":${nested(32)}}`,
      ["json-refused", `/x${"/a".repeat(31)}`],
    ],
    ["an event too large", batch("{}", sized(65_537)), ["event-too-large", "/events/1"]],
  ])("with %s is refused", (_, text, expected) => {
    expect(refusal(() => read(text))).toEqual(expected);
  });

  test("holds at most 1,000 events and 5 MiB", () => {
    const events = Array.from({ length: 1_000 }, () => "{}");
    expect(read(batch(...events)).inputs.length).toBe(1_000);
    expect(refusal(() => read(batch(...events, "{}")))).toEqual(["body-too-large"]);
    const body = batch("{}");
    expect(read(body.padEnd(limits.batchBytes)).inputs.length).toBe(1);
    expect(refusal(() => read(body.padEnd(limits.batchBytes + 1)))).toEqual(["body-too-large"]);
  });
});

describe("NDJSON", () => {
  test("is an event a line; pointers count lines, empty ones too", () => {
    const { inputs, single } = lines('{"a":1}\r\n\n  \t\r\n {"é":2} \n{}');
    expect(single).toBe(false);
    expect(inputs.map(({ pointer, bytes: size }) => [pointer, size])).toEqual([
      ["/0", 7],
      ["/3", 8],
      ["/4", 2],
    ]);
  });

  test("takes one line for one event, even one that looks like a batch", () => {
    expect(lines('{"events":[{}]}').inputs[0]!.pointer).toBe("/0");
  });

  test.each<[string, string, string[]]>([
    ["nothing in it", "", ["request-invalid", ""]],
    ["empty lines only", "\n\r\n \n", ["request-invalid", ""]],
    ["an event over two lines", '{"a":\n1}', ["json-unreadable", "/0/a"]],
    ["two events on a line", "{}\n{}{}", ["json-unreadable", "/1"]],
    ["a line that is no object", "{}\n[]\n1", ["event-invalid", "/1", "/2"]],
    ["a refusal in a line", '{}\n\n{"data":{"a":1,"a":2}}', ["json-refused", "/2/data/a"]],
    ["a form feed around an event", "{}\f\n{}", ["json-unreadable", "/0"]],
    ["a line too large", `{}\n${sized(65_537)}`, ["event-too-large", "/1"]],
    ["1,001 events", "{}\n".repeat(1_001), ["body-too-large"]],
  ])("with %s is refused", (_, text, expected) => {
    expect(refusal(() => lines(text))).toEqual(expected);
  });

  test.each([
    ["without line feeds, as curl --data sends a file", "{}{}", "unless you use --data-binary"],
    ["with carriage returns alone", "{}\r{}", "End each event with a line feed"],
    ["of several lines an event, as jq writes without -c", '{\n  "a": 1\n}', "as jq -c does"],
    ["cut off", '{"a":1}\n{"a', "Write each event on a line of its own"],
  ])("%s is refused with what to do", (_, text, remedy) => {
    expect(() => lines(text)).toThrow(expect.objectContaining({ remedy: expect.stringContaining(remedy) }));
  });

  test("says the line of the body that is unreadable", () => {
    expect(() => lines("{}\n\n{x}")).toThrow("at line 3, column 2");
  });
});

test.each<[string, number[]]>([
  ["a byte order mark", [0xef, 0xbb, 0xbf, 0x7b, 0x7d]],
  ["bytes that are not UTF-8", [0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]],
])("a body with %s is unreadable", (_, body) => {
  for (const type of ["application/json", "application/x-ndjson"] as const) {
    expect(refusal(() => readEvents(Uint8Array.from(body), type))[0]).toBe("json-unreadable");
  }
});
