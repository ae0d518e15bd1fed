/**
 * The formats for schemas of `data`, strictly by RFC 3339 for dates and times. Each check runs in time linear in the length; checking dates
 * and times allocates nothing.
 */
import formats from "ajv-formats";

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** The two digits at `at` as a number; NaN for other characters. */
function two(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 0x30;
  const ones = text.charCodeAt(at + 1) - 0x30;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

const isDateAt0 = (text: string): boolean => {
  const year = two(text, 0) * 100 + two(text, 2);
  const month = two(text, 5);
  const day = two(text, 8);
  if (!(year >= 0 && month >= 1 && month <= 12 && day >= 1)) return false;
  const leap = month === 2 && (year % 4 === 0 ? year % 100 !== 0 || year % 400 === 0 : false);
  return day <= (leap ? 29 : monthDays[month - 1]!) && text[4] === "-" && text[7] === "-";
};

/** A full-date that exists: `2027-05-31` (RFC 3339 section 5.6). */
export const isDate = (text: string): boolean => text.length === 10 && isDateAt0(text);

/** The end of the decimals after the seconds, if there are any; -1 for a point without digits. */
function endOfDecimals(text: string): number {
  if (text[19] !== ".") return 19;
  let at = 20;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x30 || code > 0x39) break;
  }
  return at === 20 ? -1 : at;
}

function isOffset(text: string, at: number): boolean {
  const sign = text[at];
  if (sign === "Z" || sign === "z") return text.length === at + 1;
  if (sign !== "+" && sign !== "-") return false;
  return text.length === at + 6 && two(text, at + 1) <= 23 && text[at + 3] === ":" && two(text, at + 4) <= 59;
}

/** A date-time with its offset: `2026-11-22T11:20:31.5+01:00` (RFC 3339 section 5.6); a leap second is refused. */
export function isDateTime(text: string): boolean {
  if (text.length < 20 || !isDateAt0(text) || (text[10] !== "T" && text[10] !== "t")) return false;
  if (text[13] !== ":" || text[16] !== ":") return false;
  if (!(two(text, 11) <= 23 && two(text, 14) <= 59 && two(text, 17) <= 59)) return false;
  const end = endOfDecimals(text);
  return end !== -1 && isOffset(text, end);
}

/** The checks of the formats, by name. */
export type FormatCheck = RegExp | ((text: string) => boolean);

const fromAjv = (name: "email" | "uri"): FormatCheck => formats.default.get(name, "full") as FormatCheck;

/** All formats. */
export const knownFormats: Readonly<Record<"date" | "date-time" | "email" | "uri", FormatCheck>> = {
  date: isDate,
  "date-time": isDateTime,
  email: fromAjv("email"),
  uri: fromAjv("uri"),
};
