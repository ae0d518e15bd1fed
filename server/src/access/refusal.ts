/** Why a caller may not do something, in words that say who may. It refuses to judge. */
import { DaybookError } from "daybook/internal";
import { type Action, byPersonalToken, type Grant, type Who } from "./actions.ts";
import type { Caller } from "./caller.ts";
import { isByToken } from "./judge.ts";

const words: Readonly<Record<Who, string>> = {
  everyone: "everyone",
  "signed-in": "people who signed in",
  operator: "operators",
  OWNER: "owners",
  AUDITOR: "auditors",
  DESIGNER: "designers",
  CONSUMER: "consumers",
};

const listed = (all: readonly string[]): string =>
  all.length < 2 ? all.join("") : `${all.slice(0, -1).join(", ")} and ${all.at(-1)}`;

/**
 * The refusal of a caller who is known: an API client is told the scope that it lacks, a personal token what none does, everyone
 * else who may.
 */
export function refusalOf(caller: Caller, action: Action, grant: Grant): DaybookError {
  const { kind } = caller;
  const { people, scope } = grant;
  if (isByToken(caller) && !byPersonalToken(grant))
    return new DaybookError("not-allowed", {
      detail: `No personal token may do that (${action}).`,
      remedy: "Sign in, and do it in that session.",
    });
  const they = listed(people.map((who) => words[who]));
  if (kind === "api_client" && scope !== undefined)
    return new DaybookError("not-allowed", {
      detail: `This needs the scope ${scope}, which this API client lacks.`,
      remedy: "Add an API client that has it: the scopes of one stay as they are.",
    });
  const detail =
    kind === "api_client"
      ? `No API client may do that (${action}), only ${they} may.`
      : kind === "viewer"
        ? `This viewer session may not do that (${action}).`
        : `Only ${they} may do that (${action}).`;
  return new DaybookError("not-allowed", { detail });
}
