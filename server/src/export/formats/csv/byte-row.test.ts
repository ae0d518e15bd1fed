/** Rows written from bytes are those that are written from events, to the byte, whatever is in them. */
import { canonicalize, type Json, type SlotName } from "daybook/internal";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { WalkedEvent, WalkedSlot } from "../../../store/contract/pages.ts";
import { SampleEventBytes } from "../../../store/testing/event-bytes.ts";
import { rowWriter } from "../csv.ts";
import { Piece } from "../piece.ts";
import { byteRowWriter } from "./byte-row.ts";
import type { CsvForm } from "./form.ts";
import { csvSlots } from "./slots.ts";

const usual: CsvForm = {
  organization: "Acme, Inc.",
  data: "quotes",
  safe: false,
  context: false,
  logs: new Map([
    [0, "audit.example.com/o/abcdefghijklmnopqrstuvwxyz"],
    [1, "audit.example.com/o/second"],
  ]),
};

/** The file of these events by bytes, the same by events, and how many rows were not copied. */
function bothWays(
  events: readonly WalkedEvent[],
  form: CsvForm,
): { copied: string; written: string; slow: number } {
  const row = rowWriter(form);
  let slow = 0;
  const write = byteRowWriter(form, (event) => {
    slow++;
    return row(event);
  });
  const names: SlotName[] = form.context ? [...csvSlots, "context"] : [...csvSlots];
  const cursor = new SampleEventBytes(events, names);
  const piece = new Piece();
  while (cursor.next()) write(cursor, piece);
  return { copied: piece.take().toString("utf8"), written: events.map(row).join(""), slow };
}

const text = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({
    unit: fc.constantFrom(
      "'",
      '"',
      "\\",
      "\n",
      "\r",
      "\t",
      ",",
      ";",
      "{",
      "}",
      "[",
      "]",
      ":",
      "a",
      "\u2028",
      "😀",
      "‮",
      "é",
    ),
  }),
  fc.constantFrom(
    "x','role':'OWNER",
    'x","role":"OWNER',
    "$event",
    "$evens",
    "change",
    "changes1",
    "tarif",
    "zzz",
    "!",
    "\u0001",
    "\u001f",
    "\u007f",
    "\ufeff",
    "\ue000",
    "\\u0027",
    '\\"',
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    " =1",
    "\uff1d1",
    "[erased]",
    "",
    "x".repeat(33_000),
    "é".repeat(20_000),
    '"'.repeat(17_000),
  ),
);
const value = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { depthSize: "small" },
    text,
    fc.integer(),
    fc.constantFrom<Json>(null, true, 0.1, 1e21, {}, []),
    fc.array(tie("json"), { maxLength: 3 }),
    fc.dictionary(text, tie("json"), { maxKeys: 3 }) as fc.Arbitrary<Json>,
  ),
})).json;
const reserved = ["$event", "changes", "erased", "outcome", "reason", "targets", "__proto__"];
const personalNames = ["!", "a", "email", "owner", "z", "é"];
const data = fc.dictionary(text, value, { maxKeys: 5 }).map((object) => {
  for (const name of [...reserved, ...personalNames]) delete object[name];
  return { ...object, inner: {} };
});
const dataPersonal = fc
  .dictionary(fc.constantFrom(...personalNames), value, { minKeys: 1, maxKeys: 3 })
  .chain((object) => fc.constantFrom(object, object, { ...object, "inner/b": 1 }, { ...object, "b~0c": 1 }))
  .map((object) =>
    Object.fromEntries(Object.entries(object).map(([name, content]) => [`/${name}`, content])),
  );
const optionally = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });
const party = fc.record({ id: text, type: fc.constantFrom("user", "api_client") });

/** The values of slots as they are stored: in pairs, those with personal members. */
const slotValues: fc.Arbitrary<Partial<Record<SlotName, Json | undefined>>> = fc
  .record({
    actor: fc.record(
      { id: text, type: fc.constant("user"), onBehalfOf: party },
      { requiredKeys: ["id", "type"] },
    ),
    actorPersonal: optionally(fc.record({ "/name": text, "/email": text }, { requiredKeys: [] })),
    changes: optionally(fc.constant([{ path: "/a", from: 7 }])),
    changesPersonal: optionally(fc.record({ "/0/to": value })),
    context: optionally(fc.record({ ip: text, userAgent: text })),
    data: optionally(data),
    dataPersonal: optionally(dataPersonal),
    reason: optionally(text),
    recordedBy: optionally(
      fc.record(
        { id: text, own: fc.constant(true), type: fc.constantFrom("server", "api_client") },
        { requiredKeys: ["id", "type"] },
      ),
    ),
    targets: optionally(fc.array(party, { minLength: 1, maxLength: 2 })),
    targetsPersonal: optionally(fc.record({ "/0/name": text })),
  })
  .map(({ changesPersonal, dataPersonal, targetsPersonal, ...values }) => ({
    ...values,
    ...(values.changes && { changesPersonal }),
    ...(values.data && { dataPersonal }),
    ...(values.targets && { targetsPersonal }),
  })) as fc.Arbitrary<Partial<Record<SlotName, Json | undefined>>>;

