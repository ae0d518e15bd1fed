/** The rules for API clients: hostile names, dates and scopes, by name. */
import { DaybookError, parseTime } from "daybook/internal";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, dayOf, daysBetween, endOf, inWords, isDay, yearAfter } from "../tokens/index.ts";
import { checkClient, checkName, checkOverlap } from "./rules.ts";

const at = (time: string): bigint => parseTime(time) as bigint;
const now = at("2026-11-25T09:30:00Z");
const good = { name: "Register sandbox", expiresOn: "2027-05-31", scopes: ["events:write"] };

/** The faults, by place. */
function wrong(wanted: object, when = now): Record<string, string> {
  try {
    checkClient({ ...good, ...wanted }, when);
    return {};
  } catch (error) {
    expect(error).toBeInstanceOf(DaybookError);
    const { code, issues } = error as DaybookError;
    expect(code).toBe("request-invalid");
    return Object.fromEntries(issues.map(({ pointer, detail }) => [pointer, detail]));
  }
}

describe("a name", () => {
  test.each<[string, unknown]>([
    ["empty", ""],
    ["only spaces", "  \t\u3000\u00a0 "],
    ["missing", undefined],
    ["null", null],
    ["a number", 7],
    ["only what can't be seen", "\u200b\u200d\u2060"],
  ])("%s is asked for", (_, name) => {
    expect(wrong({ name })).toEqual({ "/name": "Enter a client name" });
  });

  test("has at most 100 characters, however many code units and bytes they are", () => {
    for (const one of ["a", "é", "文", "🔑"]) {
      expect(checkName(one.repeat(100))).toBe(one.repeat(100));
      expect(wrong({ name: one.repeat(101) })).toEqual({
        "/name": "Client name must be 100 characters or fewer",
      });
    }
    expect(wrong({ name: "a".repeat(1_000_000) })).toEqual({
      "/name": "Client name must be 100 characters or fewer",
    });
    expect(checkName(` ${"a".repeat(100)}\n`)).toHaveLength(100);
  });

  test.each(["a\0b", "a\u0007b", "a\nb", "a\u007fb", "a\u0085b", "a\ud800b", "\udc00"])(
    "%j holds what no name holds",
    (name) => {
      expect(wrong({ name })).toEqual({ "/name": "Client name must not include control characters" });
    },
  );

  test.each([
    "قيد التجربة",
    "לקוח",
    "🔑🗝️",
    "👩‍💻 laptop",
    "O'Brien & <b>Söhne</b>",
    "ﷺ",
    "-",
    "DROP TABLE x;--",
  ])("%s is kept as it is", (name) => expect(checkName(`  ${name} `)).toBe(name));
});

describe("an expiry date", () => {
  const between = "Expiry date must be between 26 November 2026 and 25 November 2027";
  test.each<[string, unknown, string]>([
    ["missing", undefined, "Enter an expiry date"],
    ["empty", "", "Enter an expiry date"],
    ["null", null, "Enter an expiry date"],
    ["30 February", "2027-02-30", "Expiry date must be a real date"],
    ["29 February of a common year", "2027-02-29", "Expiry date must be a real date"],
    ["the 0th", "2027-05-00", "Expiry date must be a real date"],
    ["month 13", "2027-13-01", "Expiry date must be a real date"],
    ["a date-time", "2027-05-31T00:00:00Z", "Expiry date must be a real date"],
    ["a date with a space", "2027-05-31 ", "Expiry date must be a real date"],
    ["another order", "31-05-2027", "Expiry date must be a real date"],
    ["without zeros", "2027-5-1", "Expiry date must be a real date"],
    ["a number", 20270531, "Expiry date must be a real date"],
    ["other digits", "٢٠٢٧-٠٥-٣١", "Expiry date must be a real date"],
    ["today", "2026-11-25", between],
    ["yesterday", "2026-11-24", between],
    ["a day over 12 months ahead", "2027-11-26", between],
    ["the year 9999", "9999-12-31", between],
    ["the year 0", "0000-01-01", between],
  ])("%s", (_, expiresOn, sentence) => {
    expect(wrong({ expiresOn })).toEqual({ "/expiresOn": sentence });
  });

  test.each(["2026-11-26", "2027-11-25", "2027-02-28"])("%s is taken", (expiresOn) => {
    expect(checkClient({ ...good, expiresOn }, now).expiresOn).toBe(expiresOn);
  });

  test("is counted in UTC, to the last microsecond of the day", () => {
    expect(wrong({ expiresOn: "2026-11-26" }, at("2026-11-25T23:59:59.999999Z"))).toEqual({});
    expect(wrong({ expiresOn: "2026-11-26" }, at("2026-11-26T00:00:00Z"))).toEqual({
      "/expiresOn": "Expiry date must be between 27 November 2026 and 26 November 2027",
    });
  });

  test("29 February is a day in 2028, and 12 months after it is the 28th", () => {
    expect(wrong({ expiresOn: "2028-02-29" }, at("2027-03-01T12:00:00Z"))).toEqual({});
    const leap = at("2028-02-29T12:00:00Z");
    expect(wrong({ expiresOn: "2029-02-28" }, leap)).toEqual({});
    expect(wrong({ expiresOn: "2029-03-01" }, leap)).toEqual({
      "/expiresOn": "Expiry date must be between 1 March 2028 and 28 February 2029",
    });
  });
});

