/**
 * The words of an event: names, addresses and ids of actor and targets; paths, labels and both values of changes; the values of data, the
 * reason, the external id, the event type's name. `context` is left out, because not everyone may read it. Erased members have no words.
 */
import { inWords, pointerNames, type SlotName } from "daybook/internal";
import type { IndexedEvent, TextQuery, WordAt } from "../store/contract/full-text.ts";
import { eachText } from "./slot-texts.ts";
import { addWords } from "./text.ts";

/** The maximum number of stored words of one event; further words are not found. */
export const mostWords = 4_000;

/** The slots that have words; those that can have very many are last. */
/** Those of the targets and of the actor, which many events share. */
export const targetSlots: readonly SlotName[] = ["targets", "targetsPersonal"];
export const actorSlots: readonly SlotName[] = ["actor", "actorPersonal"];
/** The others. */
export const ownSlots: readonly SlotName[] = [
  "reason",
  "producer",
  "changes",
  "changesPersonal",
  "data",
  "dataPersonal",
];
/** All of them. */
export const wordSlots: readonly SlotName[] = [...targetSlots, ...actorSlots, ...ownSlots];
/** Their members without words. */
const passedOver: Partial<Record<SlotName, readonly string[]>> = {
  targets: ["type"],
  actor: ["type"],
  producer: ["id", "n"],
};
const none: readonly string[] = [];

/** The words of an event, in order; words of two texts are never adjacent. */
export const wordsOf = ({ type, slots }: IndexedEvent): WordAt[] =>
  wordsIn(slots, wordSlots, { text: type, most: mostWords });

/** A text before those of the slots, and the maximum number of words. */
interface WordsWanted {
  readonly text: string;
  readonly most: number;
}

/** The words of some slots of an event. */
export function wordsIn(
  slots: IndexedEvent["slots"],
  names: readonly SlotName[],
  { text: first, most }: WordsWanted,
): WordAt[] {
  const words: WordAt[] = [];
  let at = addWords(words, first, 1) + 1;
  for (const slotName of names) {
    const slot = slots[slotName];
    if (slot === undefined || !("json" in slot)) continue;
    const without = passedOver[slotName] ?? none;
    const isWhole = eachText(slot.json, (text, name) => {
      if (without.includes(name)) return true;
      at = addWords(words, text, at) + 1;
      if (name === "path" && slotName === "changes" && hasCapital.test(text))
        at = addWords(words, pathInWords(text), at) + 1;
      return words.length < most;
    });
    if (!isWhole) break;
  }
  if (words.length > most) words.length = most;
  return words;
}

/** A path whose names have other words on pages: `/requireMfa` is "Require mfa". */
const hasCapital = /[a-z0-9][A-Z]/;
const pathInWords = (path: string): string => pointerNames(path).map(inWords).join(" ");

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
