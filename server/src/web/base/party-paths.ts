/** The pages of actors and targets, whose ids come from producers. */
import { paths } from "../../paths.ts";
import { addressOf } from "./parameters.ts";

/** A party of an event. */
interface PathParty {
  readonly type: string;
  readonly id?: string;
}

export const targetPath = (slug: string, target: PathParty): string => partyPath(slug, "target", target);
export const actorPath = (slug: string, actor: PathParty): string => partyPath(slug, "actor", actor);

/** Characters; a longer id doesn't fit into a path. */
const longestInPath = 400;

/** The page of one party; if its id doesn't fit into a path, or is missing, all activity with a filter. */
function partyPath(org: string, name: "actor" | "target", { type, id = "" }: PathParty): string {
  if (/^\.{0,2}$/.test(id) || encodeURIComponent(id).length > longestInPath)
    return addressOf(paths.activity({ org }), new Map([[name, [`${type}:${id}`]]]));
  return paths[name]({ org, type, id });
}
