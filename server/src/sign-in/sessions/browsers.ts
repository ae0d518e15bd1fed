/**
 * Known browsers: those that signed in to an account before. Each has a token in its own cookie, which gives no access: it only means that
 * strangers' wrong passwords don't count for it, and that its next sign-in isn't new. The token changes at each sign-in.
 */
import type { Context } from "daybook/internal";
import { isLive, isWellFormedToken, newToken } from "../../secrets/index.ts";
import type { KnownBrowser } from "../../store/contract/browsers.ts";
import type { User } from "../../store/contract/users.ts";
import type { SignInDependencies } from "../base/dependencies.ts";
import type { Entered } from "../base/entered.ts";
import { hashOf } from "../base/ids.ts";

const browserPrefix = "dbk_browser_";
/** Microseconds: 400 days, the maximum lifetime of a cookie in browsers. */
const lifetime = 400n * 86_400_000_000n;

/** The browser's new token, made before the transaction that stores it. */
export interface NewBrowser {
  readonly token: string;
  /** Microseconds since 1970 UTC. */
  readonly expiresAt: bigint;
  readonly row: Omit<KnownBrowser, "userId">;
}

/** The hash of the browser's token; undefined if it isn't one of Daybook's. */
export const browserHash = (shown: string | undefined): Uint8Array | undefined =>
  shown !== undefined && isWellFormedToken(shown, browserPrefix) ? hashOf(shown) : undefined;

/** `shown`: the browser's previous token, if any. */
export function newBrowser(now: bigint, shown: string | undefined): NewBrowser {
  const token = newToken(browserPrefix);
  const expiresAt = now + lifetime;
  return { token, expiresAt, row: { tokenHash: hashOf(token), before: browserHash(shown), expiresAt } };
}

/** The key that counts the attempts of a known browser at an account; undefined for other browsers. */
export async function ownTries(
  { store, clock }: Pick<SignInDependencies, "store" | "clock">,
  shown: string | undefined,
  user: Pick<User, "userId"> | undefined,
): Promise<string | undefined> {
  const tokenHash = browserHash(shown);
  if (tokenHash === undefined) return undefined;
  const known = await store.knownBrowser(tokenHash);
  const isKnown = known.some(
    ({ userId, expiresAt }) => userId === user?.userId && isLive(expiresAt, lifetime, clock()),
  );
  return isKnown ? `browser ${Buffer.from(tokenHash).toString("base64url")} ${user?.userId}` : undefined;
}

/** Writes to the holder if the browser is new to their account. */
export function announced<T extends Entered | { readonly needs: string }>(
  { letters }: Pick<SignInDependencies, "letters">,
  entered: T,
  context: Context | undefined,
): T {
  if ("isNewBrowser" in entered && entered.isNewBrowser) letters.newBrowser(entered.user, context);
  return entered;
}
