/**
 * The authenticator of personal tokens: says whose one is, and what they are where at this moment. Nothing is cached: one that was ended, or
 * a role that was taken, counts from the next request on, in every process.
 */
import { DaybookError } from "daybook/internal";
import { type Authenticator, coalesced } from "../access/index.ts";
import { isWellFormedToken } from "../secrets/index.ts";
import type { SignInDependencies } from "./dependencies.ts";
import { hashOf } from "./ids.ts";
import { actorOf, recordedByOf } from "./people.ts";
import { personalTokenPrefix } from "./personal-tokens.ts";

/** Throws `not-authenticated` once it has ended. */
export function personalTokenAuthenticator({
  store,
  clock,
  tokensUsed,
}: Pick<SignInDependencies, "store" | "clock" | "tokensUsed">): Authenticator {
  const find = coalesced((hashes) => store.personalTokens(hashes));
  return async (token) => {
    const held = isWellFormedToken(token, personalTokenPrefix) ? await find(hashOf(token)) : undefined;
    if (held === undefined || held.expiresAt <= clock()) throw new DaybookError("not-authenticated");
    tokensUsed.note(held);
    const { user, memberships } = held;
    return {
      kind: "user",
      id: user.id,
      actor: actorOf(user),
      recordedBy: recordedByOf(user),
      user,
      session: undefined,
      memberships,
    };
  };
}