/** An event as it is stored, some of it erased, at any place and time. */
const events: fc.Arbitrary<WalkedEvent> = fc
  .record({
    type: fc.constantFrom("API_RENAME", "invoice.paid", "a/b:c-d_e"),
    outcome: fc.constantFrom("success", "denied", "failed"),
    logNo: fc.constantFrom(0, 1),
    seq: fc.oneof(fc.bigInt(0n, 1_001n), fc.bigInt(0n, 10n ** 15n)),
    id: fc.uuid({ version: 7 }),
    occurredAt: fc.bigInt(1n, 8_993_635_199_999_999n),
    lateness: fc.constantFrom(-1n, 0n, 300_000_000n, 300_000_001n, 86_400_000_000n),
    values: slotValues,
    gone: fc.oneof(
      { weight: 4, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.subarray([...csvSlots]) },
    ),
  })
  .map(({ values, gone, lateness, ...event }) => {
    const slots: Partial<Record<SlotName, WalkedSlot>> = {};
    for (const [name, found] of Object.entries(values))
      if (found !== undefined) slots[name as SlotName] = { json: canonicalize(found) };
    for (const name of gone) if (slots[name] !== undefined) slots[name] = { digest: undefined };
    return { ...event, organizationId: 1, recordedAt: event.occurredAt + lateness, slots };
  });
const forms = fc.record({
  organization: fc.oneof(fc.constant("Acme"), text),
  data: fc.constantFrom("quotes" as const, "json" as const),
  safe: fc.boolean(),
  context: fc.boolean(),
  logs: fc.constant(usual.logs),
});

test("rows from bytes are rows from events, to the byte, whatever is in them and in every form", () => {
  let rows = 0;
  let notCopied = 0;
  fc.assert(
    fc.property(fc.array(events, { minLength: 1, maxLength: 4 }), forms, (list, form) => {
      const { copied, written, slow } = bothWays(list, form);
      expect(copied).toBe(written);
      rows += list.length;
      notCopied += slow;
    }),
    { numRuns: 500 },
  );
  // both ways are tried
  expect(notCopied).toBeGreaterThan(rows / 10);
  expect(notCopied).toBeLessThan((rows * 9) / 10);
});

const stored = (texts: Partial<Record<SlotName, Json>>): WalkedEvent => ({
  organizationId: 1,
  logNo: 0,
  seq: 7n,
  id: "019aab3c-0000-7000-8000-000000000000",
  type: "API_RENAME",
  occurredAt: 1_795_415_871_123_456n,
  recordedAt: 1_795_415_871_123_456n,
  outcome: "success",
  slots: Object.fromEntries(
    Object.entries(texts).map(([name, content]) => [name, { json: canonicalize(content) }]),
  ),
});
const anne = { id: "u_17", type: "user" };

test("members are in the order of UTF-16, also where that of UTF-8 is another", () => {
  const event = stored({ actor: anne, data: { "😀": 1 }, dataPersonal: { "/\ue000": 2 } });
  const { copied, written } = bothWays([event], usual);
  expect(copied).toBe(written);
  expect(copied).toContain("'😀':1,'\ue000':2");
});

test("texts with the same hash are different texts", () => {
  const people = ["m518sh0xwq", "ziywzjew1l", "wnl", "3q4i"].map((id) => stored({ actor: { ...anne, id } }));
  const { copied, written, slow } = bothWays([...people, ...people], usual);
  expect(copied).toBe(written);
  expect(slow).toBe(0);
});

test("a personal member whose place is taken is left to the writer of events, which throws", () => {
  const event = stored({ actor: anne, data: { email: 1 }, dataPersonal: { "/email": 2 } });
  expect(() => rowWriter(usual)(event)).toThrow("names a place that is not there");
  const cursor = new SampleEventBytes([event], csvSlots);
  const piece = new Piece();
  cursor.next();
  byteRowWriter(usual, () => "left")(cursor, piece);
  expect(piece.take().toString("utf8")).toBe("left");
});

test("rows with personal members are copied, those with an apostrophe in data are not", () => {
  const personal = stored({
    actor: anne,
    actorPersonal: { "/name": "Anne O'Brien" },
    data: { a: 1, z: 2 },
    dataPersonal: { "/email": "bo@example.org" },
    targets: [{ id: "u_9", type: "user" }],
    targetsPersonal: { "/0/name": "Bo" },
    reason: 'it\'s "urgent"',
  });
  expect(bothWays([personal], usual).slow).toBe(0);
  expect(bothWays([stored({ actor: anne, data: { text: "it's" } })], usual).slow).toBe(1);
});

test("personal members of data and of targets have room together, wherever in a piece", () => {
  const large = "p".repeat(4_000);
  const personal = stored({
    actor: anne,
    data: { a: 1 },
    dataPersonal: { "/z": large },
    targets: [{ id: "u_9", type: "user" }],
    targetsPersonal: { "/0/name": large },
  });
  for (let filled = 40_000; filled < 65_000; filled += 250) {
    const before = Array.from({ length: 20 }, () =>
      stored({ actor: anne, data: { text: "f".repeat(filled / 20) } }),
    );
    const { copied, written, slow } = bothWays([...before, personal], usual);
    expect([copied === written, slow], `after ${filled} bytes`).toEqual([true, 0]);
  }
});
