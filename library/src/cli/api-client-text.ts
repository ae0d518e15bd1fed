/** An API client as text for a terminal. */
import type { ApiClient } from "../resources/index.ts";
import { type Paint, printable } from "./paint.ts";
import { lettersWords } from "./sentence.ts";

function stateOf({ status, expiresOn, expiresWithinDays }: ApiClient, paint: Paint): string {
  if (status !== "active") return paint.refused(status);
  const soon = expiresWithinDays === null ? "" : ` (within ${expiresWithinDays} days)`;
  return `until the end of ${expiresOn} UTC${soon}`;
}

/** Two lines: its name and status; its scopes, who added it, and when it was last used. */
export function apiClientText(client: ApiClient, paint: Paint): string {
  const { id, name, scopes, createdBy, lastUsedOn } = client;
  const by = `added by ${createdBy.name ?? createdBy.id}${createdBy.hasLeft ? ", who has left" : ""}`;
  const used = lastUsedOn === null ? "not used yet" : `last used ${lastUsedOn}`;
  return [
    `${paint.title(printable(name))}${lettersWords(name)}  ${stateOf(client, paint)}  ${paint.quiet(id)}`,
    `  ${printable(`${scopes.join(", ")}; ${by}; ${used}`)}${lettersWords(createdBy.name)}`,
  ].join("\n");
}
