/** The contract of the store for users: the accounts of people. The store gets their passwords only as hashes. */
import type { ListPage } from "./lists.ts";

/** A person who signs in. `userId` is the store's own; `id` (`user_…`) is public. */
export interface User {
  readonly userId: number;
  readonly id: string;
  readonly email: string;
  readonly name: string;
  /** `$scrypt$…`; null if there is none. */
  readonly password: string | null;
  /** OpenID Connect: the provider, and its subject identifier for the person. */
  readonly issuer: string | null;
  readonly subject: string | null;
  readonly isOperator: boolean;
  readonly createdAt: bigint;
}

/** A user as others see them. */
export type UserName = Pick<User, "userId" | "id" | "name" | "email">;

/**
 * Step 1 of a writing transaction: the rows of users. They are locked after organizations, and before sessions, codes and tokens.
 */
export interface UserRows {
  /**
   * Makes a user, with the next number. Rejects with StoreError `conflict`, constraint `user_account_email_key` (the address, by
   * `addressKey`) or `user_account_subject_key` (issuer and subject), if one is taken.
   */
  insertUser(user: Omit<User, "userId" | "createdAt">): Promise<User>;
  /** Locks the user's row and returns it; undefined if there is none. */
  userForUpdate(which: { userId: number } | { id: string } | { email: string }): Promise<User | undefined>;
  /**
   * Sets the given values; undefined members stay, null empties. Rejects with StoreError `conflict` if there is no such user, or as
   * `insertUser`.
   */
  updateUser(
    userId: number,
    set: Partial<Pick<User, "name" | "password" | "issuer" | "subject" | "isOperator">>,
  ): Promise<void>;
  /**
   * Whether there is any user. If there is none, other transactions that call this wait until this one ends, so that only one of them makes
   * the first user.
   */
  anyUserForUpdate(): Promise<boolean>;
}

/** Reading users. They belong to no organization, so no row scope applies. */
export interface UserReads {
  /** The user with that number, id, address (by `addressKey`) or issuer and subject; undefined if there is none. */
  user(
    which: { userId: number } | { id: string } | { email: string } | { issuer: string; subject: string },
  ): Promise<User | undefined>;
  /** Whether there is any user, as last committed. */
  anyUser(): Promise<boolean>;
  /** Users in the order of id, the first after `after`. */
  users(page: ListPage): Promise<User[]>;
  /** Users who are operators, in the order of id, the first after `after`. */
  operators(page: ListPage): Promise<UserName[]>;
}
