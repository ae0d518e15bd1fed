/** A text where nothing but characters can be shown, such as a letter: what can't be seen is its name in brackets. Pure. */
import { isOrdinary, segmentsOf } from "./segments.ts";

/** "Acme[right-to-left override]" */
export const inBrackets = (text: string): string =>
  isOrdinary(text)
    ? text
    : segmentsOf(text)
        .map(({ text: piece, word }) => (word === undefined ? piece : `[${word}]`))
        .join("");
