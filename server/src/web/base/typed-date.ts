/** An expiry date typed in three fields, in the services' form, and which of the fields are wrong. */
import type { TypedDate } from "../kit/components/date-input/date-input.tsx";

const isShort = /^\d{1,2}$/;
const isYear = /^\d{4}$/;

/** `YYYY-MM-DD`; empty if nothing was typed; else the typed text, which isn't a day. */
export function dayOf(typed: TypedDate): string {
  const [day, month, year] = [typed.day.trim(), typed.month.trim(), typed.year.trim()];
  if (day + month + year === "") return "";
  if (!isShort.test(day) || !isShort.test(month) || !isYear.test(year)) return `${year}/${month}/${day}`;
  return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}

/** The faulty parts of the date: the missing ones, if some are missing. */
export function wrongParts({ day, month, year }: TypedDate): (keyof TypedDate)[] {
  const parts = Object.entries({ day, month, year }) as [keyof TypedDate, string][];
  const missing = parts.filter(([, text]) => text.trim() === "");
  return (missing.length === 0 ? parts : missing).map(([part]) => part);
}

/** A date half a year ahead, as an example. */
export const inSixMonths = (): string => {
  const date = new Date();
  date.setUTCMonth(date.getUTCMonth() + 6, 15);
  return `${date.getUTCDate()} ${date.getUTCMonth() + 1} ${date.getUTCFullYear()}`;
};
