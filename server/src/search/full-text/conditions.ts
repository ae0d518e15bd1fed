/** What a search asks of the index: terms that must be there, and terms that must not. */
import { type EventCondition, type EventQuery, type TermKind, termOf } from "../../full-text/index.ts";
import type { Filter } from "../../store/contract/pages.ts";

/** A term to look for, with one character for each byte; with `isBeginning`, all terms that begin with it. */
export interface WantedTerm {
  readonly term: string;
  readonly isBeginning: boolean;
}

export interface Conditions {
  /** One of each list must be there. */
  readonly all: readonly (readonly WantedTerm[])[];
  /** None of these may be there. */
  readonly none: readonly WantedTerm[];
  /** Whether more than the terms decides: words that stand side by side, or where they stand. Then each event is looked at. */
  readonly needsText: boolean;
}

type WordKind = "word" | "userAgent";

const beginning = (word: string, kind: WordKind = "word"): WantedTerm => ({
  term: termOf(kind, word),
  isBeginning: true,
});

const oneOf = (kind: TermKind, values: readonly string[] | undefined): WantedTerm[][] =>
  values?.length ? [values.map((value) => ({ term: termOf(kind, value), isBeginning: false }))] : [];

/** The conditions of a query and a filter; its `from` and `to` are not among them. */
export function conditionsOf(wanted: EventQuery, filter: Filter): Conditions {
  const { types, actors, targets, outcomes, recordedBy } = filter;
  const { all, none, anyOf = [], noneOf = [] } = wanted;
  const inText = [...all, ...none].some((phrase) => !isAlone(phrase));
  return {
    all: [
      ...oneOf("target", targets),
      ...oneOf("actor", actors),
      ...oneOf("type", types),
      ...oneOf("outcome", outcomes),
      ...oneOf("source", recordedBy && [recordedBy]),
      ...anyOf.flatMap(listsOf),
      ...all.flat().map(({ word }) => [beginning(word)]),
    ],
    none: [
      ...none.filter(isAlone).map(([first]) => beginning(first!.word)),
      ...noneOf.filter(isInTerms).flatMap(termsFor),
    ],
    needsText: inText || ![...anyOf.flat(), ...noneOf].every(isInTerms),
  };
}

const isAlone = (phrase: readonly unknown[]): boolean => phrase.length === 1;

/** Whether the terms of an event decide a condition: names are among all other words, and words have no places. */
const isInTerms = (condition: EventCondition): boolean =>
  !("within" in condition) || (condition.within === "userAgent" && isAlone(condition.phrase));

/** The terms that events have that meet the condition, all of them. */
function termsFor(condition: EventCondition): WantedTerm[] {
  if ("within" in condition) {
    const kind: WordKind = condition.within === "userAgent" ? "userAgent" : "word";
    return condition.phrase.map(({ word }) => beginning(word, kind));
  }
  const { kind, value, isBeginning = false } = condition;
  return [{ term: termOf(kind, value), isBeginning }];
}

/** The lists of terms for one list of conditions. Of several conditions with more than one term, the longest term stands for all. */
function listsOf(conditions: readonly EventCondition[]): WantedTerm[][] {
  const [only, another] = conditions;
  if (only !== undefined && another === undefined) return termsFor(only).map((term) => [term]);
  return [conditions.map((condition) => longestOf(termsFor(condition)))];
}

const longestOf = (terms: readonly WantedTerm[]): WantedTerm =>
  terms.reduce((longest, term) => (term.term.length > longest.term.length ? term : longest));
