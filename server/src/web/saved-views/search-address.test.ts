/** Searches and the addresses of pages: one becomes the other and back. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { plainSearch } from "../../saved-views/index.ts";
import { filtersOf, givenIn, parametersOf, searchOf } from "./search-address.ts";

const words = fc.string({ minLength: 1, maxLength: 20 }).filter((text) => text.trim() === text);
const searches = fc.record(
  {
    q: words,
    type: fc.array(words),
    actor: fc.array(words),
    recordedBy: fc.array(words),
    from: words,
    period: fc.constantFrom("24h" as const, "90d" as const),
    layout: fc.constantFrom("cards" as const, "table" as const),
  },
  { requiredKeys: [] },
);

test("a search is found again in its address", () => {
  fc.assert(
    fc.property(searches, (search) => {
      const plain = plainSearch(search);
      expect(searchOf(parametersOf(plain))).toEqual(plain);
      const filters = filtersOf(plain).length;
      expect(filters).toBe(
        [plain.type, plain.actor, plain.recordedBy].flat().filter(Boolean).length + (plain.from ? 1 : 0),
      );
    }),
  );
});

test("an address has more than a search: the rest is left out", () => {
  const given = givenIn({
    q: "team",
    cursor: "c",
    share: "yes",
    view: "table",
    __proto__x: "1",
    type: ["A", "B"],
  });
  expect(searchOf(given)).toEqual({ q: "team", type: ["A", "B"], layout: "table" });
});
