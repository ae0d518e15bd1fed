/** Checking the searches of saved views: one form for equal searches, what pages find again, and refusals by name. */
import { DaybookError, type SavedSearch } from "daybook/internal";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkSearch, plainSearch, searchText } from "./check-search.ts";

const owner = { view: { rowScope: 1, context: true, onlyTarget: undefined } } as const;
const designer = { view: { ...owner.view, context: false } } as const;

const refusalOf = (search: unknown, reader: typeof owner | typeof designer = owner): string => {
  try {
    checkSearch(search as SavedSearch, reader);
    return "taken";
  } catch (error) {
    if (!(error instanceof DaybookError)) throw error;
    return `${error.code} ${error.issues[0]?.pointer}`;
  }
};

const references = fc.constantFrom("user:u_17", "api_client:client_9", "system:daybook");
const searches: fc.Arbitrary<SavedSearch> = fc
  .record(
    {
      q: fc.constantFrom("team", ' actor:"Grace Hopper" ', "-outcome:success", "type:API_CLIENT_*", "  "),
      type: fc.array(fc.constantFrom("NEW_TEAM", "API_SAVED", "invoice.paid")),
      actor: fc.array(references),
      target: fc.array(references),
      outcome: fc.array(fc.constantFrom("success", "denied", "failed")),
      recordedBy: fc.array(fc.constantFrom("daybook", "others")),
      from: fc.constantFrom("2026-11-20", "2026-11-20T10:00:00Z", ""),
      to: fc.constantFrom("2026-11-22", ""),
      layout: fc.constantFrom("cards", "table"),
    },
    { requiredKeys: [] },
  )
  .map((search) => search as SavedSearch);

describe("a search in one form", () => {
  test("is the same after it was checked again, whatever its order and repeats", () => {
    fc.assert(
      fc.property(searches, (search) => {
        const text = searchText(checkSearch(search, owner));
        expect(searchText(checkSearch(JSON.parse(text), owner))).toBe(text);
        const turned = Object.fromEntries(
          Object.entries(search)
            .reverse()
            .map(([name, value]) => [name, Array.isArray(value) ? [...value, ...value].reverse() : value]),
        );
        expect(searchText(plainSearch(turned))).toBe(text);
      }),
    );
  });

  test("has nothing that asks for nothing", () => {
    expect(plainSearch({ q: " ", type: [], from: "", layout: "cards" })).toEqual({});
  });
});

describe("what is refused", () => {
  test.each<[string, unknown, string]>([
    ["a quotation mark that isn't closed", { q: 'type:"x' }, "query-invalid /search/q"],
    ["a qualifier of all organizations", { q: "org:acme" }, "query-invalid /search/q"],
    ["more than 1,000 characters", { q: "é".repeat(1001) }, "query-invalid /search/q"],
    ["more than 16 words", { q: "a b c d e f g h i j k l m n o p q" }, "query-invalid /search/q"],
    ["a type that is no name", { type: ["'; DROP TABLE saved_view; --"] }, "query-invalid /search/type"],
    ["an actor without a type", { actor: ["u_17"] }, "query-invalid /search/actor"],
    ["U+0000 in a target", { target: ["api:a\0b"] }, "query-invalid /search/target"],
    ["an outcome that isn't one", { outcome: ["maybe"] }, "query-invalid /search/outcome"],
    ["a day that doesn't exist", { from: "2026-02-30" }, "query-invalid /search/from"],
    ["an end before the start", { from: "2026-11-22", to: "2026-11-20" }, "query-invalid /search/to"],
    ["another period", { period: "__proto__" }, "request-invalid /search/period"],
    ["a period and a day", { period: "24h", from: "2026-11-20" }, "request-invalid /search/period"],
    ["51 types", { type: Array.from({ length: 51 }, (_, n) => `a.t${n}`) }, "request-invalid /search/type"],
    [
      "more than 8,192 bytes",
      { actor: Array.from({ length: 50 }, (_, n) => `user:${n}${"x".repeat(200)}`) },
      "request-invalid /search",
    ],
    ["a token", { q: `ghp_${"a1B2".repeat(9)}` }, "request-invalid /search/q"],
    ["a token in an id", { actor: [`user:ghp_${"a1B2".repeat(9)}`] }, "request-invalid /search/actor"],
  ])("%s", (_, search, refusal) => {
    expect(refusalOf(search)).toBe(refusal);
  });

  test.each(["ip:192.0.2.1", "-agent:curl", "request:r", "correlation:c"])(
    "%s, by those who don't see context",
    (q) => {
      expect([refusalOf({ q }), refusalOf({ q }, designer)]).toEqual(["taken", "not-allowed /search/q"]);
    },
  );
});
