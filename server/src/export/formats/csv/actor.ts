/** The actor of a row: the text of AUTHOR, and the actor in `$event`, which distinguishes actors with the same name. */
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
  /** The first non-empty of name, email, id and type; `[erased]` if the actor or its personal members were erased. */
  readonly author: string;
  /** Canonical JSON of the members that AUTHOR leaves out: type, id, email, onBehalfOf. Undefined if the actor was erased. */
  readonly json: string | undefined;
}

const erasedActor: WrittenActor = { author: "[erased]", json: undefined };

/** A cache: few actors cause most events of a log. */
const lately = new Map<string, WrittenActor>();
const mostActors = 1_000;

/** The actor of an event. */
export function actorOf({ slots }: Pick<WalkedEvent, "slots">): WrittenActor {
  const { actor, actorPersonal: personal } = slots;
  if (actor === undefined || "digest" in actor) return erasedActor;
  if (personal !== undefined && "digest" in personal) return { author: "[erased]", json: actor.json };
  // canonical JSON has no line feeds
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
