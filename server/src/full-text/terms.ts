/**
 * The terms of an event in the full-text index: its words, and what filters ask for. A term begins with the letter of its kind; those in capitals
 * come from `context`, so a search MUST NOT look for them unless the caller may see `context`.
 */
import { partyKey, type RecordedBy, type SlotName, sourceOf } from "daybook/internal";
import type { WordAt } from "../store/contract/full-text.ts";
import type { WalkedEvent, WalkedSlot } from "../store/contract/pages.ts";
import { addressBits } from "./address-bits.ts";
import { wordSlots, wordsOf } from "./event-words.ts";
import { byteText } from "./segment/index.ts";
import { addWords } from "./text.ts";

/** The kinds of terms, and the letter of each. */
const kinds = {
  word: "w",
  type: "t",
  actor: "a",
  target: "g",
  outcome: "o",
  /** Daybook itself, or others. */
  source: "s",
  recordedBy: "r",
  externalId: "x",
  /** The path of a change. */
  changed: "p",
  /** The bits of an address: a network is a beginning. */
  address: "A",
  correlationId: "C",
  requestId: "Q",
  /** A word of the user agent. */
  userAgent: "U",
} as const;

export type TermKind = keyof typeof kinds;

const withBeginnings: ReadonlySet<string> = new Set([kinds.word, kinds.type, kinds.address, kinds.userAgent]);

/** Whether terms of this kind are also looked for by their beginnings. */
export const hasBeginnings = (term: string): boolean => withBeginnings.has(term[0]!);

/** A term with one character for each byte. */
export const termOf = (kind: TermKind, value: string): string => kinds[kind] + byteText(value);

/** The slots that have terms. */
export const indexedSlots: readonly SlotName[] = [...wordSlots, "context", "recordedBy"];

/** The part of an event that its terms come from. */
export type TermedPart = Pick<WalkedEvent, "type" | "outcome" | "slots">;

const valueIn = (slot: WalkedSlot | undefined): unknown =>
  slot === undefined || "digest" in slot ? undefined : JSON.parse(slot.json);

type TermParty = Parameters<typeof partyKey>[0];
type SlotTerms = (slot: WalkedSlot | undefined) => string[];

const actorTerms: SlotTerms = (slot) => {
  const actor = valueIn(slot) as TermParty | undefined;
  return actor === undefined ? [] : [termOf("actor", partyKey(actor))];
};

const targetTerms: SlotTerms = (slot) =>
  ((valueIn(slot) ?? []) as TermParty[]).map((target) => termOf("target", partyKey(target)));

const recorderTerms: SlotTerms = (slot) => {
  const recordedBy = valueIn(slot) as RecordedBy | undefined;
  return recordedBy === undefined
    ? [termOf("source", sourceOf({}))]
    : [termOf("source", sourceOf({ recordedBy })), termOf("recordedBy", partyKey(recordedBy))];
};

const producerTerms: SlotTerms = (slot) => {
  const { externalId } = (valueIn(slot) ?? {}) as { readonly externalId?: string };
  return externalId === undefined ? [] : [termOf("externalId", externalId)];
};

const changeTerms: SlotTerms = (slot) =>
  ((valueIn(slot) ?? []) as { readonly path: string }[]).map(({ path }) => termOf("changed", path));

interface TermContext {
  readonly ip?: string;
  readonly userAgent?: string;
  readonly requestId?: string;
  readonly correlationId?: string;
}

const contextTerms: SlotTerms = (slot) => {
  const { ip, userAgent, requestId, correlationId } = (valueIn(slot) ?? {}) as TermContext;
  const terms: string[] = [];
  const bits = ip === undefined ? undefined : addressBits(ip);
  if (bits !== undefined) terms.push(termOf("address", bits));
  if (requestId !== undefined) terms.push(termOf("requestId", requestId));
  if (correlationId !== undefined) terms.push(termOf("correlationId", correlationId));
  const words: WordAt[] = [];
  addWords(words, userAgent ?? "", 1);
  for (const { word } of words) terms.push(termOf("userAgent", word));
  return terms;
};

/** The kinds of terms that are no words of an event. */
export type FilterTermKind = Exclude<TermKind, "word">;

/** The terms of an event of a kind; those of other kinds in the same slot are among them. */
export const termsOfKind: Readonly<Record<FilterTermKind, (event: TermedPart) => string[]>> = {
  type: ({ type }) => [termOf("type", type)],
  outcome: ({ outcome }) => [termOf("outcome", outcome)],
  actor: ({ slots }) => actorTerms(slots.actor),
  target: ({ slots }) => targetTerms(slots.targets),
  source: ({ slots }) => recorderTerms(slots.recordedBy),
  recordedBy: ({ slots }) => recorderTerms(slots.recordedBy),
  externalId: ({ slots }) => producerTerms(slots.producer),
  changed: ({ slots }) => changeTerms(slots.changes),
  address: ({ slots }) => contextTerms(slots.context),
  correlationId: ({ slots }) => contextTerms(slots.context),
  requestId: ({ slots }) => contextTerms(slots.context),
  userAgent: ({ slots }) => contextTerms(slots.context),
};

/** One kind for each slot or member with terms. */
const kindsOnce = [
  "type",
  "outcome",
  "actor",
  "target",
  "source",
  "externalId",
  "changed",
  "address",
] as const;

/** The terms of an event, some more than once. Erased slots have none. */
export function termsOf(event: TermedPart): string[] {
  const terms = wordsOf(event).map(({ word }) => termOf("word", word));
  for (const kind of kindsOnce) for (const term of termsOfKind[kind](event)) terms.push(term);
  return terms;
}
