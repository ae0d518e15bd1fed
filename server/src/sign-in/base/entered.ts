/** The result of a sign-in. Shapes only. */
import type { User, UserName } from "../../store/contract/users.ts";

/** A person who has just signed in. `expiresAt` is microseconds since 1970 UTC. */
export interface Entered {
  readonly token: string;
  readonly expiresAt: bigint;
  /** The browser's new token, by which it is recognized. */
  readonly browser: { readonly token: string; readonly expiresAt: bigint };
  /** Whether it had not signed in to this account before. */
  readonly isNewBrowser: boolean;
  readonly user: UserName & Pick<User, "isOperator">;
}
