/** Reads a search: what it asks of events, between which times, and in which organizations. */
import { type EventCondition, type EventQuery, phraseOf, typedWords } from "../../full-text/index.ts";
import { type QueryIssue, readMoment } from "../../query-string/index.ts";
import type { WordAt } from "../../store/contract/full-text.ts";
import { askedBy, type ConditionName } from "./conditions-of.ts";
import { faultOf, most, type SearchFault, wholeFaults } from "./faults.ts";
import { parseSearch } from "./parse-search.ts";
import type { PlacedTerm, QualifierName, QualifierTerm, TermPlace, WordsTerm } from "./search-terms.ts";

/** Organizations by their slugs or ids: one of `only`, if there are any, and none of `except`. */
export interface NamedOrganizations {
  readonly only: readonly string[];
  readonly except: readonly string[];
}

/** A part of a text, in characters. */
type TextPlace = NonNullable<QueryIssue["place"]>;

export type QualifierPlaces = ReadonlyMap<QualifierName, TextPlace>;

/** What a search asks for. */
export interface SearchRead {
  /** Of the events; undefined if nothing. */
  readonly wanted: EventQuery | undefined;
  /** Inclusive. Microseconds since 1970 UTC, as all times. */
  readonly from: bigint | undefined;
  /** Exclusive. */
  readonly to: bigint | undefined;
  /** The same times as they are written, such as "after:7d". */
  readonly times: readonly string[];
  readonly organizations: NamedOrganizations | undefined;
  /** Where each qualifier stands first. */
  readonly places: QualifierPlaces;
}

type PlacedQualifier = PlacedTerm & QualifierTerm;

/** A fault with its place in characters. */
type FaultIssue = Pick<QueryIssue, "wrong" | "remedy" | "place">;

/** How dates and ages in a search are read: days of that zone, and how long before `now`, in milliseconds since 1970 UTC. */
interface SearchClock {
  readonly zone: string;
  /** Absent: the present. */
  readonly now?: number;
}

/** The search in a text; or its first fault. */
export function readSearch(text: string, clock: SearchClock): SearchRead | FaultIssue {
  const terms = parseSearch(text);
  const read = "wrong" in terms ? terms : readTerms(terms, text, { now: Date.now(), ...clock });
  if (!("wrong" in read)) return read;
  const { wrong, remedy, at } = read;
  return { wrong, remedy, ...(at === undefined ? {} : { place: placeOf(text, at) }) };
}

/** In characters. */
const placeOf = (text: string, { start, end }: TermPlace): TextPlace => ({
  start: [...text.slice(0, start)].length,
  end: [...text.slice(0, end)].length,
});

const isQualifier = (term: PlacedTerm): term is PlacedQualifier => "name" in term;

function readTerms(
  terms: readonly PlacedTerm[],
  text: string,
  clock: Required<SearchClock>,
): SearchRead | SearchFault {
  const qualifiers = terms.filter(isQualifier);
  if (qualifiers.length > most.qualifiers) return wholeFaults.qualifiers;
  const words = wordsOf(terms.filter((term): term is PlacedTerm & WordsTerm => !isQualifier(term)));
  const conditions = conditionsOf(qualifiers);
  const span = spanOf(qualifiers, clock);
  const organizations = organizationsOf(qualifiers);
  for (const read of [words, conditions, span, organizations]) if ("wrong" in read) return read;
  const asked = { ...(words as Words), ...(conditions as QualifierConditions) };
  const isEmpty = Object.values(asked).every(({ length }) => length === 0);
  // words without a letter or digit are left out, unless there is nothing else
  if (isEmpty && qualifiers.length === 0) return wholeFaults.noWord;
  const places = new Map<QualifierName, TextPlace>();
  for (const { name, at } of qualifiers) if (!places.has(name)) places.set(name, placeOf(text, at));
  return {
    wanted: isEmpty ? undefined : withoutEmpty(asked),
    ...(span as Span),
    organizations: places.has("org") ? (organizations as NamedOrganizations) : undefined,
    places,
  };
}

