/**
 * What changed in a long text, line by line: each line that is removed or added has its sign, its mark and a word for those who
 * hear it. What is unchanged is folded, and unfolds without a script.
 */
import type { VNode } from "preact";
import { type Lines, type Stretch, stretchesOf } from "./lines.ts";

interface LineDiffProps {
  readonly parts: readonly Lines[];
  /** Whether the lines are code. */
  readonly isCode?: boolean | undefined;
}

export const LineDiff = ({ parts, isCode = false }: LineDiffProps): VNode => (
  <div class={isCode ? "db-diff db-mono" : "db-diff"}>
    {stretchesOf(parts).map((stretch) => (
      <Shown {...stretch} />
    ))}
  </div>
);

const Shown = ({ kind, lines, isFolded }: Stretch): VNode => {
  if (kind === "removed")
    return (
      <del class="db-diff__lines db-diff__was">
        <Changed word="Removed" lines={lines} />
      </del>
    );
  if (kind === "added")
    return (
      <ins class="db-diff__lines db-diff__now">
        <Changed word="Added" lines={lines} />
      </ins>
    );
  // an element takes no height from a last line that is empty
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
}

const Changed = ({ word, lines }: ChangedProps): VNode => (
  <>
    <span class="govuk-visually-hidden">{word}: </span>
    {lines.map((line) => (
      <span class="db-diff__line">{`${shownEnd(line)}\n`}</span>
    ))}
  </>
);

/** A line that differs in nothing but its end would look unchanged. */
const shownEnd = (line: string): string => line.replaceAll("\r", "␍");
