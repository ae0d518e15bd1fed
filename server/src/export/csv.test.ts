/** The CSV's rows against spec/csv.md, by example and against a slow reference. */

import { canonicalize, type EventInput, type Json, type JsonObject } from "daybook/event";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { author, csvHeader, csvTime, rowWriter } from "./csv.ts";
import { dataJson, singleQuoted } from "./data-text.ts";
import { readCsv } from "./testing/read-csv.ts";
import { erased, storedEvent } from "./testing/stored-event.ts";

const anne = { type: "user", id: "u_17", name: "Anne O'Brien", email: "anne@example.org" } as const;
const base: EventInput = { type: "API_RENAME", actor: anne };
const row = rowWriter({ organization: "Acme, Inc.", data: "quotes", safe: false });

test("the header names five columns and ends in CRLF", () => {
  expect(csvHeader).toBe("AUTHOR,ORGANIZATION,EVENT_TYPE,DATA,TIME\r\n");
});

test("a row is what spec/csv.md shows", () => {
  const event = storedEvent({
    ...base,
    occurredAt: "2026-11-22T12:20:31.5+01:00",
    data: { owner: "acme", oldName: "x','role':'OWNER", newName: 'say "hi"\n' },
    outcome: "denied",
  });
  expect(row(event)).toBe(
    "Anne O'Brien,\"Acme, Inc.\",API_RENAME,\"{'newName':'say \\u0022hi\\u0022\\n','oldName':'x\\u0027,\\u0027role\\u0027:\\u0027OWNER','outcome':'denied','owner':'acme'}\",2026-11-22 11:20:31.500000\r\n",
  );
});

test("an event that says nothing more has {} as DATA, unquoted", () => {
  expect(row(storedEvent({ ...base, occurredAt: "1970-01-01T00:00:00Z" }))).toContain(
    ",API_RENAME,{},1970-01-01 00:00:00.000000\r\n",
  );
});

describe("AUTHOR is", () => {
  test.each<[string, EventInput["actor"], string]>([
    ["the name", anne, "Anne O'Brien"],
    ["the email where the name is missing", { type: "user", id: "u", email: "a@b.c" }, "a@b.c"],
    ["the email where the name is empty", { type: "user", id: "u", name: "", email: "a@b.c" }, "a@b.c"],
    ["the id where both are missing", { type: "api_client", id: "client_7" }, "client_7"],
    [
      "the id where only another's name is known",
      { type: "user", id: "u", onBehalfOf: { type: "user", id: "v", name: "Vic" } },
      "u",
    ],
  ])("%s", (_, actor, expected) => {
    expect(author(storedEvent({ type: "NEW_TEAM", actor }))).toBe(expected);
  });

  test("[erased] once what is personal of the actor was erased, or the actor", () => {
    const event = storedEvent(base);
    expect(author(erased(event, "actorPersonal"))).toBe("[erased]");
    expect(author(erased(event, "actor", "actorPersonal"))).toBe("[erased]");
    expect(author(erased(storedEvent({ type: "X_Y", actor: { type: "user", id: "u" } }), "actor"))).toBe(
      "[erased]",
    );
  });
});

test.each<[string, string]>([
  ["1970-01-01T00:00:00Z", "1970-01-01 00:00:00.000000"],
  ["2024-02-29T23:59:59.999999Z", "2024-02-29 23:59:59.999999"],
])("TIME of %s is %s", (occurredAt, expected) => {
  expect(csvTime(storedEvent({ ...base, occurredAt }).occurredAt)).toBe(expected);
});

