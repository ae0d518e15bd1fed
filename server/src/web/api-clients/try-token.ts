/** A command for a new token that works as it stands: the first thing that the client may do. All functions are pure. */
import { apiPaths } from "../../paths.ts";
import type { Client } from "./places.ts";

interface NewToken {
  readonly scopes: Client["scopes"];
  readonly token: string;
  /** Turns a path into an address. */
  addressOf(path: string): string;
  /** The organization, for the paths of the API. */
  readonly at: { readonly org: string };
}

interface TriedToken {
  /** What the command does, as the beginning of a sentence. */
  readonly words: string;
  readonly command: string;
}

/** An event of a type that every organization has. */
const example = JSON.stringify({
  type: "NEW_TEAM",
  actor: { type: "user", id: "u_17", name: "Anne Wilson" },
  targets: [{ type: "team", id: "t_1", name: "Writers" }],
  data: { teamId: "t_1", team: "Writers" },
});

/** Undefined if all that the client may do is permanent, or needs a file. */
export function tryToken({ scopes, token, addressOf, at }: NewToken): TriedToken | undefined {
  const command = (path: string, ...more: string[]): string =>
    [`curl -fsS "${addressOf(path)}"`, `-H "Authorization: Bearer ${token}"`, ...more].join(" \\\n  ");
  if (scopes.includes("events:read"))
    return { words: "Reads the newest event", command: command(`${apiPaths.events(at)}?limit=1`) };
  if (scopes.includes("audit-log:download"))
    return {
      words: "Downloads the last 90 days",
      command: command(apiPaths.auditLog({ ...at, format: "csv" }), "-o audit-log.csv"),
    };
  if (scopes.includes("events:write"))
    return {
      words: "Records an example: put your own event in its place",
      command: command(apiPaths.events(at), '-H "Content-Type: application/json"', `-d '${example}'`),
    };
  return undefined;
}
