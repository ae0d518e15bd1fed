/** Writes the terms of a search: reading that gives the same terms. */
import type { SearchTerm } from "./search-terms.ts";

/** The text of a search. The terms MUST be those that a search can have. */
export const printSearch = (terms: readonly SearchTerm[]): string => terms.map(printTerm).join(" ");

function printTerm(term: SearchTerm): string {
  const minus = term.isExcluded ? "-" : "";
  if ("name" in term) return `${minus}${term.name}:${printValue(term.value, term.isQuoted)}`;
  return minus + (term.isQuoted ? `"${term.text}"` : term.text);
}

function printValue(value: string, isQuoted: boolean): string {
  if (isQuoted) return inQuotes(value);
  if (!/[\s"“”„]/u.test(value)) return value;
  // an id with a space: only the id is in quotation marks
  const id = value.indexOf(":") + 1;
  return value.slice(0, id) + inQuotes(value.slice(id));
}

const inQuotes = (text: string): string => `"${text.replace(/["“”„\\]/gu, "\\$&")}"`;
