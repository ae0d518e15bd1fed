/** One value of an event: as it reads, with marks where it deceives. Empty is said, and what is long is cut where asked. */

import { type Cut, cut, formatTime, type Json, parseTime, type Reading } from "daybook/internal";
import type { ComponentChildren, VNode } from "preact";
import { marked } from "../kit/components/marked-text/marked-text.tsx";
import { Remarks, remarksOf } from "../kit/components/marked-text/remarks.tsx";
import { momentOf, readingOf, type ValueForm } from "./reading.ts";

/** Shown whole it is a block where it is long; else it is cut. */
interface ValueProps extends ValueForm {
  readonly value: Json | undefined;
}

/** Characters: of what is cut, and of what is no block yet. */
export const longest = 240;

/** A value by itself, and what is to be said of its text. */
export const Value = ({ value, ...form }: ValueProps): VNode => {
  const reading = readingOf(value, form);
  const isBlock = form.whole === true && isLong(reading);
  const part = cut(reading.text, 0, form.whole ? reading.text.length : longest);
  const shown = shownOf({ reading, part, isBlock, value, format: form.format });
  const remarks = remarksOf(part.text, isBlock);
  if (remarks.length === 0) return shown;
  return (
    <>
      {shown}
      <Remarks remarks={remarks} />
    </>
  );
};

const isLong = ({ text }: Reading): boolean => text.length > longest || text.includes("\n");

interface PartProps extends Pick<ValueForm, "format"> {
  readonly reading: Reading;
  /** What of its text is shown. */
  readonly part: Cut;
  readonly isBlock?: boolean | undefined;
  /** What it is of, where that isn't shown as JSON. */
  readonly value?: Json | undefined;
}

/** A reading, or a part of it. Called, not rendered: a page has hundreds of them. */
export function shownOf({ reading, part, isBlock = false, value, format }: PartProps): VNode {
  const { text, isJson, isWords = false } = reading;
  if (isWords) return <span class="db-quiet">{text}</span>;
  const time = isJson || typeof value !== "string" ? undefined : timeOf(value, text, format);
  if (time !== undefined) return time;
  const shown = partOf(part, isBlock);
  if (isBlock)
    return (
      <div class="db-block" dir="auto">
        {isJson ? <code>{shown}</code> : shown}
      </div>
    );
  return format === "code" || isJson ? <code dir="auto">{shown}</code> : <bdi>{shown}</bdi>;
}

/** What is left out is said, and is no text of the value. */
function partOf({ before, text, after }: Cut, lines: boolean): ComponentChildren {
  const shown = marked(text, lines);
  if (before === 0 && after === 0) return shown;
  return (
    <>
      {before > 0 && <Left count={before} what="before it" />}
      {shown}
      {after > 0 && <Left count={after} what="after it" />}
    </>
  );
}

const Left = ({ count, what }: { readonly count: number; readonly what: string }): VNode => (
  <span class="db-cut" title={`${count.toLocaleString("en-GB")} more characters ${what}`}>
    …
  </span>
);

/** As a moment, where it is written as one. */
function timeOf(value: string, text: string, format: ValueForm["format"]): VNode | undefined {
  if (momentOf(value, format) === undefined) return undefined;
  return <time dateTime={format === "time" ? formatTime(parseTime(value) ?? 0n) : value}>{text}</time>;
}
