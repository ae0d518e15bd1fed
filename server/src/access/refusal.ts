/** Says why a caller may not do something, and who may. */
import { DaybookError } from "daybook/internal";
import { type Action, type Audience, byPersonalToken, type Grant } from "./actions.ts";
import type { Caller } from "./caller.ts";
import { isByToken } from "./judge.ts";

const words: Readonly<Record<Audience, string>> = {
  everyone: "everyone",
  "signed-in": "signed-in people",
  operator: "operators",
  OWNER: "owners",
  AUDITOR: "auditors",
  DESIGNER: "designers",
  CONSUMER: "consumers",
};

const listed = (all: readonly string[]): string =>
  all.length < 2 ? all.join("") : `${all.slice(0, -1).join(", ")} and ${all.at(-1)}`;

/** The error for a caller with credentials: it names the scope that an API client lacks, what personal tokens can't do, or who may. */
export function refusalOf(caller: Caller, action: Action, grant: Grant): DaybookError {
  const { kind } = caller;
  const { people, scope } = grant;
  if (isByToken(caller) && !byPersonalToken(grant))
    return new DaybookError("not-allowed", {
      detail: `Personal tokens may not do this (${action}).`,
      remedy: "Sign in, and do this in your session.",
    });
  const they = listed(people.map((who) => words[who]));
  if (kind === "api_client" && scope !== undefined)
    return new DaybookError("not-allowed", {
      detail: `This needs the scope ${scope}, which this API client lacks.`,
      remedy: "Add a new API client with this scope; the scopes of an existing client can't be changed.",
    });
  const detail =
    kind === "api_client"
      ? `API clients may not do this (${action}); only ${they} may.`
      : kind === "viewer"
        ? `Viewer sessions may not do this (${action}).`
        : `Only ${they} may do this (${action}).`;
  return new DaybookError("not-allowed", { detail });
}
