/** Reads a search into its terms, in one pass over its characters. The grammar is in spec/search.md. */
import { faultOf, most, type QualifierFault, type SearchFault, wholeFaults } from "./faults.ts";
import { type PlacedTerm, type QualifierName, qualifierNames, type TermPlace } from "./search-terms.ts";

const space = /\s/;

/** Also at the end of the text. */
function isSpace(unit: string | undefined): boolean {
  if (unit === undefined || unit === " ") return true;
  // most characters are letters, digits and marks of ASCII
  return !(unit > " " && unit < "\x7f") && space.test(unit);
}

const isQuote = (unit: string | undefined): boolean =>
  unit === '"' || unit === "“" || unit === "”" || unit === "„";

const longestName = Math.max(...qualifierNames.map(({ length }) => length));
const names: ReadonlyMap<string, QualifierName> = new Map(qualifierNames.map((name) => [name, name]));
/** What may stand before the quotation mark of an id. */
const partyType = /^[a-z][a-z0-9_]{0,31}:$/;

/** The terms of a search, or the first thing that is wrong. */
export function parseSearch(text: string): readonly PlacedTerm[] | SearchFault {
  // no text has fewer characters than half of its units
  const isLong = text.length > most.characters;
  if (text.length > 2 * most.characters || (isLong && [...text].length > most.characters))
    return wholeFaults.long;
  const terms: PlacedTerm[] = [];
  for (let at = 0; at < text.length; ) {
    if (isSpace(text[at])) {
      at++;
      continue;
    }
    const term = termAt(text, at);
    if ("wrong" in term) return term;
    terms.push(term);
    at = term.at.end;
  }
  return terms;
}

/** The term that begins there. */
function termAt(text: string, start: number): PlacedTerm | SearchFault {
  const isExcluded = text[start] === "-" && !isSpace(text[start + 1]);
  const from = isExcluded ? start + 1 : start;
  const name = nameAt(text, from);
  if (name !== undefined)
    return qualifierAt(text, { isExcluded, name }, { start, from: from + name.length + 1 });
  if (isQuote(text[from])) {
    const end = endOf(text, from + 1, isQuote);
    // the last quotation mark may be missing
    const at = { start, end: Math.min(end + 1, text.length) };
    return { isExcluded, text: text.slice(from + 1, end), isQuoted: true, at };
  }
  const end = wordEnd(text, from);
  return { isExcluded, text: text.slice(from, end), isQuoted: false, at: { start, end } };
}

/** The qualifier whose name and colon stand there. */
function nameAt(text: string, from: number): QualifierName | undefined {
  const colon = text.slice(from, from + longestName + 1).indexOf(":");
  return colon < 0 ? undefined : names.get(text.slice(from, from + colon).toLowerCase());
}

function endOf(text: string, from: number, isEnd: (unit: string | undefined) => boolean): number {
  let end = from;
  while (end < text.length && !isEnd(text[end])) end++;
  return end;
}

const wordEnd = (text: string, from: number): number =>
  endOf(text, from, (unit) => isSpace(unit) || isQuote(unit));

/** Where a qualifier begins, and where its value begins. */
interface QualifierPlace {
  readonly start: number;
  readonly from: number;
}

type QualifierHead = { readonly isExcluded: boolean; readonly name: QualifierName };

function qualifierAt(
  text: string,
  head: QualifierHead,
  { start, from }: QualifierPlace,
): PlacedTerm | SearchFault {
  const bareEnd = wordEnd(text, from);
  const bare = text.slice(from, bareEnd);
  const fault = (name: QualifierFault, at: TermPlace): SearchFault => ({ ...faultOf(head.name, name), at });
  const term = (value: string, end: number): PlacedTerm => ({
    ...{ ...head, value, isQuoted: bare === "" },
    ...{ at: { start, end }, valueAt: { start: from, end } },
  });
  if (!isQuote(text[bareEnd]))
    return bare === "" ? fault("noValue", { start, end: from }) : term(bare, bareEnd);
  if (bare !== "" && !partyType.test(bare)) return fault("quote", { start: bareEnd, end: bareEnd + 1 });
  const quoted = quotedAt(text, bareEnd + 1);
  if (quoted === undefined) return fault("unclosed", { start: bareEnd, end: text.length });
  const { value, end } = quoted;
  if (!isSpace(text[end])) return fault("afterQuote", { start: end, end: wordEnd(text, end + 1) });
  if (bare === "" && value === "") return fault("noValue", { start, end });
  return term(bare + value, end);
}

/** The value in quotation marks that begins there, and the place after them; undefined if the last one is missing. */
function quotedAt(text: string, from: number): { readonly value: string; readonly end: number } | undefined {
  let value = "";
  for (let at = from; at < text.length; at++) {
    const unit = text[at]!;
    if (isQuote(unit)) return { value, end: at + 1 };
    const next = text[at + 1];
    if (unit === "\\" && (next === "\\" || isQuote(next))) {
      value += next;
      at++;
    } else value += unit;
  }
  return undefined;
}
