/**
 * A text with marks for deceptive characters: invisible ones appear as a framed word, letters of another alphabet are underlined, and the
 * placeholder of a secret is set apart. Copying gives only the text.
 */
import { asEscapedJson, isOrdinary, type Segment, segmentsOf } from "daybook/internal";
import type { ComponentChildren, VNode } from "preact";
import { prototypeOf } from "./look-alikes.ts";

interface MarkedTextProps {
  readonly text: string;
  /** Whether it keeps its line breaks. */
  readonly lines?: boolean | undefined;
}

/** Beyond this number of marks, the text appears with escapes, which are clearer than many marks. */
const mostMarks = 1_000;
/** The first is a whole text, also within JSON and a list; within other words, it is only what someone typed. */
const placeholder = /((?<=^|"|, )\[hidden\](?=$|"|, )|\[token [0-9a-f]{12}\])/;

export const markedSegments = (text: string, lines = false): readonly Segment[] =>
  segmentsOf(text, { lines, prototypeOf });

export const MarkedText = ({ text, lines = false }: MarkedTextProps): VNode => <>{marked(text, lines)}</>;

/** Whether a text needs neither marks nor isolation from the direction of the text around it: it is ASCII, without placeholders. */
export const isPlain = (text: string): boolean => isOrdinary(text) && !text.includes("[");

/** The same without an element of its own: a page has hundreds of texts, and most need no marks. */
export function marked(text: string, lines = false): ComponentChildren {
  if (isPlain(text)) return text;
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
 * The characters themselves stand after their word, isolated from the text around them, whose direction they could change. HTML can't
 * contain a carriage return: copying gives only the line feed.
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

/** The placeholders of a secret. */
const Placeholder = ({ text }: { readonly text: string }): VNode => (
  <span class="db-placeholder" title="Placeholder for a secret, which is not recorded">
    {text}
  </span>
);