describe("scopes", () => {
  test.each<[string, unknown, string, string]>([
    ["none", [], "/scopes", "Select what the client may do"],
    ["missing", undefined, "/scopes", "Select what the client may do"],
    ["a text", "events:write", "/scopes", "Select what the client may do"],
    ["an object", { 0: "events:write", length: 1 }, "/scopes", "Select what the client may do"],
    [
      "one that doesn't exist",
      ["events:read", "events:delete"],
      "/scopes/1",
      "Select from events:write, events:read, events:import, audit-log:download, event-types:write",
    ],
    [
      "one that is no text",
      [null],
      "/scopes/0",
      "Select from events:write, events:read, events:import, audit-log:download, event-types:write",
    ],
    ["one twice", ["events:read", "events:write", "events:read"], "/scopes/2", "Select each scope once"],
  ])("%s", (_, scopes, pointer, sentence) => {
    expect(wrong({ scopes })).toEqual({ [pointer]: sentence });
  });
});

test("all that is wrong is said at once", () => {
  expect(wrong({ name: " ", expiresOn: undefined, scopes: [] })).toEqual({
    "/name": "Enter a client name",
    "/expiresOn": "Enter an expiry date",
    "/scopes": "Select what the client may do",
  });
});

test.each([-1, 10_081, 0.5, "60", null, Number.NaN])("an overlap of %j is refused", (minutes) => {
  expect(() => checkOverlap(minutes)).toThrow(expect.objectContaining({ code: "request-invalid" }));
});

describe("days", () => {
  const days = fc.integer({ min: 0, max: 100_000 }).map((n) => addDays("1970-01-01", n));

  test("count up one by one, as times do", () => {
    const property = fc.property(days, fc.integer({ min: -4000, max: 4000 }), (from, count) => {
      const to = addDays(from, count);
      expect(isDay(to)).toBe(true);
      expect(daysBetween(from, to)).toBe(count);
      expect(from < to).toBe(count > 0);
      expect(dayOf(endOf(from) - 1n)).toBe(from);
      expect(dayOf(endOf(from))).toBe(addDays(from, 1));
    });
    fc.assert(property);
  });

  test("a year after is a real day, 365 or 366 days away, or the 28th", () => {
    const property = fc.property(days, (day) => {
      const after = yearAfter(day);
      expect(isDay(after)).toBe(true);
      expect([365, 366]).toContain(daysBetween(day, after));
      if (day.slice(5) !== "02-29") expect(after.slice(5)).toBe(day.slice(5));
    });
    fc.assert(property);
    expect(yearAfter("2028-02-29")).toBe("2029-02-28");
    expect(yearAfter("2027-10-31")).toBe("2028-10-31");
    expect(inWords("2027-05-01")).toBe("1 May 2027");
  });
});
