/**
 * The terms of an event in the full-text index: its words, and what filters ask for. A term begins with the letter of its kind; those in capitals
 * come from `context`, so a search MUST NOT look for them unless the caller may see `context`.
 */
import { partyKey, type RecordedBy, type SlotName, sourceOf } from "daybook/internal";
import type { WalkedEvent, WalkedSlot } from "../store/contract/pages.ts";
import { addressBits } from "./address-bits.ts";
import { wordSlots } from "./event-words.ts";
import { jsonOf, type NamedPart } from "./names.ts";
import { byteText } from "./segment/index.ts";

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
  /** Ends of names, email addresses and ids (`endsOf`): of the actor, of the targets; and of user agents. */
  actorName: "n",
  targetName: "m",
  userAgent: "U",
} as const;

export type TermKind = keyof typeof kinds;

const withBeginnings: ReadonlySet<string> = new Set([
  ...[kinds.word, kinds.type, kinds.address],
  ...[kinds.actorName, kinds.targetName, kinds.userAgent],
]);

/** Whether terms of this kind are also looked for by their beginnings. */
export const hasBeginnings = (term: string): boolean => withBeginnings.has(term[0]!);

/** A term with one character for each byte. */
export const termOf = (kind: TermKind, value: string): string => kinds[kind] + byteText(value);

/** The slots that have terms. */
export const indexedSlots: readonly SlotName[] = [...wordSlots, "context", "recordedBy"];

/** The part of an event that its terms come from. */
export type TermedPart = Pick<WalkedEvent, "type" | "outcome" | "slots">;

const valueIn = (slot: WalkedSlot | undefined): unknown => {
  const json = jsonOf(slot);
  return json === undefined ? undefined : JSON.parse(json);
};

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

export interface TermContext {
  readonly ip?: string;
  readonly userAgent?: string;
  readonly requestId?: string;
  readonly correlationId?: string;
}

const contextTerms: SlotTerms = (slot) => contextTermsOf((valueIn(slot) ?? {}) as TermContext);

/** The terms of a context, without those of the user agent. */
export function contextTermsOf({ ip, requestId, correlationId }: TermContext): string[] {
  const terms: string[] = [];
  const bits = ip === undefined ? undefined : addressBits(ip);
  if (bits !== undefined) terms.push(termOf("address", bits));
  if (requestId !== undefined) terms.push(termOf("requestId", requestId));
  if (correlationId !== undefined) terms.push(termOf("correlationId", correlationId));
  return terms;
}

type NameKind = "actorName" | "targetName" | "userAgent";
/** The kind of the names of each part. */
export const nameKinds: Readonly<Record<NamedPart, NameKind>> = {
  actor: "actorName",
  target: "targetName",
  userAgent: "userAgent",
};
/** The kinds of terms that are neither words of an event nor of names. */
export type FilterTermKind = Exclude<TermKind, "word" | NameKind>;

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
};
