/** The contract of the store for browsers that signed in to an account before. */

/** A browser that signed in to an account: `tokenHash` of what it shows now, `before` of what it showed until then. */
export interface KnownBrowser {
  readonly userId: number;
  readonly tokenHash: Uint8Array;
  readonly before: Uint8Array | undefined;
  readonly expiresAt: bigint;
}

/** The rows of known browsers in a writing transaction. */
export interface BrowserRows {
  /**
   * Keeps that the browser signed in to the account, under what it shows from now on; the other accounts that it is known at go
   * with it. Whether it was known at this one before. Of an account's browsers those that end last are kept, some twenty.
   */
  rememberBrowser(browser: KnownBrowser): Promise<boolean>;
  /** All that are known at the account, or all but the one that shows this. */
  forgetBrowsers(which: { userId: number; except?: Uint8Array | undefined }): Promise<void>;
}

/** Reading known browsers. */
export interface BrowserReads {
  /** The accounts that the browser of that token is known at, as numbers of users, whether or not that has ended. */
  knownBrowser(tokenHash: Uint8Array): Promise<{ readonly userId: number; readonly expiresAt: bigint }[]>;
}
