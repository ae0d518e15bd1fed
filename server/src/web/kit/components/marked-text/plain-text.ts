/** The marks of a text where HTML allows only characters: window titles, options, suggestions. */
import { inBrackets } from "daybook/internal";
import { prototypeOf } from "./look-alikes.ts";

/** HTML can't hold these, not even as references: browsers drop or replace them. */
const notInHtml = /[\0-\x08\x0b\x0e-\x1f\x7f-\x9f]/g;

/** HTML with the names of control characters in their places, such as in the values of inputs. */
export const withoutControls = (html: string): string => html.replace(notInHtml, (each) => inBrackets(each));

/** "Acme[right-to-left override]", "А (Cyrillic letter)cme" */
export const inPlainText = (text: string): string => inBrackets(text, { prototypeOf });
