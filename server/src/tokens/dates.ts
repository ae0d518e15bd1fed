/** Days in UTC, as `YYYY-MM-DD`: counting, comparing (in the order of their texts), and words. All functions are pure. */

const dayMs = 86_400_000;
const form = /^\d{4}-\d{2}-\d{2}$/;
const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

const textOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const msOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** The day of a time in microseconds since 1970 UTC. */
export const dayOf = (micros: bigint): string => textOf(Number(micros / 1000n));

/** The first microsecond after a day, since 1970 UTC. */
export const endOf = (day: string): bigint => BigInt(msOf(day) + dayMs) * 1000n;

export const addDays = (day: string, days: number): string => textOf(msOf(day) + days * dayMs);

/** The number of days from one day to another; negative if that is earlier. */
export const daysBetween = (from: string, to: string): number => (msOf(to) - msOf(from)) / dayMs;

/** The same day of the same month a year later; for 29 February, the last day of the month. */
export function yearAfter(day: string): string {
  const rest = day.slice(4) === "-02-29" ? "-02-28" : day.slice(4);
  return `${String(Number(day.slice(0, 4)) + 1).padStart(4, "0")}${rest}`;
}

/** Whether a text is an existing day: not 30 February, and without a time. */
export function isDay(text: string): boolean {
  if (!form.test(text)) return false;
  const ms = msOf(text);
  return !Number.isNaN(ms) && textOf(ms) === text;
}

/** `26 November 2026` */
export const inWords = (day: string): string =>
  `${Number(day.slice(8))} ${months[Number(day.slice(5, 7)) - 1]} ${Number(day.slice(0, 4))}`;
