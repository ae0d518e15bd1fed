/** Days begin where their zone says, even if midnight is skipped or occurs twice. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { dayKey } from "../web/kit/time/format.ts";
import { dayStart, nextDay, readMoment } from "./moments.ts";

test.each([
  ["2026-11-25", "UTC", "2026-11-25T00:00:00.000Z"],
  ["2026-05-21", "Europe/London", "2026-05-20T23:00:00.000Z"],
  ["2026-10-25", "Europe/London", "2026-10-24T23:00:00.000Z"],
  ["2026-10-26", "Europe/London", "2026-10-26T00:00:00.000Z"],
  ["2026-11-25", "Pacific/Kiritimati", "2026-11-24T10:00:00.000Z"],
  ["2026-11-25", "Pacific/Pago_Pago", "2026-11-25T11:00:00.000Z"],
  // there is no midnight: the clocks went from 0:00 to 1:00
  ["2018-11-04", "America/Sao_Paulo", "2018-11-04T03:00:00.000Z"],
])("%s in %s begins at %s", (day, zone, at) => {
  expect(new Date(dayStart(day, zone) as number).toISOString()).toBe(at);
});

test.each(["2026-02-30", "2026-13-01", "26-1-1", "", "2026-11-25T00:00:00Z", "<script>"])(
  "%j is no day",
  (text) => {
    expect(dayStart(text, "UTC")).toBeUndefined();
  },
);

test("the moment before is another day", () => {
  const days = fc
    .integer({ min: 0, max: 40_000 })
    .map((n) => new Date(n * 86_400_000).toISOString().slice(0, 10));
  const zones = fc.constantFrom("UTC", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu");
  fc.assert(
    fc.property(days, zones, (day, zone) => {
      const at = dayStart(day, zone) as number;
      expect(dayKey(at, zone)).toBe(day);
      expect(dayKey(at - 1, zone) < day).toBe(true);
      expect(nextDay(day) > day).toBe(true);
    }),
    { numRuns: 100 },
  );
});

test.each([
  ["2026-11-22", "to", "UTC", "2026-11-23T00:00:00Z"],
  ["2026-11-22", "from", "UTC", "2026-11-22T00:00:00Z"],
  ["2026-10-25", "to", "Europe/Berlin", "2026-10-25T23:00:00Z"],
  ["2026-11-22T10:00:00+01:00", "to", "Europe/Berlin", "2026-11-22T09:00:00Z"],
] as const)("%s as '%s' in %s is %s", (text, edge, zone, at) => {
  expect(readMoment(text, { edge, zone })).toBe(BigInt(Date.parse(at)) * 1000n);
});

test.each([
  ["90m", "2026-12-01T08:30:00Z"],
  ["1h", "2026-12-01T09:00:00Z"],
  ["7d", "2026-11-24T10:00:00Z"],
  ["2W", "2026-11-17T10:00:00Z"],
  ["0m", "2026-12-01T10:00:00Z"],
  ["999999h", "1970-01-01T00:00:00Z"],
])("%s is that long before now", (text, at) => {
  const now = Date.parse("2026-12-01T10:00:00Z");
  for (const edge of ["from", "to"] as const)
    expect(readMoment(text, { edge, zone: "Europe/Berlin", now })).toBe(BigInt(Date.parse(at)) * 1000n);
});

test.each([
  "2026-02-30",
  "1969-12-31",
  "2255-01-01",
  "9999-12-31",
  "",
  "yesterday",
  "2026-11-22T10:00:00",
  "1000000d",
  "1y",
  "-1h",
  "1.5h",
  "1 h",
  "h",
])("%j is no moment", (text) => {
  expect(readMoment(text, { edge: "to", zone: "UTC" })).toBeUndefined();
});
