/** Events are split into requests that the server accepts, in order, each with its id. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { type EventInput, isEventId, type JsonObject, limits, newEventId } from "../event/index.ts";
import { type Batch, batchesOf } from "./batches.ts";

async function split(events: Iterable<EventInput>, alone = false): Promise<Batch[]> {
  const batches: Batch[] = [];
  for await (const batch of batchesOf(events, alone)) batches.push(batch);
  return batches;
}
const event = (text: string): EventInput => ({
  type: "invoice.paid",
  actor: { type: "user", id: "u" },
  data: { text },
});

test("a lone event is sent as itself, and a list of one as a line", async () => {
  const [single] = await split([event("a")], true);
  expect(single).toMatchObject({ mediaType: "application/json", single: true });
  const [line] = await split([event("a")]);
  expect(line).toMatchObject({ mediaType: "application/x-ndjson", single: false });
});

test("no batch is over 1,000 events or 5 MiB; together they are all events in order", async () => {
  const sizes = fc.array(fc.constantFrom(1, 100, 20_000, 60_000), { maxLength: 400 });
  await fc.assert(
    fc.asyncProperty(sizes, fc.constantFrom("x", "é", "😀", "\u0001"), async (lengths, character) => {
      const events = lengths.map((length, i) => event(`${i} ${character.repeat(length / character.length)}`));
      const batches = await split(events);
      for (const { body, ids } of batches) {
        expect(ids.length).toBeLessThanOrEqual(limits.batchEvents);
        expect(Buffer.byteLength(body)).toBeLessThanOrEqual(limits.batchBytes);
      }
      const sent = batches.flatMap(({ body }) =>
        body.split("\n").map((line) => JSON.parse(line) as EventInput),
      );
      expect(sent.map(({ data }) => data)).toEqual(events.map(({ data }) => data));
      expect(sent.map(({ id }) => id)).toEqual(batches.flatMap(({ ids }) => ids));
      expect(batches.map(({ offset }) => offset)).toEqual(
        batches.map((_, i) => batches.slice(0, i).reduce((sum, { ids }) => sum + ids.length, 0)),
      );
    }),
    { numRuns: 20 },
  );
});

test("an event keeps its own id, and gets one where it has none", async () => {
  const id = newEventId();
  const [batch] = await split([{ ...event("a"), id }, event("b")]);
  expect(batch?.ids[0]).toBe(id);
  expect(isEventId(batch?.ids[1] ?? "")).toBe(true);
});

test.each([
  ["NaN", Number.NaN],
  ["Infinity", Number.POSITIVE_INFINITY],
  ["a bigint", 1n],
  ["a Map", new Map([["a", 1]])],
  ["a Set", new Set([1])],
  ["a Promise", Promise.resolve("x")],
  ["an Error", new Error("x")],
  ["a RegExp", /x/],
  ["bytes", new Uint8Array([1])],
  ["an ArrayBuffer", new ArrayBuffer(1)],
  ["an invalid Date", new Date(Number.NaN)],
  ["a function", () => 1],
  ["undefined in a list", [undefined]],
])("%s is refused, with its place", async (_, value) => {
  const wrong = { ...event("b"), data: { value } } as unknown as EventInput;
  await expect(split([event("a"), wrong])).rejects.toMatchObject({
    code: "json-refused",
    issues: [{ pointer: Array.isArray(value) ? "/1/data/value/0" : "/1/data/value" }],
  });
  await expect(split([wrong], true)).rejects.toMatchObject({
    issues: [{ pointer: Array.isArray(value) ? "/data/value/0" : "/data/value" }],
  });
});

test("the place is that of the value, also below a toJSON and beside the same object", async () => {
  const same = { a: 1 };
  const data = { same, "a/b": [same, { toJSON: () => ({ n: [0, 1n] }) }] } as unknown as JsonObject;
  await expect(split([{ ...event("a"), data }])).rejects.toMatchObject({
    issues: [{ pointer: "/0/data/a~1b/1/n/1" }],
  });
});

test("a Date, a toJSON, a class and undefined members are what JSON.stringify makes of them", async () => {
  class Money {
    readonly amount = 1.5;
  }
  const data = {
    at: new Date(0),
    url: new URL("https://acme.example/"),
    price: new Money(),
    nothing: undefined,
  };
  const [batch] = await split([{ ...event("a"), occurredAt: new Date(1), data } as unknown as EventInput]);
  expect(JSON.parse(batch!.body)).toMatchObject({
    occurredAt: "1970-01-01T00:00:00.001Z",
    data: { at: "1970-01-01T00:00:00.000Z", url: "https://acme.example/", price: { amount: 1.5 } },
  });
});

test("an occurredAt that is no date isn't taken for none", async () => {
  const occurredAt = new Date("yesterday") as unknown as string;
  await expect(split([{ ...event("a"), occurredAt }])).rejects.toMatchObject({
    issues: [
      {
        pointer: "/0/occurredAt",
        detail: "The member 'occurredAt' has an invalid Date, which JSON can't represent.",
      },
    ],
    remedy: "Set the date, or leave it out.",
  });
});

test("a circle is refused", async () => {
  const data: Record<string, unknown> = {};
  data.self = data;
  await expect(split([{ ...event("a"), data } as EventInput])).rejects.toMatchObject({
    code: "json-refused",
    issues: [{ pointer: "/0" }],
  });
});

test("what can't be iterated is refused", async () => {
  for (const wrong of [{}, null, undefined, 1, "text"])
    await expect(split(wrong as never)).rejects.toMatchObject({
      code: "event-invalid",
      remedy: "Record one event with record.",
    });
});

test("what is no object is refused", async () => {
  for (const wrong of [null, 1, "x", undefined])
    await expect(split([wrong as never])).rejects.toMatchObject({ code: "event-invalid" });
});
