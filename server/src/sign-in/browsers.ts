/**
 * Browsers that signed in to an account before. Each holds a token in a cookie of its own, which lets it in nowhere: it only says
 * that wrong passwords of strangers don't count for it, and that its next sign-in is nothing new. The token changes at each sign-in.
 */
import type { Context } from "daybook/internal";
import { isWellFormedToken, newToken } from "../secrets/index.ts";
import type { KnownBrowser } from "../store/contract/browsers.ts";
import type { User } from "../store/contract/users.ts";
import type { SignInDependencies } from "./dependencies.ts";
import type { Entered } from "./entered.ts";
import { hashOf } from "./ids.ts";

const browserPrefix = "dbk_browser_";
/** Microseconds: 400 days, longer than which browsers keep no cookie. */
const lifetime = 400n * 86_400_000_000n;

/** What a browser shows from a sign-in on, made before the transaction that keeps it. */
export interface NewBrowser {
  readonly token: string;
  /** Microseconds since 1970 UTC. */
  readonly expiresAt: bigint;
  readonly row: Omit<KnownBrowser, "userId">;
}

/** The hash of what a browser shows; undefined where that is no token of ours. */
export const browserHash = (shown: string | undefined): Uint8Array | undefined =>
  shown !== undefined && isWellFormedToken(shown, browserPrefix) ? hashOf(shown) : undefined;

/** `shown`: what it showed until now, if anything. */
export function newBrowser(now: bigint, shown: string | undefined): NewBrowser {
  const token = newToken(browserPrefix);
  const expiresAt = now + lifetime;
  return { token, expiresAt, row: { tokenHash: hashOf(token), before: browserHash(shown), expiresAt } };
}

/** What the tries of a browser at an account are counted by, where it signed in to that before; else undefined. */
export async function ownTries(
  { store, clock }: Pick<SignInDependencies, "store" | "clock">,
  shown: string | undefined,
  user: Pick<User, "userId"> | undefined,
): Promise<string | undefined> {
  const tokenHash = browserHash(shown);
  if (tokenHash === undefined) return undefined;
  const known = await store.knownBrowser(tokenHash);
  const isKnown = known.some(({ userId, expiresAt }) => userId === user?.userId && expiresAt > clock());
  return isKnown ? `browser ${Buffer.from(tokenHash).toString("base64url")} ${user?.userId}` : undefined;
}

/** Tells the holder by a letter where the browser that signed in is new to their account. */
export function announced<T extends Entered | { readonly needs: string }>(
  { letters }: Pick<SignInDependencies, "letters">,
  entered: T,
  context: Context | undefined,
): T {
  if ("isNewBrowser" in entered && entered.isNewBrowser) letters.newBrowser(entered.user, context);
  return entered;
}
