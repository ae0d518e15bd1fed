/** What is typed of a new API client, as fields of a form and as the room takes it. It refuses to know what is right in it. */
import type { TypedDate } from "../../components/date-input/date-input.tsx";
import type { FieldError } from "../../components/error-summary/error-summary.tsx";

/** The fields of the form; `step` is the button, `key` is of the one client that the form adds. */
export const fields: Readonly<Record<Exclude<keyof Sent, "scopes">, "one">> & { readonly scopes: "many" } = {
  step: "one",
  key: "one",
  name: "one",
  "expiresOn-day": "one",
  "expiresOn-month": "one",
  "expiresOn-year": "one",
  scopes: "many",
};

interface Sent {
  readonly step: string;
  readonly key: string;
  readonly name: string;
  readonly "expiresOn-day": string;
  readonly "expiresOn-month": string;
  readonly "expiresOn-year": string;
  readonly scopes: readonly string[];
}

/** A new client, as it was typed. */
export interface Typed {
  readonly name: string;
  readonly expiresOn: TypedDate;
  readonly scopes: readonly string[];
}

export const nothing: Typed = { name: "", expiresOn: { day: "", month: "", year: "" }, scopes: [] };

export const typedOf = (sent: Sent): Typed => ({
  name: sent.name,
  expiresOn: {
    day: sent["expiresOn-day"],
    month: sent["expiresOn-month"],
    year: sent["expiresOn-year"],
  },
  scopes: sent.scopes,
});

/** The same as fields that nobody sees, so that nothing is kept anywhere between one page and the next. */
export const pairsOf = ({ name, expiresOn: { day, month, year }, scopes }: Typed): [string, string][] => [
  ["name", name],
  ["expiresOn-day", day],
  ["expiresOn-month", month],
  ["expiresOn-year", year],
  ...scopes.map((scope): [string, string] => ["scopes", scope]),
];

/** As the room takes it. */
export const wantedOf = ({
  name,
  expiresOn,
  scopes,
}: Typed): { name: string; expiresOn: string; scopes: readonly string[] } => ({
  name,
  expiresOn: dayOf(expiresOn),
  scopes,
});

const isShort = /^\d{1,2}$/;
const isYear = /^\d{4}$/;

/** `YYYY-MM-DD`; nothing if nothing was typed; else what was typed, which is no day. */
function dayOf(typed: TypedDate): string {
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

/** At which field each place of what the room refuses is shown: each scope has its own, the form shows them as one. */
export const fieldsBy = ({ scopes }: Typed): Readonly<Record<string, string>> =>
  Object.fromEntries(scopes.map((_, at) => [`/scopes/${at}`, "scopes"]));

/** Links of the summary of errors go to the first field of a date that is wrong. */
export const withDate = (errors: readonly FieldError[], { expiresOn }: Typed): FieldError[] =>
  errors.map((error) =>
    error.field === "expiresOn" ? { ...error, field: `expiresOn-${wrongParts(expiresOn)[0]}` } : error,
  );
