/** The term of a search that someone is typing: the last one before the caret, which need not be complete. */
import { type QualifierName, qualifierNames } from "../../../search/index.ts";

export interface TypedTerm {
  /** Where it begins, after a minus, in UTF-16 code units. */
  readonly start: number;
  /** Undefined for a word. */
  readonly name: QualifierName | undefined;
  /** What stands after the colon, or the word; without quotation marks. */
  readonly text: string;
}

/** A term: characters other than spaces, and texts in quotation marks; the last one may not be closed yet. */
const terms = /(?:[^\s"“”„]|["“”„][^"“”„]*(?:["“”„]|$))+/gu;
const quotes = /["“”„]/gu;

/** `text` ends at the caret. */
export function typedTerm(text: string): TypedTerm {
  const last = [...text.matchAll(terms)].at(-1);
  const isTyped = last !== undefined && last.index + last[0].length === text.length;
  const term = isTyped ? last[0].replace(/^-/, "") : "";
  const start = text.length - term.length;
  const colon = term.indexOf(":");
  const name = qualifierNames.find((each) => each === term.slice(0, Math.max(0, colon)).toLowerCase());
  const rest = name === undefined ? term : term.slice(colon + 1);
  return { start, name, text: rest.replaceAll(quotes, "") };
}
