/** The text of an event is what JSON.stringify makes of it, whatever its slots hold, also if it is copied from bytes. */
import { canonicalize, type Json, type SlotName, slotNames } from "daybook/internal";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { erased, storedEvent } from "../export/testing/stored-event.ts";
import type { HashedEvent } from "../store/contract/pages.ts";
import { SamplePage } from "../store/testing/event-bytes.ts";
import { copiedPage, pageSlots } from "./event-bytes.ts";
import { toRecordedEvent } from "./recorded-event.ts";
import { recordedEventText } from "./recorded-event-text.ts";

const organization = { id: "org_1", slug: "acme", name: 'Acme "&" Söhne\n' };
const view = { rowScope: 1, context: true, onlyTarget: undefined };
const copied = (event: HashedEvent): string => {
  const cursorAfter = (): string => "never";
  const events = new SamplePage([event, event], pageSlots(view), organization.name);
  const parts = { organization: { ...organization, name: "Before" }, view, limit: 3, cursorAfter };
  return copiedPage(events, parts).json.toString();
};
const same = (event: HashedEvent): void => {
  const text = JSON.stringify(toRecordedEvent(event, organization));
  expect(recordedEventText(event, organization)).toBe(text);
  expect(copied(event)).toBe(`{"events":[${text},${text}],"next":null}`);
};

const name = fc.oneof(
  fc.string({ unit: "binary" }).filter((each) => each !== "__proto__"),
  fc.constantFrom("0", "7", "10", "2", "email", "name", "id", "type"),
);
const value = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.string({ unit: "binary" }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(name, tie("value"), { maxKeys: 4 }),
  ),
})).value as fc.Arbitrary<Json>;
const object = fc.dictionary(name, value, { maxKeys: 5 });

/** An event with these slots. */
const withSlots = (slots: Partial<Record<SlotName, Json>>): HashedEvent => ({
  ...storedEvent({ type: "NEW_TEAM", actor: { type: "user", id: "u_1" } }),
  slots: Object.fromEntries(
    Object.entries(slots).map(([slot, each]) => [
      slot,
      { json: canonicalize(each), salt: new Uint8Array(16) },
    ]),
  ),
});

test("with any values", () => {
  fc.assert(
    fc.property(object, object, object, (data, context, producer) => {
      same(withSlots({ actor: { type: "user" }, data, context, producer, reason: "asked" }));
    }),
  );
});

describe("with personal members", () => {
  test("of any texts", () => {
    const text = fc.string({ unit: "binary" });
    fc.assert(
      fc.property(text, text, object, (id, personal, rest) => {
        const { name: _name, email: _email, ...data } = rest;
        same(
          withSlots({
            actor: { type: "user", id },
            actorPersonal: { "/email": personal, "/name": personal },
            data,
          }),
        );
        same(withSlots({ actor: { type: "user" }, data, dataPersonal: { "/name": personal } }));
      }),
    );
  });

  test.each<Partial<Record<SlotName, Json>>>([
    { actor: { type: "user" }, targets: [{ type: "user", id: "u" }], targetsPersonal: { "/0/name": "Bo" } },
    {
      actor: { onBehalfOf: { id: "u_2" }, type: "user" },
      actorPersonal: { "/onBehalfOf/name": "Bo", "/name": "Al" },
    },
    { actor: { type: "user", note: 'a "name": b' }, actorPersonal: { "/name": "Bo" } },
    { actor: { type: "user", under: { name: "x" } }, actorPersonal: { "/name": "Bo" } },
    { actor: {}, actorPersonal: { "/name": "Bo" } },
    { actor: { type: "user" }, data: { "10": 1, "9": 2, b: 3 }, dataPersonal: { "/c": "Bo" } },
    { actor: { type: "user" }, data: { a: { "10": 1, "9": 2 } }, dataPersonal: { "/c~1d": "Bo" } },
    { actor: { type: "user" }, changes: [{ path: "/a", from: 1 }], changesPersonal: { "/0/to": "Bo" } },
  ])("in %j", (slots) => same(withSlots(slots)));
});

test("that were erased", () => {
  const event = storedEvent({
    type: "NEW_TEAM",
    actor: { type: "user", id: "u_1", name: "Anne" },
    targets: [{ type: "user", id: "u_2", name: "Bo" }],
    reason: "asked",
  });
  same(event);
  for (const slot of slotNames) if (event.slots[slot] !== undefined) same(erased(event, slot));
});

test("a personal member where there is one already is a fault, as before", () => {
  const event = withSlots({ actor: { name: "Al", type: "user" }, actorPersonal: { "/name": "Bo" } });
  expect(() => recordedEventText(event, organization)).toThrow();
  expect(() => copied(event)).toThrow();
});

test("of 64 KB, between small ones", () => {
  const reason = "ä".repeat(32_000);
  for (let n = 0; n < 20; n++)
    for (const slots of [{ reason }, { reason, data: { "1": reason } }, {}])
      same(withSlots({ actor: { type: "user" }, ...slots }));
});
