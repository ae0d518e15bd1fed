/** An expiry date as it is typed in three fields, as the rooms take it, and where it is wrong. It refuses to know what is right in it. */
import type { TypedDate } from "../kit/components/date-input/date-input.tsx";
import type { FieldError } from "../kit/components/error-summary/error-summary.tsx";

const isShort = /^\d{1,2}$/;
const isYear = /^\d{4}$/;

/** `YYYY-MM-DD`; nothing if nothing was typed; else what was typed, which is no day. */
export function dayOf(typed: TypedDate): string {
  const [day, month, year] = [typed.day.trim(), typed.month.trim(), typed.year.trim()];
  if (day + month + year === "") return "";
  if (!isShort.test(day) || !isShort.test(month) || !isYear.test(year)) return `${year}/${month}/${day}`;
  return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}

/** Which parts of the date to look at: those that are missing, if some are and some are not. */
export function wrongParts({ day, month, year }: TypedDate): (keyof TypedDate)[] {
  const parts = Object.entries({ day, month, year }) as [keyof TypedDate, string][];
  const missing = parts.filter(([, text]) => text.trim() === "");
  return (missing.length === 0 ? parts : missing).map(([part]) => part);
}

/** Links of the summary of errors go to the first field of a date that is wrong. */
export const withDate = (
  errors: readonly FieldError[],
  { expiresOn }: { readonly expiresOn: TypedDate },
): FieldError[] =>
  errors.map((error) =>
    error.field === "expiresOn" ? { ...error, field: `expiresOn-${wrongParts(expiresOn)[0]}` } : error,
  );

/** A date half a year ahead, as an example of what to type. */
export const inSixMonths = (): string => {
  const date = new Date();
  date.setUTCMonth(date.getUTCMonth() + 6, 15);
  return `${date.getUTCDate()} ${date.getUTCMonth() + 1} ${date.getUTCFullYear()}`;
};
