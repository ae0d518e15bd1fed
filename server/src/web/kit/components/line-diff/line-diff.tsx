/**
 * The changes of a long text, line by line: each removed or added line has a sign, a color and a word for screen readers. Unchanged lines
 * are folded, and unfold without a script.
 */
import { asEscapedJson, isOrdinary, segmentsOf, unseen, withoutOrder } from "daybook/internal";
import type { VNode } from "preact";
import { MarkedText } from "../marked-text/marked-text.tsx";
import { alikeRemarks, Remarks } from "../marked-text/remarks.tsx";
import { type Lines, type Stretch, stretchesOf } from "./lines.ts";

interface LineDiffProps {
  readonly parts: readonly Lines[];
  /** Whether the lines are code. */
  readonly isCode?: boolean | undefined;
}

export const LineDiff = ({ parts, isCode = false }: LineDiffProps): VNode => {
  const alike = alikeIn(parts);
  return (
    <div class={isCode ? "db-diff db-mono" : "db-diff"}>
      {stretchesOf(parts).map((stretch) => (
        <Shown {...stretch} alike={alike} />
      ))}
      <Remarks remarks={alikeRemarks(changedOf(parts))} />
    </div>
  );
};

const Shown = ({
  kind,
  lines,
  isFolded,
  alike,
}: Stretch & { readonly alike: ReadonlySet<string> }): VNode => {
  if (kind === "removed")
    return (
      <del class="db-diff__lines db-diff__was">
        <Changed word="Removed" lines={lines} alike={alike} />
      </del>
    );
  if (kind === "added")
    return (
      <ins class="db-diff__lines db-diff__now">
        <Changed word="Added" lines={lines} alike={alike} />
      </ins>
    );
  // an element with an empty last line has no height for it
  const text = <div class="db-diff__lines">{`${lines.join("\n")}\n`}</div>;
  if (!isFolded) return text;
  return (
    <details class="db-diff__fold">
      <summary>{`${lines.length.toLocaleString("en-GB")} unchanged lines`}</summary>
      {text}
    </details>
  );
};

interface ChangedProps {
  readonly word: string;
  readonly lines: readonly string[];
  readonly alike: ReadonlySet<string>;
}

const Changed = ({ word, lines, alike }: ChangedProps): VNode => (
  <>
    <span class="govuk-visually-hidden">{word}: </span>
    {lines.map((line) => (
      <span class="db-diff__line">
        {alike.has(looksOf(line)) ? (
          <code>{asEscapedJson(line).text}</code>
        ) : (
          <MarkedText text={line} lines />
        )}
        {"\n"}
      </span>
    ))}
  </>
);

const changedOf = (parts: readonly Lines[]): { kind: Lines["kind"]; text: string }[] =>
  parts.flatMap(({ kind, lines }) => (kind === "same" ? [] : lines.map((text) => ({ kind, text }))));

const unseenAll = new RegExp(unseen.source, "gu");

/** The look of a line, ignoring how its letters are composed and its spacing. */
function looksOf(line: string): string {
  if (isOrdinary(line)) return line;
  const seen = segmentsOf(line, { lines: true }).map(
    ({ text, word }) => word ?? text.replaceAll("\t", "        ").replaceAll(unseenAll, ""),
  );
  return withoutOrder(seen.join("").normalize("NFC"));
}

/** Lines that look the same but were removed and added with other characters: they appear as JSON with escapes. */
function alikeIn(parts: readonly Lines[]): ReadonlySet<string> {
  const texts = new Map<string, Set<string>>();
  for (const { kind, lines } of parts) {
    if (kind === "same") continue;
    for (const line of lines) texts.set(looksOf(line), (texts.get(looksOf(line)) ?? new Set()).add(line));
  }
  return new Set([...texts].filter(([, { size }]) => size > 1).map(([looks]) => looks));
}
