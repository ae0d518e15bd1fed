/** The parts of a search, as someone typed them. Source: spec/search.md. */

/** The qualifiers, in the order of the documentation. */
export const qualifierNames = [
  "type",
  "actor",
  "target",
  "outcome",
  "changed",
  "recorded-by",
  "external",
  "ip",
  "agent",
  "request",
  "correlation",
  "org",
  "after",
  "before",
] as const;

export type QualifierName = (typeof qualifierNames)[number];

/** A part of the text, in UTF-16 code units; `end` is exclusive. */
export interface TermPlace {
  readonly start: number;
  readonly end: number;
}

/** A word, or words in quotation marks. */
export interface WordsTerm {
  readonly isExcluded: boolean;
  readonly text: string;
  readonly isQuoted: boolean;
}

/** A qualifier with its value. */
export interface QualifierTerm {
  readonly isExcluded: boolean;
  readonly name: QualifierName;
  readonly value: string;
  /** Whether the whole value is in quotation marks: then it is a name, even if it looks like `type:id`. */
  readonly isQuoted: boolean;
}

export type SearchTerm = WordsTerm | QualifierTerm;

/** A term and where it stands; `value`: where the value of a qualifier stands. */
export type PlacedTerm = (WordsTerm | QualifierTerm) & {
  readonly at: TermPlace;
  readonly valueAt?: TermPlace;
};
