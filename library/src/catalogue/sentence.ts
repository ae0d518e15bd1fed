/**
 * An event as one sentence, "Anne Wilson revoked API client Register sandbox", and the rows of its card. Plain text and
 * values: whoever shows them escapes and formats them. It refuses to know pages.
 */
import {
  type Actor,
  type Json,
  type JsonObject,
  type Outcome,
  pointerNames,
  type Target,
} from "../event/index.ts";
import type { CardRow, EventType } from "./event-type.ts";

/** What a sentence is made of; both an event as sent and one read back will do. */
export interface Told {
  readonly actor?: Actor;
  readonly targets?: readonly Target[];
  readonly outcome?: Outcome;
  readonly data?: JsonObject;
  /** The slots that were erased. */
  readonly erased?: readonly string[];
}

/** A piece of a sentence; `of` says whom it names, so that a page can make it a link. */
export interface SentencePart {
  readonly text: string;
  readonly of?: "actor" | "target" | "data";
}

/** Placeholders are `{actor}`, `{target}` (the first), and `{data.member}` for a member that every event of the type has. */
const placeholder = /\{(actor|target|data\.[A-Za-z][A-Za-z0-9]*)\}/;

const erasedWord = "[erased]";

function named(party: { id: string; name?: string } | undefined, erased: boolean, absent: string): string {
  if (party === undefined) return erased ? erasedWord : absent;
  return party.name !== undefined && party.name !== "" ? party.name : party.id;
}

function fill(name: string, event: Told): SentencePart {
  const erased = (slot: string): boolean => event.erased?.includes(slot) ?? false;
  if (name === "actor") return { text: named(event.actor, erased("actor"), "Someone"), of: "actor" };
  if (name === "target")
    return { text: named(event.targets?.[0], erased("targets"), "something"), of: "target" };
  const value = event.data?.[name.slice("data.".length)];
  if (value === undefined) return { text: erased("data") ? erasedWord : "?", of: "data" };
  return { text: typeof value === "string" ? value : JSON.stringify(value), of: "data" };
}

/**
 * The pieces of an event's sentence, in order. Actor and target are shown by name, else by id; where the slot was
 * erased, as `[erased]`. Outcomes denied and failed have the type's second sentence.
 */
export function sentenceParts(
  event: Told,
  type: Pick<EventType, "sentence" | "refusedSentence">,
): SentencePart[] {
  const refused = event.outcome === "denied" || event.outcome === "failed";
  const pieces = (refused ? type.refusedSentence : type.sentence).split(placeholder);
  const parts: SentencePart[] = [];
  // split with one group: words at even places, names of placeholders at odd ones
  for (let i = 0; i < pieces.length; i++) {
    const piece = pieces[i]!;
    if (i % 2 === 1) parts.push(fill(piece, event));
    else if (piece !== "") parts.push({ text: piece });
  }
  return parts;
}

/** The pieces as one text. */
export function sentence(event: Told, type: Pick<EventType, "sentence" | "refusedSentence">): string {
  let text = "";
  for (const part of sentenceParts(event, type)) text += part.text;
  return text;
}

/** The placeholders of a sentence, `["actor", "data.team"]`, and whatever else stands in braces as it is. */
export const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1]!);

/** One row of a card with what the event has there; undefined where it has nothing. */
export interface FilledRow extends CardRow {
  readonly value: Json | undefined;
}

const own = (value: Json | undefined, name: string): Json | undefined =>
  typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as JsonObject)[name]
    : undefined;

/** The rows of the event's card, all of them, in the order of the type. */
export const cardRows = (event: Told, type: Pick<EventType, "card">): FilledRow[] =>
  type.card.map((row) => {
    let value: Json | undefined = event as unknown as JsonObject;
    for (const name of pointerNames(row.path)) value = own(value, name);
    return { ...row, value };
  });
