/** What a search asks of the index: terms that must be there, and terms that must not. */
import { type TermKind, termOf } from "../../full-text/index.ts";
import type { TextQuery } from "../../store/contract/full-text.ts";
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
  /** Whether more than the terms decides: words that stand side by side. Then the text of each event is looked at. */
  readonly needsText: boolean;
}

const beginning = (word: string): WantedTerm => ({ term: termOf("word", word), isBeginning: true });

const oneOf = (kind: TermKind, values: readonly string[] | undefined): WantedTerm[][] =>
  values?.length ? [values.map((value) => ({ term: termOf(kind, value), isBeginning: false }))] : [];

/** The conditions of a query and a filter; its `from` and `to` are not among them. */
export function conditionsOf(wanted: TextQuery, filter: Filter): Conditions {
  const { types, actors, targets, outcomes, recordedBy } = filter;
  const [alone, together] = [wanted.none.filter(isAlone), wanted.none.filter((one) => !isAlone(one))];
  return {
    all: [
      ...oneOf("target", targets),
      ...oneOf("actor", actors),
      ...oneOf("type", types),
      ...oneOf("outcome", outcomes),
      ...oneOf("source", recordedBy && [recordedBy]),
      ...wanted.all.flat().map(({ word }) => [beginning(word)]),
    ],
    none: alone.map(([first]) => beginning(first!.word)),
    needsText: together.length > 0 || !wanted.all.every(isAlone),
  };
}

const isAlone = (phrase: readonly unknown[]): boolean => phrase.length === 1;
