/**
 * An event as one sentence, "Anne Wilson revoked API client Register sandbox", and the rows of its card. The results are plain texts and
 * values; the caller escapes and formats them.
 */
import type { Actor, Json, JsonObject, Outcome, Target } from "../event/index.ts";
import type { CardRow, EventType, TypeWords } from "./event-type.ts";
import { codeInWords, isRefused, partyName, valueAt, wordsFor } from "./telling.ts";

/** The part of an event that a sentence needs, as sent or as read back. */
export interface Told {
  /** Who did it. */
  readonly actor?: Actor;
  /** What the actor acted on. */
  readonly targets?: readonly Target[];
  /** How the attempt ended; absent means `success`. */
  readonly outcome?: Outcome;
  /** The members of the event type. */
  readonly data?: JsonObject;
  /** The slots that were erased. */
  readonly erased?: readonly string[];
}

/** A piece of a sentence. `of` says whom it names, so that a page can make it a link. */
export interface SentencePart {
  /** The text of the piece. */
  readonly text: string;
  /** Whom the piece names; absent for the words between. */
  readonly of?: "actor" | "target" | "data";
}

/** The placeholders: `{actor}`, `{target}` (the first), and `{data.member}` for a member that every event of the type has. */
const placeholder = /\{(actor|target|data\.[A-Za-z][A-Za-z0-9]*)\}/;

const erasedWord = "[erased]";

function named(party: Actor | Target | undefined, erased: boolean, absent: string): string {
  if (party === undefined) return erased ? erasedWord : absent;
  return partyName(party);
}

/** The part of a type that a sentence needs: its texts, and the formats of its card. */
export type Telling = Pick<TypeWords, "sentence" | "refusedSentence"> &
  Partial<Pick<EventType, "variants" | "card">>;

function fill(name: string, event: Told, type: Telling): SentencePart {
  const erased = (slot: string): boolean => event.erased?.includes(slot) ?? false;
  if (name === "actor") return { text: named(event.actor, erased("actor"), "Someone"), of: "actor" };
  if (name === "target")
    return { text: named(event.targets?.[0], erased("targets"), "something"), of: "target" };
  const member = name.slice("data.".length);
  const value = event.data?.[member];
  if (value === undefined) return { text: erased("data") ? erasedWord : "?", of: "data" };
  const row = type.card?.find(({ path, was }) => path === `/data/${member}` || was === `/data/${member}`);
  return { text: saidOf(value, row?.format), of: "data" };
}

/** A value within a sentence: codes as words, and lists of texts with commas. */
function saidOf(value: Json, format: CardRow["format"]): string {
  if (typeof value === "string") return format === "word" ? codeInWords(value) : value;
  const isTexts = Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === "string");
  return isTexts ? value.map((one) => saidOf(one, format)).join(", ") : JSON.stringify(value);
}

/**
 * The pieces of an event's sentence, in order. Actor and target appear by name, else by id; if the slot was erased, as `[erased]`. For the
 * outcomes denied and failed, the type's second sentence is used, and for some events a variant.
 */
export function sentenceParts(event: Told, type: Telling): SentencePart[] {
  const words = type.variants === undefined ? type : wordsFor(event, type as EventType);
  const pieces = (isRefused(event) ? words.refusedSentence : words.sentence).split(placeholder);
  const parts: SentencePart[] = [];
  // splitting with one group puts words at even positions, and names of placeholders at odd ones
  for (let i = 0; i < pieces.length; i++) {
    const piece = pieces[i]!;
    if (i % 2 === 1) parts.push(fill(piece, event, type));
    else if (piece !== "") parts.push({ text: piece });
  }
  return parts;
}

/** The pieces as one text. */
export function sentence(event: Told, type: Telling): string {
  let text = "";
  for (const part of sentenceParts(event, type)) text += part.text;
  return text;
}

/** The placeholders of a sentence, `["actor", "data.team"]`, including unknown ones. */
export const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1]!);

/** One row of a card with the event's value and the value before; undefined if absent. */
export interface FilledRow extends CardRow {
  /** The value, as JSON. */
  readonly value: Json | undefined;
  /** Only for rows that show the value before. */
  readonly before?: Json | undefined;
}

/** All rows of the event's card, in the order of the type. */
export const cardRows = (event: Told, type: Pick<EventType, "card">): FilledRow[] =>
  type.card.map((row) => {
    const filled = { ...row, value: valueAt(event, row.path) };
    return row.was === undefined ? filled : { ...filled, before: valueAt(event, row.was) };
  });
