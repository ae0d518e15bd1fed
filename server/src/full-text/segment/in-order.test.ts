/** Sorting terms by numbers gives the order of their texts. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { inOrder } from "./in-order.ts";

test("terms are in the order of their texts, whatever they begin with", () => {
  const term = fc.oneof(
    fc.stringMatching(/^[ab]{0,8}$/),
    fc.array(fc.nat(255), { maxLength: 9 }).map((units) => String.fromCharCode(...units)),
    fc.stringMatching(/^person [0-9]{1,3}$/),
  );
  fc.assert(
    fc.property(fc.uniqueArray(term, { maxLength: 200 }), (terms) => {
      const sorted = Array.from(inOrder(terms), (number) => terms[number]);
      expect(sorted).toEqual([...terms].sort((a, b) => (a < b ? -1 : 1)));
    }),
  );
});
