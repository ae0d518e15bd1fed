/** The formats of `data`: exact dates and times, in time linear in the length. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type FormatCheck, isDate, isDateTime, knownFormats } from "./formats.ts";

test.each(["1970-01-01", "2024-02-29", "2000-02-29", "0000-01-01", "9999-12-31"])("%s is a date", (text) => {
  expect(isDate(text)).toBe(true);
});

test.each([
  "2023-02-29",
  "1900-02-29",
  "2026-00-10",
  "2026-13-01",
  "2026-04-31",
  "2026-4-30",
  "2026-04-3a",
  "2026/04/30",
  "20260430",
  " 2026-04-30",
  "2026-04-30\n",
  "２０２６-04-30",
  "",
])("%j is no date", (text) => {
  expect(isDate(text)).toBe(false);
});

test.each([
  "2026-11-22T11:20:31Z",
  "2026-11-22t11:20:31z",
  "2026-11-22T11:20:31.5+01:00",
  "2026-11-22T23:59:59.123456789-23:59",
])("%s is a time", (text) => {
  expect(isDateTime(text)).toBe(true);
});

test.each([
  "2026-11-22",
  "2026-11-22T11:20:31",
  "2026-11-22 11:20:31Z",
  "2026-11-22T11:20Z",
  "2026-11-22T24:00:00Z",
  "2026-11-22T23:60:00Z",
  "2016-12-31T23:59:60Z",
  "2026-11-22T11:20:31.Z",
  "2026-11-22T11:20:31,5Z",
  "2026-11-22T11:20:31+0100",
  "2026-11-22T11:20:31+01",
  "2026-11-22T11:20:31+24:00",
  "2026-11-22T11:20:31ZZ",
  "2026-11-22T11:20:31Z\n",
  "2026-02-30T11:20:31Z",
])("%j is no time", (text) => {
  expect(isDateTime(text)).toBe(false);
});

test("every date and time that the machine writes is one", () => {
  const dates = fc.date({ min: new Date("0000-01-01"), max: new Date("9999-12-31"), noInvalidDate: true });
  fc.assert(
    fc.property(dates, (date) => {
      expect(isDateTime(date.toISOString())).toBe(true);
      expect(isDate(date.toISOString().slice(0, 10))).toBe(true);
    }),
  );
});

describe.each(Object.entries(knownFormats))("%s", (_, check: FormatCheck) => {
  const run = (text: string): boolean => (check instanceof RegExp ? check.test(text) : check(text));

  test.each([
    ["a@", "a-"],
    ["a@", "a."],
    ["", "a."],
    ["", "a@"],
    ["https://", "a."],
    ["https://", "a:"],
    ["https://", "%20"],
    ["https://a/", "a/"],
    ["a:", "?#"],
    ["https://[", "1:"],
    ["2026-11-22T11:20:31.", "0"],
  ])("answers %j and 64 KiB of %j at once", (start, part) => {
    const text = `${start}${part.repeat(65_536 / part.length)} \u0001`;
    const began = process.cpuUsage();
    run(text);
    expect(process.cpuUsage(began).user).toBeLessThan(500_000);
  });
});
