/** The contract of the store for browsers that signed in to an account before. */

/** A browser that signed in to an account: `tokenHash` of what it shows now, `before` of what it showed until then. */
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
   * Keeps that the browser signed in to the account, under what it shows from now on; the other accounts that it is known at go
   * with it. Answers whether it was known at this one before, and that had not ended. Of an account's browsers the 20 that end
   * last are kept.
   */
  rememberBrowser(browser: KnownBrowser): Promise<boolean>;
  /** Forgets all browsers that are known at the account, or all but the one that shows this. None is no error. */
  forgetBrowsers(which: { userId: number; except?: Uint8Array | undefined }): Promise<void>;
}

/** Reading known browsers. */
export interface BrowserReads {
  /** The accounts that the browser of that token is known at, as numbers of users, in no order, whether or not that has ended. */
  knownBrowser(tokenHash: Uint8Array): Promise<{ readonly userId: number; readonly expiresAt: bigint }[]>;
}