/** The qualifiers about the context of events. */
export const contextNames: readonly QualifierName[] = ["ip", "agent", "request", "correlation"];

interface Words {
  readonly all: readonly (readonly WordAt[])[];
  readonly none: readonly (readonly WordAt[])[];
}

function wordsOf(terms: readonly WordsTerm[]): Words | SearchFault {
  const phrases = terms.map(({ text, isExcluded }) => ({ isExcluded, phrase: phraseOf(text) }));
  const count = terms.reduce((sum, { text }) => sum + typedWords(text), 0);
  if (count > most.words) return wholeFaults.words;
  const of = (isExcluded: boolean): WordAt[][] =>
    phrases
      .filter((one) => one.isExcluded === isExcluded && one.phrase.length > 0)
      .map(({ phrase }) => phrase);
  return { all: of(false), none: of(true) };
}

interface QualifierConditions {
  readonly anyOf: readonly (readonly EventCondition[])[];
  readonly noneOf: readonly EventCondition[];
}

/** Several values of a qualifier: one of them. */
function conditionsOf(qualifiers: readonly PlacedQualifier[]): QualifierConditions | SearchFault {
  const anyOf = new Map<QualifierName, EventCondition[]>();
  const noneOf: EventCondition[] = [];
  for (const { name, isExcluded, at, valueAt = at, ...valued } of qualifiers) {
    if (name === "org" || name === "after" || name === "before") continue;
    const asked = askedBy[name as ConditionName](valued);
    if (typeof asked === "string") return { ...faultOf(name, asked), at: valueAt };
    if (isExcluded) noneOf.push(...asked);
    else anyOf.set(name, [...(anyOf.get(name) ?? []), ...asked]);
  }
  return { anyOf: [...anyOf.values()], noneOf };
}

type Span = Pick<SearchRead, "from" | "to" | "times">;

function spanOf(qualifiers: readonly PlacedQualifier[], clock: Required<SearchClock>): Span | SearchFault {
  const span: { from?: bigint; to?: bigint } = {};
  const times: string[] = [];
  for (const { name, value, isExcluded, at, valueAt = at } of qualifiers) {
    if (name !== "after" && name !== "before") continue;
    const edge = name === "after" ? "from" : "to";
    if (isExcluded) return { ...faultOf(name, "excludedTime"), at };
    if (span[edge] !== undefined) return { ...faultOf(name, "twice"), at };
    const time = readMoment(value, { edge, ...clock });
    if (time === undefined) return { ...faultOf(name, "value"), at: valueAt };
    span[edge] = time;
    times.push(`${name}:${value}`);
    const { from, to } = span;
    if (from !== undefined && to !== undefined && from >= to) return { ...wholeFaults.backwards, at };
  }
  return { from: span.from, to: span.to, times };
}

function organizationsOf(qualifiers: readonly PlacedQualifier[]): NamedOrganizations | SearchFault {
  const names = qualifiers.filter(({ name }) => name === "org");
  for (const { value, at, valueAt = at } of names) {
    if (value.includes(",")) return { ...faultOf("org", "comma"), at: valueAt };
    if (!/^[A-Za-z0-9_-]{1,128}$/.test(value)) return { ...faultOf("org", "value"), at: valueAt };
  }
  const of = (wanted: boolean): string[] =>
    [...new Set(names.filter((one) => one.isExcluded === wanted).map(({ value }) => value))].sort();
  return { only: of(false), except: of(true) };
}

/** Without the members that are empty, which a query need not have. */
function withoutEmpty({ all, none, anyOf, noneOf }: Words & QualifierConditions): EventQuery {
  return {
    ...{ all, none },
    ...(anyOf.length > 0 ? { anyOf } : {}),
    ...(noneOf.length > 0 ? { noneOf } : {}),
  };
}
