/** One value of an event in words: by its format, else as what it is. Empty is said, and what is long is cut where asked. */
import { type CardRow, codeInWords } from "daybook/catalogue";
import { type Json, parseTime } from "daybook/event";
import type { VNode } from "preact";
import { dayInWords } from "../../time/format.ts";
import { Time } from "../time/time.tsx";

interface ValueProps {
  readonly value: Json | undefined;
  readonly format?: CardRow["format"] | undefined;
  readonly zone: string;
  /** Whether it is shown whole, as a block where it is long; else it is cut. */
  readonly whole?: boolean | undefined;
}

/** Characters: of what is cut, and of what is no block yet. */
const longest = 240;
/** Lines that are compared at a glance. */
const glance = 3;

export const Value = (props: ValueProps): VNode => {
  const { value } = props;
  if (isEmpty(value)) return <span class="db-quiet">Not entered</span>;
  return formatted(props) ?? <Plain text={textOf(value as Json)} {...props} />;
};

/** What is shown as not entered. */
export const isEmpty = (value: Json | undefined): boolean =>
  value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);

/** As the format says, where the value is of it. */
function formatted({ value, format, zone }: ValueProps): VNode | undefined {
  if (typeof value === "boolean") return <>{value ? "Yes" : "No"}</>;
  if (typeof value === "number") return <>{value.toLocaleString("en-GB", { maximumFractionDigits: 20 })}</>;
  if (format === "word" && typeof value === "string") return <bdi>{codeInWords(value)}</bdi>;
  if (format === "date" && typeof value === "string") return dateOf(value);
  if (format === "time" && typeof value === "string") {
    const at = parseTime(value);
    return at === undefined ? undefined : <Time at={at} zone={zone} />;
  }
  return undefined;
}

/** A date is the same day in every zone. */
function dateOf(text: string): VNode | undefined {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(at) ? undefined : <time dateTime={text}>{dayInWords(at, "UTC")}</time>;
}

const isText = (value: Json): value is string | number =>
  typeof value === "string" || typeof value === "number";

/** Whether it is shown as JSON: what has parts and is no list of words. */
export const isJson = (value: Json | undefined): boolean =>
  typeof value === "object" && value !== null && !(Array.isArray(value) && value.every(isText));

/** A list of words as words, anything else that has parts as JSON. */
function textOf(value: Json): string {
  if (isText(value)) return String(value);
  if (Array.isArray(value) && value.every(isText)) return value.join(", ");
  return JSON.stringify(value, null, 2);
}

interface PlainProps extends Pick<ValueProps, "format" | "whole" | "value"> {
  readonly text: string;
}

const Plain = ({ text, format, whole = false, value }: PlainProps): VNode => {
  const isCode = isJson(value);
  if (whole && (text.length > longest || text.includes("\n")))
    return (
      <div class="db-block" dir="auto">
        {isCode ? <code>{text}</code> : text}
      </div>
    );
  const line = isCode ? JSON.stringify(value) : text;
  const shown = line.length > longest ? cut(line) : line;
  return format === "code" || isCode ? <code dir="auto">{shown}</code> : <bdi>{shown}</bdi>;
};

/** Whether there is more of it than is seen at a glance. */
export const isLong = (value: Json): boolean => {
  const text = textOf(value);
  return text.length > longest || text.split("\n", glance + 1).length > glance;
};

/** As lines: each word of a list in its own, so that it is seen which are new. */
export const linesOf = (value: Json): string =>
  Array.isArray(value) && value.every(isText) ? value.join("\n") : textOf(value);

/** Not within a pair of surrogates. */
const cut = (text: string): string => `${text.slice(0, longest).replace(/[\uD800-\uDBFF]$/, "")}…`;
