/**
 * A text with marks where a reader would be deceived: what can't be seen is a framed word in its place, a letter of another
 * alphabet is underlined, and what stands for a secret is set apart. What is copied is the text alone.
 */
import { asEscapedJson, isOrdinary, type Segment, segmentsOf } from "daybook/internal";
import type { ComponentChildren, VNode } from "preact";
import { prototypeOf } from "./look-alikes.ts";

interface MarkedTextProps {
  readonly text: string;
  /** Whether it keeps its lines. */
  readonly lines?: boolean | undefined;
}

/** Of more than so many, the text is shown in escapes: a page of nothing but marks says less. */
const mostMarks = 1_000;
/** The first stands for a whole text, also within JSON and a list; within words it is what somebody typed. */
const placeholder = /((?<=^|"|, )\[hidden\](?=$|"|, )|\[token [0-9a-f]{12}\])/;

export const markedSegments = (text: string, lines = false): readonly Segment[] =>
  segmentsOf(text, { lines, prototypeOf });

export const MarkedText = ({ text, lines = false }: MarkedTextProps): VNode => <>{marked(text, lines)}</>;

/** The same without an element of its own; a page has hundreds of texts, and nothing is to be marked in most. */
export function marked(text: string, lines = false): ComponentChildren {
  if (isOrdinary(text) && !text.includes("[")) return text;
  const segments = markedSegments(text, lines);
  if (segments.length > 2 * mostMarks) return <code>{asEscapedJson(text).text}</code>;
  return segments.map(shownOf);
}

const shownOf = (segment: Segment): ComponentChildren => {
  const { text, word, codes = [], letter } = segment;
  if (word !== undefined) return <Unseen text={text} word={word} codes={codes} />;
  if (letter === undefined) return text.includes("[") ? withPlaceholders(text) : text;
  return (
    <span class="db-letter" title={`${letter.script} letter, ${letter.code}`}>
      {text}
      <span class="db-letter__word govuk-visually-hidden"> ({letter.script} letter)</span>
    </span>
  );
};

interface UnseenProps {
  readonly text: string;
  readonly word: string;
  readonly codes: readonly string[];
}

/**
 * The characters themselves stand behind their word, apart from the text around them, which they could turn about. HTML can hold no
 * carriage return: what is copied has the line feed alone.
 */
const Unseen = ({ text, word, codes }: UnseenProps): VNode => (
  <span class="db-unseen">
    <span class="db-unseen__word" title={codes.length === 0 ? undefined : codes.join(", ")}>
      <span class="govuk-visually-hidden">[</span>
      {word}
      <span class="govuk-visually-hidden">]</span>
    </span>
    <bdi class="db-unseen__text">{text.replaceAll("\r", "")}</bdi>
  </span>
);

const withPlaceholders = (text: string): ComponentChildren =>
  text.split(placeholder).map((piece, n) => (n % 2 === 0 ? piece : <Placeholder text={piece} />));

/** What Daybook keeps in place of a secret. */
const Placeholder = ({ text }: { readonly text: string }): VNode => (
  <span class="db-placeholder" title="Kept in place of a secret, which is not recorded">
    {text}
  </span>
);
