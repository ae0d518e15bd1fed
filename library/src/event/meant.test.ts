/** Members and values from other formats, by other names or of other kinds, are refused with what to write instead. */
import { describe, expect, test } from "vitest";
import type { DaybookError } from "../error/index.ts";
import { checkEvent, type Json, type JsonObject, parseTime, readEvents } from "./index.ts";

const rules = {
  name: "invoice.paid",
  version: 1,
  labels: {},
  secret: { changes: [] },
  personal: { changes: [], data: [] },
  plain: { changes: [], data: [] },
};
const now = parseTime("2026-11-22T11:20:00Z")!;
const good: JsonObject = { type: "invoice.paid", actor: { type: "user", id: "u_1" } };

/** Pointer and remedy of a check's issues. */
function remedies(event: JsonObject): Record<string, string | undefined> {
  try {
    checkEvent(event, { rules: () => rules, now });
  } catch (error) {
    const { issues } = error as DaybookError;
    return Object.fromEntries(issues.map(({ pointer, remedy }) => [pointer, remedy]));
  }
  return {};
}

const change = (more: object): Json => [{ path: "/a", ...more }] as Json;

/** An addition to a valid event, where it is wrong, and a part of the remedy. */
const cases: readonly (readonly [string, object, string, string])[] = [
  ["snake_case", { occurred_at: "2026-11-22T11:20:00Z" }, "/occurred_at", "Call it occurredAt if"],
  ["PascalCase", { Reason: "x" }, "/Reason", "Call it reason if"],
  [
    "kebab-case in the context",
    { context: { "user-agent": "x" } },
    "/context/user-agent",
    "Call it userAgent if",
  ],
  ["IP", { context: { IP: "192.0.2.7" } }, "/context/IP", "Call it ip if"],
  [
    "on_behalf_of",
    { actor: { type: "user", id: "u", on_behalf_of: {} } },
    "/actor/on_behalf_of",
    "Call it onBehalfOf if",
  ],
  [
    "external_id",
    { producer: { id: "p", external_id: "e" } },
    "/producer/external_id",
    "Call it externalId if",
  ],
  ["timestamp", { timestamp: 1 }, "/timestamp", "Call it occurredAt if"],
  ["created_at", { created_at: 1 }, "/created_at", "Call it occurredAt if"],
  ["target", { target: {} }, "/target", "Call it targets if"],
  ["metadata", { metadata: {} }, "/metadata", "Call it data if"],
  ["old", { changes: change({ old: 1, new: 2 }) }, "/changes/0/old", "Call it from if"],
  ["newValue", { changes: change({ oldValue: 1, newValue: 2 }) }, "/changes/0/newValue", "Call it to if"],
  [
    "before in a change",
    { changes: change({ before: 1, after: 2 }) },
    "/changes/0/before",
    "Call it from if",
  ],
  [
    "value of a JSON Patch",
    { changes: change({ op: "replace", value: 2 }) },
    "/changes/0/value",
    "Call it to if",
  ],
  [
    "what is nothing of ours",
    { color: "red" },
    "/color",
    "Leave it out, or move it into data. Known here: id",
  ],
  [
    "an actor's id as the actor",
    { actor: "u_1" },
    "/actor",
    'Send an object, like {"type":"user","id":"u_17"}.',
  ],
  ["a list of actors", { actor: [good.actor!] }, "/actor", "one object, not a list"],
  [
    "one target without a list",
    { targets: { type: "team", id: "t" } },
    "/targets",
    "a list, even of one, like [{",
  ],
  ["a target as type:id", { targets: ["team:t_1"] }, "/targets/0", 'like {"type":"team","id":"t_1"}'],
  ["changes as an object", { changes: { a: { from: 1, to: 2 } } }, "/changes", 'like [{"path":"/name"'],
  ["an empty array of PHP", { data: [] }, "/data", "PHP writes an empty array as a list"],
  [
    "before as an empty array of PHP",
    { before: [], after: { a: 1 } },
    "/before",
    "Send {}, or leave it out.",
  ],
  ["data as JSON in a string", { data: '{"a":1}' }, "/data", "the object itself, not its JSON"],
  ["targets as JSON in a string", { targets: "[]" }, "/targets", "the list itself, not its JSON"],
  ["an id as a number", { actor: { type: "user", id: 17 } }, "/actor/id", "the number into double quotes"],
  [
    "a list of user agents",
    { context: { userAgent: ["a"] } },
    "/context/userAgent",
    "one string, not a list",
  ],
  ["n as a string", { producer: { id: "p", n: "7" } }, "/producer/n", "a number without quotes"],
  ["an outcome in upper case", { outcome: "SUCCESS" }, "/outcome", "Send success if"],
  ["ok", { outcome: "ok" }, "/outcome", "Send success if"],
  ["false as an outcome", { outcome: false }, "/outcome", "Send failed if"],
  ["protobuf's name of an outcome", { outcome: "OUTCOME_SUCCESS" }, "/outcome", "Send success if"],
  [
    "protobuf's name of an actor's type",
    { actor: { type: "ACTOR_TYPE_API_CLIENT", id: "c" } },
    "/actor/type",
    "Send api_client if",
  ],
  ["protobuf's zero value", { outcome: "OUTCOME_UNSPECIFIED" }, "/outcome", "or leave it out"],
  ["an enum's number of .NET", { outcome: 0 }, "/outcome", "not its number"],
  ["Go's zero value of an outcome", { outcome: "" }, "/outcome", "leave it out where it is optional"],
  [
    "Go's zero value of an interface",
    { context: { interface: "" } },
    "/context/interface",
    "leave it out where it is optional",
  ],
  ["Go's zero value of a producer", { producer: { id: "" } }, "/producer/id", "leave out producer."],
  [
    "Go's zero value of onBehalfOf",
    { actor: { type: "user", id: "u", onBehalfOf: { type: "", id: "" } } },
    "/actor/onBehalfOf/type",
    "leave out onBehalfOf.",
  ],
  ["an empty target", { targets: [{ type: "team", id: "" }] }, "/targets/0/id", "leave out the target."],
  ["a list of events by another name", { Events: [] }, "/Events", '{"events":[…]}'],
  ["a batch as a line", { events: [] }, "/events", '{"events":[…]}'],
  ["another outcome", { outcome: "pending" }, "/outcome", "Send one of these."],
  [
    "an actor's type in another case",
    { actor: { type: "apiClient", id: "c" } },
    "/actor/type",
    "Send api_client if",
  ],
  ["a service as an actor", { actor: { type: "service", id: "c" } }, "/actor/type", "Send api_client if"],
  ["an interface by another name", { context: { interface: "Web" } }, "/context/interface", "Send ui if"],
  [
    "a target's type in another case",
    { targets: [{ type: "Api-Client", id: "x" }] },
    "/targets/0/type",
    "lower case, with underscores",
  ],
  [
    "a path with dots",
    { changes: [{ path: "address.city", from: 1, to: 2 }] },
    "/changes/0/path",
    "Begin with /",
  ],
  ["a text that is too long", { reason: "x".repeat(5000) }, "/reason", "name the place in context.adjusted"],
  [
    "an empty id of nobody",
    { actor: { type: "anonymous", id: "" } },
    "/actor/id",
    "leave it out where it is optional",
  ],
  ["an id in upper case", { id: "0192F0C1-1111-7111-8111-111111111111" }, "/id", "in lower case"],
  ["an id in braces", { id: "{0192f0c1-1111-7111-8111-111111111111}" }, "/id", "36 characters"],
  ["an id as a URN", { id: "urn:uuid:0192f0c1-1111-7111-8111-111111111111" }, "/id", "36 characters"],
  ["an id without hyphens", { id: "0192f0c1111171118111111111111111" }, "/id", "with hyphens"],
  ["a UUID of version 4", { id: "550e8400-e29b-41d4-a716-446655440000" }, "/id", "producer.externalId"],
  ["a ULID", { id: "01ARZ3NDEKTSV4RRFFQ69G5FAV" }, "/id", "producer.externalId"],
  ["a number as an id", { id: 17 }, "/id", "producer.externalId"],
  ["an empty id", { id: "" }, "/id", "the server makes one"],
];

