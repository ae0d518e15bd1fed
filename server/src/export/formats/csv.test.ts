/** The rows of the CSV against spec/csv.md, by example and against a slow reference. */

import { readFileSync } from "node:fs";
import { canonicalize, type EventInput, type Json, type JsonObject, type RecordedBy } from "daybook/internal";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { StoredEvent } from "../../store/contract/events.ts";
import { readCsv } from "../testing/read-csv.ts";
import { erased, storedEvent, withSlot } from "../testing/stored-event.ts";
import { actorOf } from "./csv/actor.ts";
import { dataJson as dataWith, singleQuoted } from "./csv/data-text.ts";
import { eventMemberWriter } from "./csv/event-member.ts";
import type { CsvForm } from "./csv/form.ts";
import { csv, csvHeader, csvTime, rowWriter } from "./csv.ts";

const anne = { type: "user", id: "u_17", name: "Anne O'Brien", email: "anne@example.org" } as const;
const base: EventInput = { type: "API_RENAME", actor: anne };
const origin = "audit.example.com/o/abcdefghijklmnopqrstuvwxyz";
const form: CsvForm = {
  organization: "Acme, Inc.",
  data: "quotes",
  safe: false,
  context: false,
  logs: new Map([[0, origin]]),
};
const row = rowWriter(form);
const id = "019aab3c-0000-7000-8000-000000000000";
const eventMember = eventMemberWriter(form);
const dataJson = (event: StoredEvent): string => dataWith(event, eventMember(event));
const author = (event: StoredEvent): string => actorOf(event).author;
/** For an event by Anne that the server itself recorded. */
const annes = `'$event':{'actor':{'email':'anne@example.org','id':'u_17','type':'user'},'id':'${id}','log':'${origin}','recordedAt':'2026-11-22T12:00:00.123456Z','seq':1}`;

test("the header names five columns and ends in CRLF", () => {
  expect(csvHeader({ safe: false })).toBe("AUTHOR,ORGANIZATION,EVENT_TYPE,DATA,TIME\r\n");
  expect(csvHeader({ safe: true })).toBe("\ufeffAUTHOR,ORGANIZATION,EVENT_TYPE,DATA,TIME\r\n");
});

test("a row is what spec/csv.md shows", () => {
  const page = readFileSync(new URL("../../../../spec/csv.md", import.meta.url), "utf8");
  const example = /the event was recorded by .*?\n\n((?: {4}[^\n]*\n)+)/s.exec(page)?.[1] ?? "";
  const event = storedEvent({
    ...base,
    occurredAt: "2026-11-22T11:20:31.5Z",
    data: { owner: "acme", oldName: "x','role':'OWNER", newName: 'say "hi"\n' },
    outcome: "denied",
  });
  const atOnce = { ...event, recordedAt: event.occurredAt };
  const client: Json = { type: "api_client", id: "client_7" };
  expect(row(withSlot(atOnce, "recordedBy", client))).toBe(`${example.replaceAll(/^ {4}|\n/gm, "")}\r\n`);
});

test("an event that says nothing more has $event alone", () => {
  expect(row(storedEvent({ ...base, occurredAt: "1970-01-01T00:00:00Z" }))).toContain(
    `,API_RENAME,"{${annes}}",1970-01-01 00:00:00.000000\r\n`,
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
  fc.constantFrom(
    "x','role':'OWNER",
    "!",
    "#",
    "$event",
    "$evens",
    "$event1",
    "\u0001",
    "\ue000",
    "\\u0027",
    "\\\\",
    '\\"',
    "=1+1",
    "'",
    '"',
    "__proto",
    "10",
    "9",
  ),
);
const isId = (text: string): boolean => text !== "" && !text.includes("\0");
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
const reserved = ["$event", "changes", "erased", "outcome", "reason", "targets"];
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
    changes: fc
      .record({ path: fc.constantFrom("/a", "/b"), from: value, to: value })
      .filter(({ from, to }) => canonicalize(from as Json) !== canonicalize(to as Json))
      .map((change) => [change]),
  },
  { requiredKeys: ["type", "actor"] },
);

/** `$event` by definition, for an event by Anne. */
const eventOf = ({ id: _unused }: EventInput): unknown => ({
  actor: { type: "user", id: anne.id, email: anne.email },
  id,
  log: origin,
  seq: 1,
});

/** DATA by definition: the object put together, then made canonical. */
function reference(input: EventInput): string {
  const object: Record<string, unknown> = { ...input.data, $event: eventOf(input) };
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
        const write = rowWriter({ ...form, organization, data: asJson ? "json" : "quotes" });
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
  const rest = (one: StoredEvent): string => dataWith(one, "0");
  expect(rest(event)).toBe(
    '{"$event":0,"email":"bo@example.org","reason":"asked","targets":[{"id":"u_9","name":"Bo","type":"user"}],"team":"T","teamId":"t","userId":"u_9"}',
  );
  expect(rest(erased(event, "dataPersonal", "reason"))).toBe(
    '{"$event":0,"erased":["dataPersonal","reason"],"targets":[{"id":"u_9","name":"Bo","type":"user"}],"team":"T","teamId":"t","userId":"u_9"}',
  );
  expect(rest(erased(event, "data", "dataPersonal", "targets", "targetsPersonal"))).toBe(
    '{"$event":0,"erased":["data","dataPersonal","targets","targetsPersonal"],"reason":"asked"}',
  );
});

