/**
 * The authenticator of personal tokens: it resolves a token to its holder and their present roles. Nothing is cached: every process refuses
 * an ended token, and applies a lost role, from the next request on.
 */
import { DaybookError } from "daybook/internal";
import { type Authenticator, coalescedByHash } from "../../access/index.ts";
import { isWellFormedToken } from "../../secrets/index.ts";
import type { SignInDependencies } from "../base/dependencies.ts";
import { hashOf } from "../base/ids.ts";
import { actorOf, recordedByOf } from "../base/people.ts";
import { personalTokenPrefix } from "./personal-tokens.ts";

/** Throws `not-authenticated` if it has ended. */
export function personalTokenAuthenticator({
  store,
  clock,
  tokensUsed,
}: Pick<SignInDependencies, "store" | "clock" | "tokensUsed">): Authenticator {
  const find = coalescedByHash((hashes) => store.personalTokens(hashes));
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
