/** One value of an event: its text, with marks for deceptive characters. An empty value has words, and long values can be cut. */

import { type Cut, cut, formatTime, type Json, parseTime, type Reading } from "daybook/internal";
import type { ComponentChildren, VNode } from "preact";
import { ShortCode } from "../kit/components/copy-button/copy-button.tsx";
import { isPlain, marked } from "../kit/components/marked-text/marked-text.tsx";
import { Remarks, remarksOf } from "../kit/components/marked-text/remarks.tsx";
import { momentOf, readingOf, type ValueForm } from "./reading.ts";

/** A long value that is shown whole is a block; otherwise it is cut. */
interface ValueProps extends ValueForm {
  readonly value: Json | undefined;
}

/** Characters: the length of a cut value, and the minimum of a block. */
export const longest = 240;

/** A value, and a note about its text. */
export const Value = ({ value, ...form }: ValueProps): ComponentChildren => {
  if (form.whole !== true && isDigest(value)) return <ShortCode text={value} what="digest" />;
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

/** 32 bytes in hexadecimal digits: nobody reads them, and its event's page has all of them. */
export const isDigest = (value: Json | undefined): value is string =>
  typeof value === "string" && /^[\da-f]{64}$/.test(value);

const isLong = ({ text }: Reading): boolean => text.length > longest || text.includes("\n");

interface PartProps extends Pick<ValueForm, "format"> {
  readonly reading: Reading;
  /** The visible part of its text. */
  readonly part: Cut;
  readonly isBlock?: boolean | undefined;
  /** The original value, if it isn't shown as JSON. */
  readonly value?: Json | undefined;
}

/** A text, or a part of it. Called as a function, not rendered: a page has hundreds of them. */
export function shownOf({ reading, part, isBlock = false, value, format }: PartProps): ComponentChildren {
  const { text, isJson, isWords = false } = reading;
  if (isWords) return <span class="db-quiet">{text}</span>;
  const time = isJson || typeof value !== "string" ? undefined : timeOf(value, text, format);
  if (time !== undefined) return time;
  const isCode = format === "code" || isJson;
  if (!isBlock && part.text === text && isPlain(text)) return isCode ? <code>{text}</code> : text;
  const shown = partOf(part, isBlock);
  if (isBlock)
    return (
      <div class="db-block" dir="auto">
        {isJson ? <code>{shown}</code> : shown}
      </div>
    );
  return isCode ? <code dir="auto">{shown}</code> : <bdi>{shown}</bdi>;
}

/** A note in place of the omitted part, which isn't text of the value. */
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

/** As a time, if it is written as one. */
function timeOf(value: string, text: string, format: ValueForm["format"]): VNode | undefined {
  if (momentOf(value, format) === undefined) return undefined;
  return <time dateTime={format === "time" ? formatTime(parseTime(value) ?? 0n) : value}>{text}</time>;
}
