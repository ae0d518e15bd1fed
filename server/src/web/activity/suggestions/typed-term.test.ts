/** The term that someone is typing. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { typedTerm } from "./typed-term.ts";

test.each([
  ["", [0, undefined, ""]],
  ["pay", [0, undefined, "pay"]],
  ["type:API_SAVED act", [15, undefined, "act"]],
  ["actor:gr", [0, "actor", "gr"]],
  ["x -Actor:gr", [3, "actor", "gr"]],
  ['actor:"Grace Ho', [0, "actor", "Grace Ho"]],
  ['actor:"Grace Hopper" ', [21, undefined, ""]],
  ["type:", [0, "type", ""]],
  ["types:x", [0, undefined, "types:x"]],
  ["changed:/name", [0, "changed", "/name"]],
])("of %s", (text, [start, name, rest]) => {
  expect(typedTerm(text)).toEqual({ start, name, text: rest });
});

test("any text has one", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const { start } = typedTerm(text);
      expect(start).toBeGreaterThanOrEqual(0);
      expect(start).toBeLessThanOrEqual(text.length);
    }),
  );
});