test.each(cases)("%s is refused with what to write", (_, more, pointer, remedy) => {
  expect(remedies({ ...good, ...more } as JsonObject)[pointer]).toContain(remedy);
});

test("a UUID of another version is called that", () => {
  expect(() =>
    checkEvent({ ...good, id: "550e8400-e29b-41d4-a716-446655440000" }, { rules: () => rules, now }),
  ).toThrow("id is a UUID of version 4, and not of version 7.");
});

/** Unusual but accepted: the people under audit must not be able to prevent recording. */
test.each([
  [
    "names and addresses that are empty",
    { actor: { type: "user", id: "u", name: "", email: "" }, reason: "" },
  ],
  ["an emoji of several code points", { actor: { type: "user", id: "u", name: "🧑🏽‍💻 Zoë" } }],
  ["a zone in an address", { context: { ip: "fe80::1%eth0" } }],
  ["a port behind an address", { context: { ip: "[2001:db8::1]:4711" } }],
  ["a list of X-Forwarded-For", { context: { ip: "192.0.2.1, 198.51.100.7, unknown" } }],
  [
    "a traceparent of a later version",
    { context: { traceparent: "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-x" } },
  ],
  ["control characters in a user agent", { context: { userAgent: "a\u0001\u001b[31m\u202e" } }],
  ["a __proto__ in the text of a reason", { reason: "__proto__" }],
])("%s are taken", (_, more) => {
  expect(remedies({ ...good, ...more } as JsonObject)).toEqual({});
});

describe("a body", () => {
  const refusal = (text: string, type: "application/json" | "application/x-ndjson" = "application/json") => {
    try {
      readEvents(Buffer.from(text), type);
    } catch (error) {
      return error as DaybookError;
    }
    throw new Error("it was accepted");
  };

  test.each([
    ["a list of events", "[{}]", '{"events":[…]}'],
    ["a string", '"x"', "Send an object"],
    ["events that are no list", '{"events":{}}', "even of one"],
  ])("that is %s is refused with what to send", (_, text, remedy) => {
    expect(refusal(text).issues[0]?.remedy).toContain(remedy);
  });

  test("of NDJSON names the line, blank ones counted, also where a line ends too early", () => {
    const error = refusal('{"a":1}\r\n\r\n{"a":"b\r\n{}', "application/x-ndjson");
    expect(error.message).toContain("at the end of line 3, the text ends within a string");
    expect(error.issues[0]?.pointer).toBe("/2/a");
  });

  test("that is compressed, or UTF-16 without a mark, is called that", () => {
    const errorOf = (bytes: Uint8Array): string => {
      try {
        readEvents(bytes, "application/json");
      } catch (error) {
        return (error as DaybookError).message;
      }
      return "";
    };
    expect(errorOf(Uint8Array.of(0x1f, 0x8b, 8, 0))).toBe("The body is compressed with gzip.");
    expect(errorOf(Buffer.from("{}", "utf16le"))).toBe("The body is UTF-16.");
    expect(errorOf(Buffer.from("{}", "utf16le").swap16())).toBe("The body is UTF-16.");
  });
});