const hostile = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({
    unit: fc.constantFrom("'", '"', "\\", "\n", "\r", ",", "{", "}", ":", "[", "]", "a", "\u2028", "😀", "‮"),
  }),
  fc.constantFrom("x','role':'OWNER", "\\u0027", "\\\\", '\\"', "=1+1", "'", '"', "__proto", "10", "9"),
);
const value = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { depthSize: "small" },
    hostile,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("json"), { maxLength: 3 }),
    fc.dictionary(hostile, tie("json"), { maxKeys: 3 }) as fc.Arbitrary<JsonObject>,
  ),
})).json;
const reserved = ["changes", "erased", "outcome", "reason", "targets"];
const data = fc.dictionary(hostile, value, { maxKeys: 5 }).map((object) => {
  for (const name of [...reserved, "__proto__"]) delete object[name];
  return object as JsonObject;
});
const event = fc.record(
  {
    type: fc.constant("API_RENAME"),
    actor: fc.constant(anne),
    data: data.filter((object) => Object.keys(object).length > 0),
    reason: hostile.filter((text) => text !== "" && !text.includes("\0")),
    outcome: fc.constantFrom("success", "denied", "failed"),
    targets: fc.array(
      fc.record({ type: fc.constantFrom("user", "api"), id: fc.constant("t"), name: hostile }),
      {
        minLength: 1,
        maxLength: 2,
      },
    ),
    changes: fc.array(fc.record({ path: fc.constantFrom("/a", "/b"), from: value, to: value }), {
      minLength: 1,
      maxLength: 1,
    }),
  },
  { requiredKeys: ["type", "actor"] },
);

/** DATA by the book: the object put together, then made canonical. */
function reference(input: EventInput): string {
  const object: Record<string, unknown> = { ...input.data };
  for (const name of ["targets", "changes", "reason"] as const) {
    if (input[name] !== undefined) object[name] = input[name];
  }
  if (input.outcome !== undefined && input.outcome !== "success") object.outcome = input.outcome;
  return canonicalize(object as Json);
}

describe("for every event", () => {
  test("DATA is the canonical object of its parts, personal members in their places", () => {
    fc.assert(
      fc.property(event, (input) => {
        const stored = storedEvent(input as EventInput, { personal: { changes: ["/a"], data: ["/email"] } });
        expect(dataJson(stored)).toBe(reference(input as EventInput));
      }),
      { numRuns: 500 },
    );
  });

  test('replacing \' by " gives JSON of the same value, and the cell holds no " of its own', () => {
    fc.assert(
      fc.property(event, (input) => {
        const json = dataJson(storedEvent(input as EventInput));
        const text = singleQuoted(json);
        expect(text).not.toContain('"');
        expect(canonicalize(JSON.parse(text.replaceAll("'", '"')))).toBe(json);
      }),
      { numRuns: 500 },
    );
  });

  test("a CSV reader gives back the five cells", () => {
    fc.assert(
      fc.property(event, hostile, fc.boolean(), (input, organization, asJson) => {
        const write = rowWriter({ organization, data: asJson ? "json" : "quotes", safe: false });
        const stored = storedEvent(input as EventInput);
        const json = dataJson(stored);
        expect(readCsv(write(stored))).toEqual([
          [
            anne.name,
            organization,
            "API_RENAME",
            asJson ? json : singleQuoted(json),
            csvTime(stored.occurredAt),
          ],
        ]);
      }),
    );
  });
});

test("what was erased is named, and what is left stands where it was", () => {
  const event = storedEvent(
    {
      type: "NEW_TEAM_MEMBER",
      actor: anne,
      targets: [{ type: "user", id: "u_9", name: "Bo" }],
      data: { teamId: "t", team: "T", userId: "u_9", email: "bo@example.org" },
      reason: "asked",
    },
    { personal: { changes: [], data: ["/email"] } },
  );
  expect(dataJson(event)).toBe(
    '{"email":"bo@example.org","reason":"asked","targets":[{"id":"u_9","name":"Bo","type":"user"}],"team":"T","teamId":"t","userId":"u_9"}',
  );
  expect(dataJson(erased(event, "dataPersonal", "reason"))).toBe(
    '{"erased":["dataPersonal","reason"],"targets":[{"id":"u_9","name":"Bo","type":"user"}],"team":"T","teamId":"t","userId":"u_9"}',
  );
  expect(dataJson(erased(event, "data", "dataPersonal", "targets", "targetsPersonal"))).toBe(
    '{"erased":["data","dataPersonal","targets","targetsPersonal"],"reason":"asked"}',
  );
});

test("a safe row has every cell quoted and no formula", () => {
  const write = rowWriter({ organization: "=cmd|' /C calc'!A0", data: "json", safe: true });
  const event = storedEvent({ ...base, actor: { type: "user", id: "u", name: "@SUM(1;2)" } });
  expect(write(event)).toMatch(/^"'@SUM\(1;2\)","'=cmd\|' \/C calc'!A0","API_RENAME","\{\}","2[^"]*"\r\n$/);
});
