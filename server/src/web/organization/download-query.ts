/**
 * The file for the values of the download form: its format and the query of its address; or the errors of the form. All functions are pure.
 */
import { formatTime } from "daybook/internal";
import { isTaken, wrong } from "../activity/question.ts";
import type { FieldError } from "../kit/components/error-summary/error-summary.tsx";
import { fileChoices } from "./file-choices.ts";

/** The fields as sent; an absent one is empty. */
export interface DownloadValues {
  readonly range: string;
  readonly "from-day": string;
  readonly "from-month": string;
  readonly "from-year": string;
  readonly "to-day": string;
  readonly "to-month": string;
  readonly "to-year": string;
  /** Empty for all. */
  readonly type: readonly string[];
  readonly outcome: string;
  readonly actor: string;
  readonly target: string;
  /** The value of one choice of file. */
  readonly format: string;
  /** `true`: the file has the context of each event too. */
  readonly context: string;
}

export const usual: DownloadValues = {
  range: "90-days",
  "from-day": "",
  "from-month": "",
  "from-year": "",
  "to-day": "",
  "to-month": "",
  "to-year": "",
  type: [],
  outcome: "",
  actor: "",
  target: "",
  format: fileChoices[0].value,
  context: "",
};

/** The form in a query. There can be several types; for other fields, the first value counts; unknown ones are ignored. */
export function typedOf(query: Readonly<Record<string, unknown>>): DownloadValues {
  const given = Object.entries(usual).map(([name, otherwise]) => {
    const sent = Object.hasOwn(query, name) ? [query[name]].flat() : [];
    if (name === "type") return [name, sent.filter((value) => typeof value === "string" && value !== "")];
    return [name, typeof sent[0] === "string" ? sent[0] : otherwise];
  });
  return Object.fromEntries(given) as unknown as DownloadValues;
}

const day = 86_400_000;

/** The choices instead of dates; `days` back from now, undefined for everything. */
export const ranges: readonly { readonly value: string; readonly text: string; readonly days?: number }[] = [
  { value: "7-days", text: "Last 7 days", days: 7 },
  { value: "30-days", text: "Last 30 days", days: 30 },
  { value: "90-days", text: "Last 90 days", days: 90 },
  { value: "year", text: "Last 365 days", days: 365 },
  { value: "all", text: "Everything" },
];

/** The value of the choice of own dates. */
export const ownDates = "dates";

interface DownloadWindow {
  readonly from?: string;
  readonly to?: string;
}

/** The format of the file, and the query of its address. */
interface FileAddress {
  readonly format: string;
  readonly query: string;
}

/**
 * The address of the file, or the errors. `types`: those that can be selected; `now` in milliseconds. Own dates are whole days in UTC,
 * including the last one.
 */
export function downloadQuery(
  typed: DownloadValues,
  types: ReadonlySet<string>,
  now: number,
): FileAddress | { readonly errors: readonly FieldError[] } {
  const errors: FieldError[] = [];
  const window = windowOf(typed, now, errors);
  const filter = filterOf(typed, types, errors);
  const chosen = fileChoices.find(({ value }) => value === typed.format);
  if (chosen === undefined) errors.push({ field: "format", message: "Select a format" });
  if (!["", "true"].includes(typed.context))
    errors.push({ field: "context", message: "Select whether to include the origin of events" });
  if (chosen === undefined || errors.length > 0) return { errors };
  const context = typed.context === "true" ? [["context", "true"]] : [];
  const pairs = [...Object.entries(window), ...filter, ...Object.entries(chosen.options), ...context];
  return {
    format: chosen.format.name,
    query: new URLSearchParams(pairs as string[][]).toString(),
  };
}

/** The maximum number of values of one parameter in the file's address. */
const mostTypes = 50;

function filterOf(
  { type, ...typed }: DownloadValues,
  known: ReadonlySet<string>,
  errors: FieldError[],
): readonly (readonly [string, string])[] {
  if (type.some((name) => !known.has(name)))
    errors.push({ field: "type", message: "Select event types from the list" });
  if (type.length > mostTypes)
    errors.push({ field: "type", message: `Select up to ${mostTypes} event types, or none for all of them` });
  const others = (["outcome", "actor", "target"] as const)
    .map((name) => [name, typed[name].trim()] as const)
    .filter(([, value]) => value !== "");
  for (const [name, value] of others)
    if (!isTaken(name, value)) errors.push({ field: name, message: wrong[name] ?? "" });
  return [...type.map((name) => ["type", name] as const), ...others];
}

function windowOf(typed: DownloadValues, now: number, errors: FieldError[]): DownloadWindow {
  if (typed.range === ownDates) return ownWindow(typed, errors);
  const range = ranges.find(({ value }) => value === typed.range);
  if (range === undefined) {
    errors.push({ field: "range", message: "Select which days" });
    return {};
  }
  // the default of the server
  if (range.value === usual.range) return {};
  if (range.days === undefined) return { from: "1970-01-01" };
  return { from: formatTime(BigInt(now - range.days * day) * 1_000n) };
}

function ownWindow(typed: DownloadValues, errors: FieldError[]): DownloadWindow {
  const from = dateOf(typed, "from", "First day", errors);
  const to = dateOf(typed, "to", "Last day", errors);
  if (from === "") errors.push({ field: "from", message: "Enter the first day" });
  if (!from) return {};
  if (to === undefined) return {};
  if (to === "") return { from };
  if (to < from) errors.push({ field: "to", message: "Last day must be the same as or after the first day" });
  return { from, to };
}

/** `2026-05-31`; empty if nothing was typed; undefined for an invalid date, which adds to `errors`. */
function dateOf(
  typed: DownloadValues,
  name: "from" | "to",
  what: string,
  errors: FieldError[],
): string | undefined {
  const [d, m, y] = (["day", "month", "year"] as const).map((part) => typed[`${name}-${part}`].trim());
  if (!d && !m && !y) return "";
  const isWhole = /^\d{1,2} \d{1,2} \d{4}$/.test(`${d} ${m} ${y}`);
  const date = `${y}-${m?.padStart(2, "0")}-${d?.padStart(2, "0")}`;
  const at = isWhole ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  // some parsers read 31 February as 3 March
  if (!Number.isNaN(at) && new Date(at).toISOString().startsWith(date) && Number(y) >= 1970) return date;
  errors.push({ field: name, message: `${what} must be a real date, such as 31 3 2026` });
  return undefined;
}
