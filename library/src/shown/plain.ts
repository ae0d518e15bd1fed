/** A text where nothing but characters can be shown, such as a letter: what can't be seen is its name in brackets. Pure. */
import { isOrdinary, type Marking, type Segment, segmentsOf } from "./segments.ts";

/** Letters of other alphabets that are named in one text: a text of nothing else needs no more. */
const mostNamed = 5;

/**
 * "Acme[right-to-left override]"; where `prototypeOf` says what letters look like, those that look like another's are named too:
 * "А (Cyrillic letter)cme".
 */
export function inBrackets(text: string, marking: Marking = {}): string {
  if (isOrdinary(text)) return text;
  let named = marking.prototypeOf === undefined ? mostNamed : 0;
  const said = ({ text: piece, word, letter }: Segment): string => {
    if (word !== undefined) return `[${word}]`;
    return letter !== undefined && ++named <= mostNamed ? `${piece} (${letter.script} letter)` : piece;
  };
  return segmentsOf(text, marking).map(said).join("");
}
