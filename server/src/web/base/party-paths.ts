/** The pages of actors and targets, and searches for them. Their ids come from producers. */
import { paths } from "../../paths.ts";
import { addressOf } from "./parameters.ts";

/** A party of an event. */
interface PathParty {
  readonly type: string;
  readonly id?: string | undefined;
}

type PartyRole = "target" | "actor";

export const targetPath = (slug: string, target: PathParty): string => partyPath(slug, "target", target);
export const actorPath = (slug: string, actor: PathParty): string => partyPath(slug, "actor", actor);

/** The page about someone: of a person their own, of any other actor what it did. */
export const whoPath = (slug: string, actor: PathParty): string =>
  personPath(slug, actor) ?? actorPath(slug, actor);

/** The page of a person; undefined for a party that isn't one, or whose id doesn't fit into a path. */
export const personPath = (org: string, { type, id = "" }: PathParty): string | undefined =>
  // the operator token acts as a user without an account
  type === "user" && id !== "operator" && isInPath(id) ? paths.person({ org, user: id }) : undefined;

/** Characters; a longer id doesn't fit into a path. */
const longestInPath = 400;
const isInPath = (id: string): boolean =>
  !/^\.{0,2}$/.test(id) && encodeURIComponent(id).length <= longestInPath;

/** The page of one party; if its id doesn't fit into a path, or is missing, all activity with a filter. */
function partyPath(org: string, name: PartyRole, party: PathParty): string {
  const { type, id = "" } = party;
  return isInPath(id) ? paths[name]({ org, type, id }) : filtered(org, name, party);
}

const filtered = (org: string, name: PartyRole, { type, id = "" }: PathParty): string =>
  addressOf(paths.activity({ org }), new Map([[name, [`${type}:${id}`]]]));

/** The log with a search, to be changed there. */
export const searchPath = (org: string, ...qualifiers: readonly string[]): string =>
  addressOf(paths.activity({ org }), new Map([["q", [qualifiers.join(" ")]]]));

/** The log with a search for a party; with a filter, if a search can't have its id. */
export const partySearch = (org: string, name: PartyRole, party: PathParty): string =>
  /^[\w.@/+-]+$/.test(party.id ?? "")
    ? searchPath(org, `${name}:${party.type}:${party.id}`)
    : filtered(org, name, party);
