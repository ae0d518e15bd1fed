/** The text of an event's value: by its format, else by its type. All functions are pure. */
import { type CardRow, codeInWords } from "daybook/catalogue";
import { asJson, type Json, parseTime, type Reading } from "daybook/internal";
import { dayAndTime, dayInWords } from "../kit/time/format.ts";

export interface ValueForm {
  readonly format?: CardRow["format"] | undefined;
  /** The reader's zone (IANA). */
  readonly zone: string;
  /** Whether to show it whole: JSON in lines; otherwise, JSON is one line. */
  readonly whole?: boolean | undefined;
}

/** Values that are shown as not entered. */
const isEmpty = (value: Json | undefined): boolean =>
  value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);

/** In words: a text itself, any other value in its best form. */
export function readingOf(value: Json | undefined, form: ValueForm): Reading {
  if (isEmpty(value)) return { text: "Not entered", isJson: false, isWords: true };
  if (typeof value === "boolean") return { text: value ? "Yes" : "No", isJson: false };
  if (typeof value === "number") return { text: numberOf(value), isJson: false };
  if (typeof value === "string") return { text: textOf(value, form), isJson: false };
  const list = listOf(value, form);
  if (list !== undefined) return list;
  return form.whole ? { text: JSON.stringify(value, null, 2), isJson: true } : asJson(value);
}

/** Formatters are cached, because creating one takes longer than a page can wait. */
const numbers = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 20 });
function numberOf(value: number): string {
  if (Number.isInteger(value) && value >= 0 && value < 1_000) return String(value);
  const text = numbers.format(value);
  // a number with more decimals than the format writes would look different: 1e-30 as 0
  return Number(text.replaceAll(",", "")) === value ? text : String(value);
}

function textOf(value: string, { format, zone }: ValueForm): string {
  if (format === "word") return codeInWords(value);
  const at = momentOf(value, format);
  if (at === undefined) return value;
  return format === "date" ? dayInWords(at, "UTC") : dayAndTime(at, zone);
}

/** In milliseconds, for a text in the right format. A date is the same day in every zone. */
export function momentOf(value: string, format: CardRow["format"] | undefined): number | undefined {
  if (format === "time") {
    const at = parseTime(value);
    return at === undefined ? undefined : Number(at / 1000n);
  }
  if (format !== "date" || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return undefined;
  const at = Date.parse(`${value}T00:00:00Z`);
  return Number.isNaN(at) ? undefined : at;
}

/** A list of words joined with commas, if none has a comma itself. */
function listOf(value: Json | undefined, form: ValueForm): Reading | undefined {
  if (!Array.isArray(value)) return undefined;
  const isWords = value.every(
    (one) => typeof one === "number" || (typeof one === "string" && /^[^,\n]+$/.test(one)),
  );
  if (!isWords) return undefined;
  return {
    text: value.map((one) => readingOf(one, form).text.replaceAll(",", "")).join(", "),
    isJson: false,
  };
}
