/** API clients: machines that write and read an organization's log, each with a token, an expiry date and scopes. */
import type { Scope } from "./scopes.ts";

/** An API client as the lists show it, without its token. Days are `YYYY-MM-DD`, UTC. */
export interface ApiClient {
  /** `client_…`; it never changes. */
  readonly id: string;
  /** 1 to 100 characters, unique among clients that are not deleted, regardless of case. */
  readonly name: string;
  /** The last day on which it works, e.g. `2027-05-31`. */
  readonly expiresOn: string;
  /** Whether its tokens work. */
  readonly status: "active" | "expired" | "revoked";
  /** What it may do. */
  readonly scopes: readonly Scope[];
  /** The creator at the time of adding. */
  readonly createdBy: {
    /** The kind of caller. */
    readonly type: string;
    /** Their id. */
    readonly id: string;
    /** Their name at that time. */
    readonly name?: string;
    /** Whether they were a member then, and no longer are. */
    readonly hasLeft: boolean;
  };
  /** RFC 3339, UTC, six decimals. */
  readonly createdAt: string;
  /** The day of the last request with its token; null if there was none. */
  readonly lastUsedOn: string | null;
  /** The start of the newest token: `dbk_live_` and 6 characters, to trace a leaked token. */
  readonly tokenPrefix: string;
  /** For an active client that expires soon: the number of days, 7 or 30, within which it expires; otherwise null. */
  readonly expiresWithinDays: 7 | 30 | null;
}

/**
 * A client and its new token. Daybook returns the token once and stores only its hash. It is absent if the first response was lost and the
 * request was repeated: the client exists, and `rotate` gives it another token.
 */
export type IssuedApiClient = ApiClient & {
  /** The token, shown once. */
  readonly token?: string;
};

/** An API client to add. */
export interface NewApiClient {
  /** 1 to 100 characters, unique among clients that are not deleted, ignoring case. */
  readonly name: string;
  /** A day from tomorrow to 12 months ahead, UTC, e.g. `2027-05-31`. You can't change it later. */
  readonly expiresOn: string;
  /** At least one scope. You can't change them later. */
  readonly scopes: readonly Scope[];
}
