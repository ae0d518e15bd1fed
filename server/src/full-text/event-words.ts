/**
 * The words of an event: names, addresses and ids of actor and targets; labels and both values of changes; the values of data, the reason,
 * the external id, the event type's name. `context` is left out, because not everyone may read it. Erased members have no words.
 */
import type { SlotName } from "daybook/internal";
import type { IndexedEvent, TextQuery, WordAt } from "../store/contract/full-text.ts";
import { addWords } from "./text.ts";

/** The maximum number of stored words of one event; further words are not found. */
const mostWords = 4_000;

/** The slots that have words, and their members that don't. */
export const wordSlots: readonly SlotName[] = [
  "targets",
  "targetsPersonal",
  "actor",
  "actorPersonal",
  "changes",
  "changesPersonal",
  "data",
  "dataPersonal",
  "reason",
  "producer",
];
const passedOver: Partial<Record<SlotName, readonly string[]>> = {
  targets: ["type"],
  actor: ["type"],
  changes: ["path", "hidden"],
  producer: ["id", "n"],
};
const none: readonly string[] = [];

/** The words of an event, in order; words of two texts are never adjacent. */
export function wordsOf({ type, slots }: IndexedEvent): WordAt[] {
  const words: WordAt[] = [];
  let at = addWords(words, type, 1) + 1;
  const add = (text: string): boolean => {
    at = addWords(words, text, at) + 1;
    return words.length < mostWords;
  };
  for (const name of wordSlots) {
    const slot = slots[name];
    if (slot === undefined || !("json" in slot)) continue;
    if (!eachText(JSON.parse(slot.json), passedOver[name] ?? none, add)) break;
  }
  if (words.length > mostWords) words.length = mostWords;
  return words;
}

const ascii = /^[\0-\x7f]*$/;

/** A quick test whether an event can match: it is false if a word of a phrase is nowhere in its texts. */
export function mayHold({ all }: TextQuery, { type, slots }: IndexedEvent): boolean {
  let texts = type;
  for (const name of wordSlots) {
    const slot = slots[name];
    if (slot !== undefined && "json" in slot) texts += slot.json;
  }
  // text that differs only in its notation is the same word
  if (!ascii.test(texts)) return true;
  const lower = texts.toLowerCase();
  return all.every((phrase) =>
    phrase.every(({ word }) => word.split(".").every((part) => lower.includes(part))),
  );
}

/** Passes each text of a value to the callback, until it returns false: then the result is false. */
function eachText(value: unknown, without: readonly string[], take: (text: string) => boolean): boolean {
  if (typeof value === "string") return take(value);
  if (typeof value === "number") return take(String(value));
  if (Array.isArray(value)) return value.every((item) => eachText(item, without, take));
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(
    ([name, member]) => without.includes(name) || eachText(member, without, take),
  );
}
