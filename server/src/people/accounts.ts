/** What this service needs of accounts when a person without one accepts an invitation; `sign-in` implements it. */
import { type Context, DaybookError } from "daybook/internal";
import type { ChangeTransaction } from "../log/index.ts";
import type { Organization } from "../store/contract/organizations.ts";
import type { UserName } from "../store/contract/users.ts";

/** The account to make: the invitation has shown that the address is theirs. */
export interface NewAccount {
  readonly email: string;
  /** As sent. */
  readonly name: unknown;
  readonly password: unknown;
  /** The origin of the request, for its events. */
  readonly context: Context;
  /** The browser's token from earlier sign-ins, if any. */
  readonly browser?: string | undefined;
}

/** The person of the new account, and its first session. */
export interface OpenedAccount {
  readonly user: UserName;
  /** The session's secret, which goes only into the cookie. */
  readonly token: string;
  /** Microseconds since 1970 UTC. */
  readonly expiresAt: bigint;
  /** The browser's new token, by which it is recognized. */
  readonly browser: { readonly token: string; readonly expiresAt: bigint };
}

/**
 * Makes the account and its session, with their events in the organization's log; it can run again after a rollback. Throws the store's
 * `conflict` if the address has an account meanwhile (`user_account_email_key`).
 */
export type OpenAccount = (
  tx: ChangeTransaction,
  organization: Pick<Organization, "organizationId">,
) => Promise<OpenedAccount>;

export interface Accounts {
  /** Checks name and password, and hashes the password before the transaction, because that takes some time. Throws `request-invalid`. */
  prepare(account: NewAccount): Promise<OpenAccount>;
}

/** Used if nothing makes accounts: only people who have one can accept. */
export const noAccounts: Accounts = {
  prepare: () => Promise.reject(new DaybookError("not-allowed", { detail: "No accounts are made here." })),
};
