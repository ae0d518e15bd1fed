/** What a search asks of an event: words, and conditions on its members; and whether an event meets it. */
import type { TextQuery, WordAt } from "../store/contract/full-text.ts";
import { mayHold, wordsOf } from "./event-words.ts";
import { type NamedPart, namesIn } from "./names.ts";
import { isFound } from "./query.ts";
import { type FilterTermKind, type TermedPart, termOf, termsOfKind } from "./terms.ts";
import { addWords } from "./text.ts";

/** The event has this term, or one that begins so. */
interface TermCondition {
  readonly kind: FilterTermKind;
  readonly value: string;
  readonly isBeginning?: true;
}

/** The words stand side by side in the user agent; or in a name, an email address or an id of the actor, or of one target. */
export interface TextCondition {
  readonly within: NamedPart;
  readonly phrase: readonly WordAt[];
}

export type EventCondition = TermCondition | TextCondition;

/** All of it must be met. `all` can be empty. */
export interface EventQuery extends TextQuery {
  /** Of each list, one condition must be met. */
  readonly anyOf?: readonly (readonly EventCondition[])[];
  /** None may be met. */
  readonly noneOf?: readonly EventCondition[];
}

/** Whether an event meets a query. Erased values meet nothing. */
export function meets(event: TermedPart, query: EventQuery): boolean {
  const isMet = (condition: EventCondition): boolean => meetsOne(event, condition);
  const { anyOf = [], noneOf = [], all, none } = query;
  if (noneOf.some(isMet) || !anyOf.every((list) => list.some(isMet))) return false;
  if (all.length + none.length === 0) return true;
  return mayHold(query, event) && isFound(query, wordsOf(event));
}

function meetsOne(event: TermedPart, condition: EventCondition): boolean {
  if ("within" in condition) {
    const { within, phrase } = condition;
    return namesIn[within](event.slots).some((text) => holdsPhrase(text, phrase));
  }
  const { kind, value, isBeginning } = condition;
  const wanted = termOf(kind, value);
  return termsOfKind[kind](event).some((term) => (isBeginning ? term.startsWith(wanted) : term === wanted));
}

/** Whether the words stand side by side in a text, each as the beginning of one. */
export function holdsPhrase(text: string, phrase: readonly WordAt[]): boolean {
  const words: WordAt[] = [];
  addWords(words, text, 1);
  return isFound({ all: [phrase], none: [] }, words);
}
