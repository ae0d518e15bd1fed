/**
 * Finds the name of a payload's event from its members. GitHub sends the name in the header X-GitHub-Event, which a stored payload may have
 * lost. Only names in the table of mappings are considered.
 */
import type { JsonObject } from "../../event/index.ts";
import { at, object, text } from "./payload.ts";

/** Members that any payload can have in addition to its subject. */
const beside: ReadonlySet<string> = new Set([
  "action",
  "changes",
  "enterprise",
  "installation",
  "organization",
  "repository",
  "sender",
]);

const isObject = (payload: JsonObject, name: string): boolean => object(payload, name) !== undefined;

function ofRefs(payload: JsonObject): string | undefined {
  if (text(payload, "ref") === undefined) return undefined;
  if (Array.isArray(at(payload, "commits"))) return "push";
  if (text(payload, "ref_type") === undefined) return undefined;
  return at(payload, "master_branch") === undefined ? "delete" : "create";
}

function ofPeople(payload: JsonObject, action: string | undefined): string | undefined {
  const [team, member, repository] = ["team", "member", "repository"].map((name) => isObject(payload, name));
  if (team && member) return "membership";
  if (member && repository) return "member";
  if (team) return action === undefined ? "team_add" : "team";
  if (isObject(payload, "membership") || isObject(payload, "invitation")) return "organization";
  if (isObject(payload, "blocked_user")) return "org_block";
  return undefined;
}

/** The subject of the payload can only be the repository or the organization. */
function ofBareOnes(payload: JsonObject, action: string | undefined): string | undefined {
  const others = Object.keys(payload).filter((name) => !beside.has(name));
  if (others.join() === "status" && isObject(payload, "repository")) return "repository_import";
  if (others.length > 0) return undefined;
  if (isObject(payload, "repository")) return action === undefined ? "public" : "repository";
  return isObject(payload, "organization") && action !== undefined ? "organization" : undefined;
}

/** The name, or undefined if the members match no name in the table. */
export function eventName(payload: JsonObject): string | undefined {
  const action = text(payload, "action");
  if (isObject(payload, "forkee")) return "fork";
  if (isObject(payload, "marketplace_purchase")) return "marketplace_purchase";
  if (isObject(payload, "release")) return "release";
  if (isObject(payload, "key")) return "deploy_key";
  if (isObject(payload, "hook")) return text(payload, "zen") === undefined ? "meta" : "ping";
  if (at(payload, "repositories_added") !== undefined) return "installation_repositories";
  const rest = Object.keys(payload).every(
    (name) => beside.has(name) || /^(repositories|requester)$/.test(name),
  );
  if (rest && object(payload, "installation", "account") && action !== undefined) return "installation";
  return ofRefs(payload) ?? ofPeople(payload, action) ?? ofBareOnes(payload, action);
}
