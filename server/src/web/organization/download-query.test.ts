/** The values of the download form. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type DownloadValues, downloadQuery, typedOf, usual } from "./download-query.ts";

const types = new Set(["NEW_TEAM", "REMOVE_TEAM", ...Array.from({ length: 60 }, (_, n) => `acme.t${n}`)]);
const now = Date.UTC(2026, 10, 25, 12);
const queryOf = (typed: Partial<DownloadValues>): ReturnType<typeof downloadQuery> =>
  downloadQuery({ ...usual, ...typed }, types, now);
const days = (from: string, to: string): Partial<DownloadValues> => {
  const [fy = "", fm = "", fd = ""] = from.split("-");
  const [ty = "", tm = "", td = ""] = to.split("-");
  return {
    range: "dates",
    ...{ "from-day": fd, "from-month": fm, "from-year": fy },
    ...{ "to-day": td, "to-month": tm, "to-year": ty },
  };
};

const safe = "safe=spreadsheet";

test.each<[string, Partial<DownloadValues>, string]>([
  ["nothing chosen", {}, safe],
  ["7 days", { range: "7-days" }, `from=2026-11-18T12%3A00%3A00.000000Z&${safe}`],
  ["everything", { range: "all" }, `from=1970-01-01&${safe}`],
  ["own days, the last one included", days("2026-2-1", "2026-2-28"), `from=2026-02-01&to=2026-02-28&${safe}`],
  ["from a day up to now", days("2026-02-01", ""), `from=2026-02-01&${safe}`],
  ["a leap day", days("2024-2-29", "2024-2-29"), `from=2024-02-29&to=2024-02-29&${safe}`],
  ["a type", { type: ["NEW_TEAM"] }, `type=NEW_TEAM&${safe}`],
  ["several types", { type: ["NEW_TEAM", "REMOVE_TEAM"] }, `type=NEW_TEAM&type=REMOVE_TEAM&${safe}`],
  [
    "an outcome, an actor and a target",
    { outcome: "denied", actor: " user:u_17 ", target: "api_client:client_9" },
    `outcome=denied&actor=user%3Au_17&target=api_client%3Aclient_9&${safe}`,
  ],
  ["the exact file", { format: "quotes" }, ""],
  ["plain JSON", { format: "json" }, "data=json"],
  ["the context", { format: "quotes", context: "true" }, "context=true"],
])("%s", (_, typed, query) => {
  expect(queryOf(typed)).toEqual({ format: "csv", query });
});

test("NDJSON has an address of its own, and no options of CSV", () => {
  const typed = { format: "ndjson", context: "true", type: ["NEW_TEAM"] };
  expect(queryOf(typed)).toEqual({ format: "ndjson", query: "type=NEW_TEAM&context=true" });
});

describe("is refused:", () => {
  test.each<[string, Partial<DownloadValues>, string]>([
    ["no first day", days("", "2026-02-28"), "from"],
    ["31 February", days("2026-2-31", ""), "from"],
    ["a year of two digits", days("26-2-1", ""), "from"],
    ["a day that is no number", days("2026-2-<b>", ""), "from"],
    ["a last day before the first", days("2026-2-2", "2026-2-1"), "to"],
    ["a range that is none", { range: "toString" }, "range"],
    ["a context that is none", { context: "yes" }, "context"],
    ["a format that is none", { format: "toString" }, "format"],
    ["a type that isn't in the list", { type: ["NEW_TEAM", "OLD_TEAM"] }, "type"],
    ["more types than the file's address takes", { type: [...types].slice(0, 51) }, "type"],
    ["an outcome that is none", { outcome: "undone" }, "outcome"],
    ["an actor without its type", { actor: "u_17" }, "actor"],
    ["a target without an id", { target: "team:" }, "target"],
  ])("%s", (_, typed, field) => {
    expect(queryOf(typed)).toEqual({ errors: [expect.objectContaining({ field })] });
  });
});

test("whatever a query holds is a query of the file, or refused at fields", () => {
  const value = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("dates", "1", "2026", "json", "all"));
  const query = fc.dictionary(
    fc.constantFrom(...Object.keys(usual), "x", "__proto__"),
    fc.oneof(value, fc.array(value)),
  );
  fc.assert(
    fc.property(query, (given) => {
      const found = downloadQuery(typedOf(given), types, now);
      if ("errors" in found) expect(found.errors.length).toBeGreaterThan(0);
      else expect(found.query).toMatch(/^[\w%=&.:+*-]*$/);
    }),
  );
});
