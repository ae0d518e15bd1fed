/**
 * Times: RFC 3339 text to bigint microseconds since 1970 UTC and back, with integer arithmetic. It doesn't use JS
 * Dates, which drop microseconds.
 */

const DAY = 86_400;
/** 2255-01-01T00:00:00Z in seconds. Microseconds of every earlier time are safe integers. */
const END = 8_993_721_600;

/** The number that the digits of `text` from `start` to `end` form; -1 if one is not a digit. */
function digits(text: string, start: number, end: number): number {
  let value = 0;
  for (let i = start; i < end; i++) {
    const digit = text.charCodeAt(i) - 0x30;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
/** The number of days in a month; 0 if the month doesn't exist. */
export const daysOf = (year: number, month: number): number =>
  month === 2 && isLeap(year) ? 29 : (monthDays[month - 1] ?? 0);

/** Days from 1970-01-01 to a date of the Gregorian calendar (the era is 400 years, years start in March). */
function daysFromDate(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** `YYYY-MM-DD` of days since 1970-01-01. */
function dateFromDays(days: number): string {
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const m = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * m + 2) / 5) + 1;
  const month = m < 10 ? m + 3 : m - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${year}-${two(month)}-${two(day)}`;
}

const two = (n: number): string => (n < 10 ? `0${n}` : `${n}`);

/**
 * Seconds by which local time is ahead of UTC, from `Z`, `+hh:mm` or `-hh:mm` at the end of `text`; undefined for
 * another ending.
 */
function offsetSeconds(text: string, at: number): number | undefined {
  const sign = text.charCodeAt(at);
  if (sign === 0x5a || sign === 0x7a) return text.length === at + 1 ? 0 : undefined;
  if ((sign !== 0x2b && sign !== 0x2d) || text.length !== at + 6 || text.charCodeAt(at + 3) !== 0x3a)
    return undefined;
  const hours = digits(text, at + 1, at + 3);
  const minutes = digits(text, at + 4, at + 6);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return undefined;
  return (sign === 0x2b ? 1 : -1) * (hours * 3600 + minutes * 60);
}

/**
 * Seconds since 1970 of the `YYYY-MM-DDThh:mm:ss` at the start of `text`, as if it were UTC; undefined if the time
 * doesn't exist.
 */
function localSeconds(text: string): number | undefined {
  if (text.charCodeAt(4) !== 0x2d || text.charCodeAt(7) !== 0x2d || (text.charCodeAt(10) | 0x20) !== 0x74)
    return undefined;
  if (text.charCodeAt(13) !== 0x3a || text.charCodeAt(16) !== 0x3a) return undefined;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 7);
  const day = digits(text, 8, 10);
  const hour = digits(text, 11, 13);
  const minute = digits(text, 14, 16);
  const second = digits(text, 17, 19);
  if (year < 0 || month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) return undefined;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return undefined;
  return daysFromDate(year, month, day) * DAY + hour * 3600 + minute * 60 + second;
}

/**
 * Microseconds since 1970 UTC of an RFC 3339 time (section 5.6) with at most 9 decimals, of which 6 count: further ones
 * are cut off, not rounded. Undefined for any other text, including 10 decimals, dates that don't exist, second 60, and
 * times outside 1970 <= t < 2255.
 */
export function parseTime(text: string): bigint | undefined {
  if (text.length < 20 || text.length > 35) return undefined;
  const local = localSeconds(text);
  if (local === undefined) return undefined;
  let at = 19;
  let micros = 0;
  if (text.charCodeAt(at) === 0x2e) {
    const start = ++at;
    for (
      let digit = text.charCodeAt(at) - 0x30;
      digit >= 0 && digit <= 9;
      digit = text.charCodeAt(at) - 0x30
    ) {
      if (at - start < 6) micros = micros * 10 + digit;
      at++;
    }
    if (at === start || at - start > 9) return undefined;
    for (let i = at - start; i < 6; i++) micros *= 10;
  }
  const offset = offsetSeconds(text, at);
  if (offset === undefined) return undefined;
  const seconds = local - offset;
  return seconds < 0 || seconds >= END ? undefined : BigInt(seconds * 1_000_000 + micros);
}

/** The date of the last call: most times of a log are of one day. */
let lastDay = -1;
let lastDate = "";

/** `YYYY-MM-DDThh:mm:ss.ffffffZ` of microseconds since 1970 UTC. Throws RangeError outside 1970 <= t < 2255. */
export function formatTime(micros: bigint): string {
  const all = Number(micros);
  const total = Math.floor(all / 1_000_000);
  if (!(all >= 0 && total < END)) throw new RangeError("a time must lie in 1970 <= t < 2255");
  const day = Math.floor(total / DAY);
  if (day !== lastDay) {
    lastDate = dateFromDays(day);
    lastDay = day;
  }
  const second = total - day * DAY;
  const fraction = `${1_000_000 + (all - total * 1_000_000)}`.slice(1);
  const minute = Math.floor(second / 60);
  return `${lastDate}T${two(Math.floor(minute / 60))}:${two(minute % 60)}:${two(second % 60)}.${fraction}Z`;
}
