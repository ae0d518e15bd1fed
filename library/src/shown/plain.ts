/**
 * A text for media that show only characters, such as mail: each invisible character appears as its name in brackets.
 * All functions are pure.
 */
import { isOrdinary, type Marking, type Segment, segmentsOf } from "./segments.ts";

/**
 * The maximum number of letters of other alphabets that are named in one text; a text entirely in such letters needs no
 * more.
 */
const mostNamed = 5;

/**
 * "Acme[right-to-left override]". With `prototypeOf`, which says what letters look like, letters that look like
 * another's are named too: "А (Cyrillic letter)cme".
 */
export function inBrackets(text: string, marking: Marking = {}): string {
  if (isOrdinary(text)) return text;
  let named = marking.prototypeOf === undefined ? mostNamed : 0;
  const textOfSegment = ({ text: piece, word, letter }: Segment): string => {
    if (word !== undefined) return `[${word}]`;
    return letter !== undefined && ++named <= mostNamed ? `${piece} (${letter.script} letter)` : piece;
  };
  return segmentsOf(text, marking).map(textOfSegment).join("");
}
