/** The contract of the store for users: the accounts of people. Passwords come here hashed, never as they are. */
import type { ListPage } from "./lists.ts";

/** A person who signs in. `userId` is the store's own; `id` (`user_…`) is what people see. */
export interface User {
  readonly userId: number;
  readonly id: string;
  readonly email: string;
  readonly name: string;
  /** `$scrypt$…`; null: none is set. */
  readonly password: string | null;
  /** OpenID Connect: the provider and its name for the person. */
  readonly issuer: string | null;
  readonly subject: string | null;
  readonly isOperator: boolean;
  readonly createdAt: bigint;
}

/** A user as others may see them. */
export type UserName = Pick<User, "userId" | "id" | "name" | "email">;

/** The rows of users in a writing transaction. */
export interface UserRows {
  /** StoreError `conflict`, constraint `user_account_email_key` or `user_account_subject_key`, where one is taken. */
  insertUser(user: Omit<User, "userId" | "createdAt">): Promise<User>;
  /** Locks the row; undefined if there is none. */
  userForUpdate(which: { userId: number } | { id: string } | { email: string }): Promise<User | undefined>;
  updateUser(
    userId: number,
    set: Partial<Pick<User, "name" | "password" | "issuer" | "subject" | "isOperator">>,
  ): Promise<void>;
  /** Whether there is any user yet; locks out another first one until the commit. */
  anyUserForUpdate(): Promise<boolean>;
}

/** Reading users, of no organization. */
export interface UserReads {
  user(
    which: { userId: number } | { id: string } | { email: string } | { issuer: string; subject: string },
  ): Promise<User | undefined>;
  anyUser(): Promise<boolean>;
  /** By id. */
  users(page: ListPage): Promise<User[]>;
  /** By id. */
  operators(page: ListPage): Promise<UserName[]>;
}
