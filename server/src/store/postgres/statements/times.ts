/**
 * Times between bigint microseconds and the text that PostgreSQL reads and writes (DateStyle ISO, TimeZone UTC). A time never becomes a
 * driver's Date, which would drop the microseconds.
 */

let cachedSecond = Number.NaN;
let cachedText = "";

/**
 * `2026-11-22 11:20:31.123456+00` for microseconds since 1970 UTC, which are exact in a double until the year 2255. The text of the second
 * is cached: events that are written together have few different seconds.
 */
export function timestampText(micros: bigint): string {
  const exact = Number(micros);
  const second = Math.floor(exact / 1_000_000);
  if (second !== cachedSecond) {
    // YYYY-MM-DDTHH:MM:SS.mmmZ
    const text = new Date(second * 1000).toISOString();
    cachedText = `${text.slice(0, 10)} ${text.slice(11, 19)}.`;
    cachedSecond = second;
  }
  const decimals = String(exact - second * 1_000_000);
  return `${cachedText}${zeros.slice(decimals.length)}${decimals}+00`;
}

const zeros = "000000";

export const optionalTimestampText = (micros: bigint | null): string | null =>
  micros === null ? null : timestampText(micros);

const digits = (text: string, from: number, to: number): number => {
  let value = 0;
  for (let at = from; at < to; at++) value = value * 10 + text.charCodeAt(at) - 48;
  return value;
};

/**
 * Microseconds since 1970 UTC of a timestamptz in PostgreSQL's format, with zero to six decimals. Throws RangeError for any other text:
 * then the DateStyle or TimeZone of the connection is wrong.
 */
export function timestampMicros(text: string): bigint {
  const end = text.length - 3;
  if (end < 19 || text.charCodeAt(4) !== 45 || text.charCodeAt(10) !== 32 || !text.endsWith("+00")) {
    throw new RangeError(`Not a timestamp in UTC: ${text}`);
  }
  const millis = Date.UTC(
    digits(text, 0, 4),
    digits(text, 5, 7) - 1,
    digits(text, 8, 10),
    digits(text, 11, 13),
    digits(text, 14, 16),
    digits(text, 17, 19),
  );
  let micros = 0;
  if (end > 19) {
    micros = digits(text, 20, end);
    for (let decimals = end - 20; decimals < 6; decimals++) micros *= 10;
  }
  // both factors are exact in a double until the year 2255
  return BigInt(millis * 1000 + micros);
}
