/** Times: what is accepted, what is refused, and lossless conversion both ways. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatTime, parseTime } from "./index.ts";

const end = 8_993_721_600_000_000n;
const times = fc.bigInt({ min: 0n, max: end - 1n });

describe("a time", () => {
  test("comes back as it was written, to the microsecond", () => {
    fc.assert(
      fc.property(times, (micros) => {
        expect(parseTime(formatTime(micros))).toBe(micros);
      }),
      { numRuns: 2_000 },
    );
  });

  test("is the date and time that JS has for its milliseconds", () => {
    fc.assert(
      fc.property(times, (micros) => {
        const date = new Date(Number(micros / 1000n)).toISOString().slice(0, -1);
        expect(formatTime(micros)).toBe(`${date}${(micros % 1000n).toString().padStart(3, "0")}Z`);
      }),
      { numRuns: 2_000 },
    );
  });

  test("is the same moment in every offset", () => {
    const minutes = fc.integer({ min: -23 * 60 - 59, max: 23 * 60 + 59 });
    fc.assert(
      fc.property(
        fc.bigInt({ min: 86_400_000_000n, max: end - 86_400_000_001n }),
        minutes,
        (micros, offset) => {
          const local = formatTime(micros + BigInt(offset) * 60_000_000n).slice(0, -1);
          const two = (n: number): string => String(n).padStart(2, "0");
          const away = Math.abs(offset);
          const sign = offset < 0 ? "-" : "+";
          expect(parseTime(`${local}${sign}${two(Math.floor(away / 60))}:${two(away % 60)}`)).toBe(micros);
        },
      ),
    );
  });

  test.each([
    ["1970-01-01T00:00:00Z", 0n],
    ["2254-12-31T23:59:59.999999Z", end - 1n],
    ["1969-12-31T23:30:00-00:30", 0n],
    ["2255-01-01T00:59:59.999999+01:00", end - 1n],
    ["2026-11-22T12:20:31.5+01:00", 1_795_346_431_500_000n],
    ["2026-11-22t11:20:31.500000z", 1_795_346_431_500_000n],
    ["2026-11-22T11:20:31-00:00", 1_795_346_431_000_000n],
    ["2026-11-22T11:20:31.1234569Z", 1_795_346_431_123_456n],
    ["2026-11-22T12:20:31.999999999+01:00", 1_795_346_431_999_999n],
    ["2026-11-22T11:20:31.00000099Z", 1_795_346_431_000_000n],
    ["2254-12-31T23:59:59.999999999Z", end - 1n],
    ["2024-02-29T00:00:00Z", 1_709_164_800_000_000n],
    ["2000-02-29T00:00:00Z", 951_782_400_000_000n],
  ])("%s is taken", (text, micros) => {
    expect(parseTime(text)).toBe(micros);
  });

  test.each([
    ["10 decimals, even zeros", "2026-11-22T11:20:31.1234560000Z"],
    ["no decimals after the point", "2026-11-22T11:20:31.Z"],
    ["a comma for the point", "2026-11-22T11:20:31,5Z"],
    ["second 60", "2026-12-31T23:59:60Z"],
    ["minute 60", "2026-11-22T11:60:00Z"],
    ["hour 24", "2026-11-22T24:00:00Z"],
    ["31 November", "2026-11-31T00:00:00Z"],
    ["29 February of 2026", "2026-02-29T00:00:00Z"],
    ["29 February of 2100", "2100-02-29T00:00:00Z"],
    ["month 0", "2026-00-01T00:00:00Z"],
    ["month 13", "2026-13-01T00:00:00Z"],
    ["day 0", "2026-11-00T00:00:00Z"],
    ["before 1970", "1969-12-31T23:59:59.999999Z"],
    ["before 1970 by its offset", "1970-01-01T00:00:00+00:01"],
    ["2255", "2255-01-01T00:00:00Z"],
    ["2255 by its offset", "2254-12-31T23:59:59-00:01"],
    ["no offset", "2026-11-22T11:20:31"],
    ["a space for the T", "2026-11-22 11:20:31Z"],
    ["no seconds", "2026-11-22T11:20Z"],
    ["a date alone", "2026-11-22"],
    ["an offset without its colon", "2026-11-22T11:20:31+0100"],
    ["an offset of 24 hours", "2026-11-22T11:20:31+24:00"],
    ["an offset of 60 minutes", "2026-11-22T11:20:31+01:60"],
    ["something after the Z", "2026-11-22T11:20:31Z "],
    ["a year of five digits", "12026-11-22T11:20:31Z"],
    ["a signed year", "+2026-11-22T11:20:31Z"],
    ["digits of another script", "２026-11-22T11:20:31Z"],
    ["a slash in the date", "2026/11/22T11:20:31Z"],
    ["a letter among the digits", "2026-1l-22T11:20:31Z"],
    ["nothing", ""],
    ["a number", "1795346431"],
  ])("with %s is refused", (_, text) => {
    expect(parseTime(text)).toBeUndefined();
  });

  test("has no text outside 1970 to 2254", () => {
    expect(() => formatTime(-1n)).toThrow(RangeError);
    expect(() => formatTime(end)).toThrow(RangeError);
  });
});
