/** The contract of the store for browsers that signed in to an account before. */

/** A browser that signed in to an account: `tokenHash` is the hash of its present token, `before` that of its previous one. */
export interface KnownBrowser {
  readonly userId: number;
  readonly tokenHash: Uint8Array;
  readonly before: Uint8Array | undefined;
  readonly expiresAt: bigint;
}

/**
 * Step 1 of a writing transaction: the rows of known browsers. The user's row MUST be locked before, so that two sign-ins to an
 * account follow each other.
 */
export interface BrowserRows {
  /**
   * Stores that the browser signed in to the account, under its new token; its other accounts move to the new token too. Returns whether it
   * was known at this account before, without having expired. Of an account's browsers, the store keeps the 20 that expire last.
   */
  rememberBrowser(browser: KnownBrowser): Promise<boolean>;
  /** Removes all known browsers of the account, or all except the one with this token. It is no error if there are none. */
  forgetBrowsers(which: { userId: number; except?: Uint8Array | undefined }): Promise<void>;
}

/** Reading known browsers. */
export interface BrowserReads {
  /** The accounts at which the browser with that token is known, as numbers of users, in no order, including expired ones. */
  knownBrowser(tokenHash: Uint8Array): Promise<{ readonly userId: number; readonly expiresAt: bigint }[]>;
}
