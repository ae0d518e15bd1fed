/** What a search asks of the index: terms that must be there, and terms that must not. */
import {
  type EventCondition,
  type EventQuery,
  joinedPhrases,
  type NamedPart,
  nameKinds,
  newestVersion,
  type TermKind,
  type TextCondition,
  termOf,
} from "../../full-text/index.ts";
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
  /** Names of several words, for which terms are enough in nearly all documents. */
  readonly phrases: PhraseConditions;
  /** Whether more than the terms decides: words that stand side by side. Then each event is looked at. */
  readonly needsText: boolean;
}

/** Of the documents that meet the other conditions, those that terms don't decide: the text of these is looked at. */
interface PhraseConditions {
  /** A document without one of each list is undecided. */
  readonly shown: readonly (readonly WantedTerm[])[];
  /** A document with all of a list is undecided. */
  readonly hidden: readonly (readonly WantedTerm[])[];
}

const beginning = (word: string, kind: TermKind = "word"): WantedTerm => ({
  term: termOf(kind, word),
  isBeginning: true,
});

const oneOf = (kind: TermKind, values: readonly string[] | undefined): WantedTerm[][] =>
  values?.length ? [values.map((value) => ({ term: termOf(kind, value), isBeginning: false }))] : [];

/** The conditions of a query and a filter in segments of a version; `from` and `to` of the filter are not among them. */
export function conditionsOf(
  wanted: EventQuery,
  filter: Filter,
  version: number = newestVersion,
): Conditions {
  const { types, actors, targets, outcomes, recordedBy } = filter;
  const { all, none, anyOf = [], noneOf = [] } = wanted;
  const names = new NameTerms(version);
  const inText = [...all, ...none].some((phrase) => !isAlone(phrase));
  const excluded = noneOf.filter(isName).filter(({ phrase }) => !isAlone(phrase));
  return {
    all: [
      ...oneOf("target", targets),
      ...oneOf("actor", actors),
      ...oneOf("type", types),
      ...oneOf("outcome", outcomes),
      ...oneOf("source", recordedBy && [recordedBy]),
      ...anyOf.flatMap((conditions) => listsOf(conditions, names)),
      ...all.flat().map(({ word }) => [beginning(word)]),
    ],
    none: [
      ...none.filter(isAlone).map(([first]) => beginning(first!.word)),
      ...noneOf.flatMap((condition) => names.certainOf(condition)),
    ],
    phrases: {
      shown: anyOf
        .filter((conditions) => conditions.some((one) => isName(one) && !isAlone(one.phrase)))
        .map((conditions) => conditions.flatMap((one) => names.certainOf(one))),
      hidden: excluded.map((condition) => names.neededOf(condition)),
    },
    needsText: inText || [...anyOf.flat(), ...noneOf].some((one) => isName(one) && names.areWords(one)),
  };
}

const isAlone = (phrase: readonly unknown[]): boolean => phrase.length === 1;

const isName = (condition: EventCondition): condition is TextCondition => "within" in condition;

/** The terms of names in segments of a version: in those of version 1, the names of actors and targets are among all other words. */
class NameTerms {
  readonly #version: number;

  constructor(version: number) {
    this.#version = version;
  }

  areWords({ within }: TextCondition): boolean {
    return this.#kindOf(within) === "word";
  }

  /** The terms that every event has that meets the condition. */
  neededOf(condition: EventCondition): WantedTerm[] {
    if (isName(condition))
      return condition.phrase.map(({ word }) => beginning(word, this.#kindOf(condition.within)));
    const { kind, value, isBeginning = false } = condition;
    return [{ term: termOf(kind, value), isBeginning }];
  }

  /** Terms that only events have that meet the condition. */
  certainOf(condition: EventCondition): WantedTerm[] {
    if (isName(condition) && this.areWords(condition)) return [];
    if (!isName(condition) || isAlone(condition.phrase)) return this.neededOf(condition);
    return joinedPhrases(condition.phrase).map((joined) => beginning(joined, this.#kindOf(condition.within)));
  }

  #kindOf(part: NamedPart): TermKind {
    return this.#version === 1 && part !== "userAgent" ? "word" : nameKinds[part];
  }
}

/** The lists of terms for one list of conditions. Of several conditions with more than one term, the longest term stands for all. */
function listsOf(conditions: readonly EventCondition[], names: NameTerms): WantedTerm[][] {
  const [only, another] = conditions;
  if (only !== undefined && another === undefined) return names.neededOf(only).map((term) => [term]);
  return [conditions.map((condition) => longestOf(names.neededOf(condition)))];
}

const longestOf = (terms: readonly WantedTerm[]): WantedTerm =>
  terms.reduce((longest, term) => (term.term.length > longest.term.length ? term : longest));
