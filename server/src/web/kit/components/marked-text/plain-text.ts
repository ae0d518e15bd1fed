/** The marks of a text where HTML takes characters only: titles of windows, options, suggestions. */
import { inBrackets } from "daybook/internal";
import { prototypeOf } from "./look-alikes.ts";

/** "Acme[right-to-left override]", "А (Cyrillic letter)cme" */
export const inPlainText = (text: string): string => inBrackets(text, { prototypeOf });
