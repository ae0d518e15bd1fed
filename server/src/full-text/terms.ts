/**
 * The terms of an event in the full-text index: its words, and what filters ask for. A term begins with the letter of its kind; those in capitals
 * come from `context`, so a search MUST NOT look for them unless the caller may see `context`.
 */
import { isIP } from "node:net";
import { partyKey, type RecordedBy, type SlotName, sourceOf } from "daybook/internal";
import type { WalkedEvent, WalkedSlot } from "../store/contract/pages.ts";
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

/** The terms of an event, some more than once. Erased slots have none. */
export function termsOf(event: TermedPart): string[] {
  const { type, outcome, slots } = event;
  const terms = wordsOf(event).map(({ word }) => termOf("word", word));
  terms.push(termOf("type", type), termOf("outcome", outcome));
  const actor = valueIn(slots.actor) as TermParty | undefined;
  if (actor !== undefined) terms.push(termOf("actor", partyKey(actor)));
  for (const target of (valueIn(slots.targets) ?? []) as TermParty[])
    terms.push(termOf("target", partyKey(target)));
  const recordedBy = valueIn(slots.recordedBy) as RecordedBy | undefined;
  terms.push(termOf("source", sourceOf(recordedBy === undefined ? {} : { recordedBy })));
  if (recordedBy !== undefined) terms.push(termOf("recordedBy", partyKey(recordedBy)));
  const producer = valueIn(slots.producer) as { readonly externalId?: string } | undefined;
  if (producer?.externalId !== undefined) terms.push(termOf("externalId", producer.externalId));
  for (const { path } of (valueIn(slots.changes) ?? []) as { readonly path: string }[])
    terms.push(termOf("changed", path));
  addContext(terms, valueIn(slots.context) as TermContext | undefined);
  return terms;
}

interface TermContext {
  readonly ip?: string;
  readonly userAgent?: string;
  readonly requestId?: string;
  readonly correlationId?: string;
}

function addContext(terms: string[], context: TermContext | undefined): void {
  if (context === undefined) return;
  const { ip, userAgent, requestId, correlationId } = context;
  const bits = ip === undefined ? undefined : addressBits(ip);
  if (bits !== undefined) terms.push(kinds.address + bits);
  if (requestId !== undefined) terms.push(termOf("requestId", requestId));
  if (correlationId !== undefined) terms.push(termOf("correlationId", correlationId));
  if (userAgent === undefined) return;
  const words: { word: string; at: number }[] = [];
  addWords(words, userAgent, 1);
  for (const { word } of words) terms.push(termOf("userAgent", word));
}

/** An address as `4` or `6` and its bits, so that its networks are its beginnings; undefined for what is no address. */
function addressBits(address: string): string | undefined {
  const version = isIP(address);
  if (version === 4)
    return `4${address
      .split(".")
      .map((part) => bitsOf(Number(part), 8))
      .join("")}`;
  if (version !== 6) return undefined;
  const plain = address.replace(/%.*$/, "").replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...parts) => {
    const [a, b, c, d] = parts.map(Number) as [number, number, number, number];
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  });
  const [left = "", right = ""] = plain.split("::");
  const groups = (text: string): string[] => text.split(":").filter((group) => group !== "");
  const [start, end] = [groups(left), groups(right)];
  const zeros = Array.from({ length: 8 - start.length - end.length }, () => "0");
  return `6${[...start, ...zeros, ...end].map((group) => bitsOf(Number.parseInt(group, 16), 16)).join("")}`;
}

const bitsOf = (value: number, length: number): string => value.toString(2).padStart(length, "0");
