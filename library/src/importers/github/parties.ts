/** Actors, targets and places of a payload. */
import type { Actor, Change, EventInput, Json, JsonObject, Target } from "../../event/index.ts";
import { id, need, object, text } from "./payload.ts";

/** An event before it has an id; `at` is its time in microseconds, if the payload has one. */
export interface Draft extends Omit<EventInput, "id" | "occurredAt" | "actor" | "before" | "after"> {
  readonly at?: bigint | undefined;
}

/** The input of a mapping in addition to the payload: the login of the account that owns the log. */
interface MapContext {
  readonly account: string | undefined;
}

/** The events of a payload, or a clause that says why it has none. */
export type Mapping = (payload: JsonObject, context: MapContext) => Draft[] | string;

/** The sender: a bot is an API client; any other account, including an organization's, is a user. */
export function actorOf(payload: JsonObject): Actor {
  const sender = object(payload, "sender");
  const senderId = id(sender, "id");
  // GitHub leaves out the sender if nobody acted
  if (!sender || senderId === undefined) return { type: "system", id: "github", name: "GitHub" };
  const login = text(sender, "login");
  const email = text(sender, "email");
  return {
    type: text(sender, "type") === "Bot" ? "api_client" : "user",
    id: senderId,
    ...(login === undefined ? {} : { name: login }),
    ...(email === undefined ? {} : { email }),
  };
}

const named = (name: string | undefined): { name?: string } => (name === undefined ? {} : { name });

/** A repository is an API, identified by its number, which survives renames. */
export const apiOf = (repository: Json | undefined): Target => ({
  type: "api",
  id: need(id, repository, "id"),
  ...named(text(repository, "name")),
});

export const userOf = (account: Json | undefined): Target => ({
  type: "user",
  id: need(id, account, "id"),
  ...named(text(account, "login")),
});

export const teamOf = (team: Json | undefined): Target => ({
  type: "team",
  id: need(id, team, "id"),
  name: need(text, team, "name"),
});

export const organizationOf = (account: Json | undefined): Target => ({
  type: "organization",
  id: need(id, account, "id"),
  ...named(text(account, "login")),
});

/** Owner and name of a repository. */
export const placeOf = (repository: Json | undefined): { owner: string; name: string } => ({
  owner: need(text, repository, "owner", "login"),
  name: need(text, repository, "name"),
});

/** `objectPath`, owner, name, and version if there is one. */
export function dataPlace(repository: Json | undefined, version?: string): JsonObject {
  const { owner, name } = placeOf(repository);
  const path = `/apis/${owner}/${name}`;
  return version === undefined
    ? { objectPath: path, owner, name }
    : { objectPath: `${path}/${version}`, owner, name, version };
}

/** One change, or an empty list if both sides are equal. */
export const changed = (path: string, from: Json, to: Json, label?: string): Change[] =>
  from === to ? [] : [{ path, ...(label === undefined ? {} : { label }), from, to }];
