/**
 * What this room needs of accounts when someone who has none accepts an invitation. The room of signing in makes them; this
 * one knows neither passwords nor sessions.
 */
import { type Context, DaybookError } from "daybook/internal";
import type { ChangeTransaction } from "../log/index.ts";
import type { Organization } from "../store/contract/organizations.ts";
import type { UserName } from "../store/contract/users.ts";

/** The account to make: of an address that was shown to be theirs, by the invitation. */
export interface NewAccount {
  readonly email: string;
  /** As they were sent. */
  readonly name: unknown;
  readonly password: unknown;
  /** Where the request comes from, for the events about it. */
  readonly context: Context;
  /** What the browser shows that signed in before, if it did. */
  readonly browser?: string | undefined;
}

/** The person who has an account now, and the session that it began with. */
export interface OpenedAccount {
  readonly user: UserName;
  /** The session's secret: for the cookie, and nothing else. */
  readonly token: string;
  /** Microseconds since 1970 UTC. */
  readonly expiresAt: bigint;
  /** What the browser shows from now on, to be known by. */
  readonly browser: { readonly token: string; readonly expiresAt: bigint };
}

/**
 * Makes the account and its session, with their events in the organization's log; may run again after a rollback. The
 * store's `conflict` where the address has an account meanwhile (`user_account_email_key`).
 */
export type OpenAccount = (
  tx: ChangeTransaction,
  organization: Pick<Organization, "organizationId">,
) => Promise<OpenedAccount>;

export interface Accounts {
  /** Checks name and password and hashes it, before the transaction, for it takes a while. Throws `request-invalid`. */
  prepare(account: NewAccount): Promise<OpenAccount>;
}

/** Where nobody makes accounts: only who has one already can accept. */
export const noAccounts: Accounts = {
  prepare: () => Promise.reject(new DaybookError("not-allowed", { detail: "No accounts are made here." })),
};
