/** Parties of a page that can be mistaken for each other: only by a name that is the same or looks so. */
import type { RecordedEvent } from "daybook/internal";
import { expect, test } from "vitest";
import { namesakesOf } from "./namesakes.ts";

const by = (id: string, name?: string): RecordedEvent =>
  ({ actor: { type: "user", id, ...(name === undefined ? {} : { name }) } }) as unknown as RecordedEvent;

const found = (...events: RecordedEvent[]): boolean[] => {
  const hasNamesake = namesakesOf(events);
  return events.flatMap(({ actor }) => (actor === undefined ? [] : [hasNamesake(actor)]));
};

test.each([
  ["the same name", "Bob", "Bob"],
  ["letters of another alphabet throughout", "Bob", "\u0412\u043e\u042c"],
  ["one letter of another alphabet", "Anne", "\u0410nne"],
  ["an I for an l", "Paul", "PauI"],
  ["what isn't seen", "Anne", "An\u200bne"],
  ["blanks at an end, and capitals", "Anne", "anne "],
])("two of %s", (_what, one, other) => {
  expect(found(by("u_1", one), by("u_2", other), by("u_3", "Chidi"))).toEqual([true, true, false]);
});

test("not one who did two things, nobody without a name, and nobody else", () => {
  expect(found(by("u_1", "Anne"), by("u_1", "Anne"))).toEqual([false, false]);
  expect(found(by("u_1"), by("u_2"))).toEqual([false, false]);
  expect(found(by("u_1", "Anne"), by("u_2", "Anna"))).toEqual([false, false]);
});

test("who is called like Daybook itself, or like its operator token, has a namesake on every page", () => {
  for (const name of ["Daybook", "daybook ", "D\u0430ybook", "Day\u200bbook", "Operator"])
    expect(found(by("u_1", name)), name).toEqual([true]);
  expect(found(by("operator", "operator"))).toEqual([false]);
  expect(found(by("u_1", "Daybooks"))).toEqual([false]);
});

test("a target may be taken for an actor", () => {
  const event = {
    ...by("u_1", "Anne"),
    targets: [{ type: "user", id: "u_2", name: "Anne" }],
  } as RecordedEvent;
  expect(found(event)).toEqual([true]);
});
