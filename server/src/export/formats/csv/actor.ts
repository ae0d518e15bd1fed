/**
 * Who did it, as a row says it: the text of AUTHOR, and the actor of `$event`, which tells apart those whose names are the
 * same. It refuses to know cells and rows.
 */
import {
  type Actor,
  canonicalize,
  type Json,
  type JsonObject,
  joinPersonal,
  type Slots,
} from "daybook/internal";
import type { WalkedEvent } from "../../../store/contract/pages.ts";

export interface WrittenActor {
  /** First non-empty of name, email, id and type; `[erased]` once the actor, or what is personal of it, was. */
  readonly author: string;
  /** Canonical JSON of what AUTHOR leaves out: type, id, email, onBehalfOf. Undefined once the actor was erased. */
  readonly json: string | undefined;
}

const erasedActor: WrittenActor = { author: "[erased]", json: undefined };

/** Few people do most of what is in a log: one who was read lately is not read again. */
const lately = new Map<string, WrittenActor>();
const mostActors = 1_000;

/** The actor of an event. */
export function actorOf({ slots }: Pick<WalkedEvent, "slots">): WrittenActor {
  const { actor, actorPersonal: personal } = slots;
  if (actor === undefined || "digest" in actor) return erasedActor;
  if (personal !== undefined && "digest" in personal) return { author: "[erased]", json: actor.json };
  // canonical JSON holds no line feed
  const key = personal === undefined ? actor.json : `${actor.json}\n${personal.json}`;
  const known = lately.get(key);
  if (known !== undefined) return known;
  if (lately.size >= mostActors) lately.clear();
  const read = readActor(actor.json, personal?.json);
  lately.set(key, read);
  return read;
}

function readActor(actor: string, personal: string | undefined): WrittenActor {
  const slots: Slots = { actor: JSON.parse(actor) as JsonObject };
  if (personal !== undefined) slots.actorPersonal = JSON.parse(personal) as JsonObject;
  const { name, ...rest } = joinPersonal(slots).actor as Actor;
  const author = name || rest.email || rest.id || rest.type;
  return { author, json: canonicalize(rest as unknown as Json) };
}
