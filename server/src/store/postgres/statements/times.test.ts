/** Times to PostgreSQL's text and back. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { timestampMicros, timestampText } from "./times.ts";

test("a time is written in UTC with six decimals", () => {
  expect(timestampText(0n)).toBe("1970-01-01 00:00:00.000000+00");
  expect(timestampText(1_795_415_871_123_456n)).toBe("2026-11-23 06:37:51.123456+00");
  expect(timestampText(1_000_001n)).toBe("1970-01-01 00:00:01.000001+00");
  expect(timestampText(-1n)).toBe("1969-12-31 23:59:59.999999+00");
});

test.each([
  ["1970-01-01 00:00:00+00", 0n],
  ["2026-11-23 06:37:51.1+00", 1_795_415_871_100_000n],
  ["2026-11-23 06:37:51.123456+00", 1_795_415_871_123_456n],
  ["2254-12-31 23:59:59.999999+00", BigInt(Date.UTC(2255, 0, 1)) * 1000n - 1n],
])("%s is read with any number of decimals", (text, micros) => {
  expect(timestampMicros(text)).toBe(micros);
});

test.each([
  "2026-11-23 06:37:51.123456+01",
  "2026-11-23T06:37:51Z",
  "infinity",
  "23.11.2026 06:37:51+00",
  "",
])("'%s' is refused: it is not PostgreSQL's text in UTC", (text) => {
  expect(() => timestampMicros(text)).toThrow(RangeError);
});

test("every time from 1970 to 2254 comes back as it was", () => {
  const last = BigInt(Date.UTC(2255, 0, 1)) * 1000n - 1n;
  fc.assert(fc.property(fc.bigInt(0n, last), (micros) => timestampMicros(timestampText(micros)) === micros));
});
