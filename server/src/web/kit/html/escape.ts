/** Text as HTML: the same for contents and for the values of attributes, which are always in double quotes. */
import { inBrackets } from "daybook/internal";

const entities: Readonly<Record<string, string>> = { '"': "&quot;", "&": "&amp;", "<": "&lt;" };
/** What HTML reads as markup, and the control characters, which it can't hold, not even as references: browsers drop or replace them. */
const special = /["&<\0-\x08\x0b\x0e-\x1f\x7f-\x9f]/;
const allSpecial = new RegExp(special.source, "g");

/** HTML that shows the text. Control characters become their names in brackets. */
export const escaped = (text: string): string =>
  special.test(text) ? text.replace(allSpecial, (each) => entities[each] ?? inBrackets(each)) : text;