describe("$event", () => {
  const eventIn = (event: StoredEvent, more: Partial<CsvForm> = {}): unknown =>
    JSON.parse(dataWith(event, eventMemberWriter({ ...form, ...more })(event))).$event;
  const plain = { actor: { type: "user", id: "u_17", email: "anne@example.org" }, id, log: origin, seq: 1 };
  const recorded = (by: RecordedBy & { own?: true }, event = storedEvent(base)): StoredEvent =>
    withSlot(event, "recordedBy", by as unknown as Json);

  test("leads to the event by its id, its log and its place there", () => {
    expect(eventIn(storedEvent(base))).toEqual(plain);
    const second = { ...storedEvent(base), logNo: 1, seq: 9_007_199_254n };
    expect(eventIn(second, { logs: new Map([[1, "audit.example.com/o/second"]]) })).toMatchObject({
      log: "audit.example.com/o/second",
      seq: 9_007_199_254,
    });
  });

  test("tells two people of one name apart", () => {
    const [one, other] = ["u_1", "u_2"].map((userId) =>
      storedEvent({ ...base, actor: { type: "user", id: userId, name: "John Smith" } }),
    ) as [StoredEvent, StoredEvent];
    expect([author(one), author(other)]).toEqual(["John Smith", "John Smith"]);
    expect(eventIn(one)).toMatchObject({ actor: { type: "user", id: "u_1" } });
    expect(eventIn(other)).toMatchObject({ actor: { type: "user", id: "u_2" } });
  });

  test("says for whom somebody acted, by name, email and id", () => {
    const vic = { type: "user", id: "u_9", name: "Vic", email: "vic@example.org" } as const;
    const event = storedEvent({ ...base, actor: { ...anne, onBehalfOf: vic } });
    expect(eventIn(event)).toEqual({ ...plain, actor: { ...plain.actor, onBehalfOf: vic } });
    expect(eventIn(erased(event, "actorPersonal"))).toEqual({
      ...plain,
      actor: { type: "user", id: "u_17", onBehalfOf: { type: "user", id: "u_9" } },
    });
    expect(author(erased(event, "actorPersonal"))).toBe("[erased]");
  });

  test("has no actor once it was erased", () => {
    const { actor: _gone, ...left } = plain;
    expect(eventIn(erased(storedEvent(base), "actor", "actorPersonal"))).toEqual(left);
  });

  test("says who recorded it, unless the server did, and that it is Daybook's own", () => {
    const client = { type: "api_client", id: "client_7" } as const;
    expect(eventIn(recorded(client))).toEqual({ ...plain, recordedBy: client });
    expect(eventIn(recorded({ type: "server", id: "daybook" }))).toEqual(plain);
    expect(eventIn(recorded({ type: "server", id: "daybook", own: true }))).toEqual({ ...plain, own: true });
    const operator = { type: "operator", id: "operator" } as const;
    expect(eventIn(recorded({ ...operator, own: true }))).toEqual({
      ...plain,
      own: true,
      recordedBy: operator,
    });
    expect(eventIn(erased(recorded(client), "recordedBy"))).toEqual(plain);
  });

  test.each([
    ["2026-11-22T11:55:00.123456Z", undefined],
    ["2026-11-22T11:55:00.123455Z", "2026-11-22T12:00:00.123456Z"],
    ["2026-11-22T12:04:59Z", undefined],
  ])("of an event of %s, recorded at 12:00:00.123456, says recordedAt %s", (occurredAt, recordedAt) => {
    const expected = recordedAt === undefined ? plain : { ...plain, recordedAt };
    expect(eventIn(storedEvent({ ...base, occurredAt }))).toEqual(expected);
  });

  test("has the context where it is asked for, until it was erased", () => {
    const context = { ip: "192.0.2.1", userAgent: "it's" };
    const event = storedEvent({ ...base, context });
    expect(csv.slots).not.toContain("context");
    expect(eventIn(event)).toEqual(plain);
    expect(eventIn(event, { context: true })).toEqual({ ...plain, context });
    expect(eventIn(erased(event, "context"), { context: true })).toEqual(plain);
  });

  test("is canonical, whoever did it and whoever recorded it", () => {
    const person = fc.record(
      {
        type: fc.constantFrom("user", "api_client"),
        id: hostile.filter(isId),
        name: hostile,
        email: hostile,
      },
      { requiredKeys: ["type", "id"] },
    );
    const inputs = fc.record(
      { actor: person, onBehalfOf: person, ip: hostile, own: fc.boolean(), by: hostile },
      { requiredKeys: ["actor", "own", "by"] },
    );
    fc.assert(
      fc.property(inputs, ({ actor, onBehalfOf, ip, own, by }) => {
        const input = { ...base, actor: { ...actor, ...(onBehalfOf && { onBehalfOf }) } } as EventInput;
        const withContext = ip === undefined ? input : { ...input, context: { ip } };
        const recordedBy = { type: "api_client", id: by } as const;
        const stored = recorded({ ...recordedBy, ...(own && { own: true }) }, storedEvent(withContext));
        const json = eventMemberWriter({ ...form, context: true })(stored);
        const { name: _author, ...rest } = input.actor;
        const expected = { actor: rest, id, log: origin, recordedBy, seq: 1 };
        expect(json).toBe(
          canonicalize({
            ...expected,
            ...(own && { own }),
            ...(ip !== undefined && { context: { ip } }),
          } as unknown as Json),
        );
      }),
    );
  });
});

test("a safe row has every cell quoted and no formula", () => {
  const write = rowWriter({ ...form, organization: "=cmd|' /C calc'!A0", safe: true });
  const event = storedEvent({ ...base, actor: { type: "user", id: "u", name: "@SUM(1;2)" } });
  expect(write(event)).toMatch(
    /^"'@SUM\(1;2\)","'=cmd\|' \/C calc'!A0","API_RENAME","\{[^"]+\}","2[^"]*"\r\n$/,
  );
});
