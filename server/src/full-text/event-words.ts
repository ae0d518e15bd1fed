/**
 * The words of an event: of actor and targets their names, addresses and ids; of changes what they are called, were and became; the
 * values of data, the reason, the id that the event has elsewhere, the event type's name. Never of `context`, which not everybody may read. What was erased has none.
 */
import type { SlotName } from "daybook/internal";
import type { IndexedEvent, TextQuery, WordAt } from "../store/contract/full-text.ts";
import { addWords } from "./text.ts";

/** Words of one event that are kept; what follows is not found. */
const mostWords = 4_000;

/** Slots that are looked through, and members of theirs that are no words of anybody. */
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

/** The words of an event, in order; words of two texts never follow each other. */
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

/** Whether an event may hold words, found out in less time than whether it does: no word of a phrase is nowhere in its texts. */
export function mayHold({ all }: TextQuery, { type, slots }: IndexedEvent): boolean {
  let texts = type;
  for (const name of wordSlots) {
    const slot = slots[name];
    if (slot !== undefined && "json" in slot) texts += slot.json;
  }
  // what is written otherwise only in its text is the same word
  if (!ascii.test(texts)) return true;
  const lower = texts.toLowerCase();
  return all.every((phrase) =>
    phrase.every(({ word }) => word.split(".").every((part) => lower.includes(part))),
  );
}

/** Hands over each text of a value in turn, until one is the last that is taken: false then. */
function eachText(value: unknown, without: readonly string[], take: (text: string) => boolean): boolean {
  if (typeof value === "string") return take(value);
  if (typeof value === "number") return take(String(value));
  if (Array.isArray(value)) return value.every((item) => eachText(item, without, take));
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(
    ([name, member]) => without.includes(name) || eachText(member, without, take),
  );
}
