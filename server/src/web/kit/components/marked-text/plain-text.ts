/** The marks of a text where HTML allows only characters: window titles, options, suggestions. */
import { inBrackets } from "daybook/internal";
import { prototypeOf } from "./look-alikes.ts";

/** "Acme[right-to-left override]", "А (Cyrillic letter)cme" */
export const inPlainText = (text: string): string => inBrackets(text, { prototypeOf });
