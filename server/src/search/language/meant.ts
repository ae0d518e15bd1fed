/** What may have been meant by a word such as `types:x`, which is a word by the grammar: a hint for people, who can't see the difference. */
import { parseSearch } from "./parse-search.ts";
import { type QualifierName, qualifierNames } from "./search-terms.ts";

interface MeantSearch {
  /** The name as it was typed. */
  readonly typed: string;
  /** The qualifier that has nearly this name. */
  readonly name: QualifierName;
  /** The search with it. */
  readonly search: string;
}

/** What other products call them. */
const aliases: Readonly<Record<string, QualifierName>> = {
  since: "after",
  until: "before",
  address: "ip",
  by: "actor",
};

/** Undefined if no word looks like a misspelt qualifier. */
export function meantSearch(text: string): MeantSearch | undefined {
  const terms = parseSearch(text);
  if ("wrong" in terms) return undefined;
  for (const term of terms) {
    if ("name" in term || term.isQuoted) continue;
    const [, typed] = /^([a-z][a-z_-]{1,19}):/i.exec(term.text) ?? [];
    const name = typed === undefined ? undefined : nearest(typed);
    if (typed === undefined || name === undefined) continue;
    const start = term.at.start + (term.isExcluded ? 1 : 0);
    return { typed, name, search: text.slice(0, start) + name + text.slice(start + typed.length) };
  }
  return undefined;
}

const lettersOf = (name: string): string => name.toLowerCase().replaceAll(/[-_]/g, "");

/** Shorter names are near to too many words. */
const shortest = 4;

function nearest(typed: string): QualifierName | undefined {
  const letters = lettersOf(typed);
  const known = qualifierNames.find((name) => {
    const own = lettersOf(name);
    if (letters === own || letters === `${own}s`) return true;
    return own.length >= shortest && isOneEdit(letters, own);
  });
  return known ?? (Object.hasOwn(aliases, letters) ? aliases[letters] : undefined);
}

/** Whether one letter more, less or different, or two that changed places, make the other. */
function isOneEdit(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  const rests = [
    [a.slice(start + 1), b.slice(start + 1)],
    [a.slice(start + 1), b.slice(start)],
    [a.slice(start), b.slice(start + 1)],
  ];
  const isSwapped = a[start] === b[start + 1] && a[start + 1] === b[start];
  return (
    rests.some(([one, other]) => one === other) || (isSwapped && a.slice(start + 2) === b.slice(start + 2))
  );
}
