/** What somebody has once they have signed in. Shapes only. */
import type { User, UserName } from "../store/contract/users.ts";

/** Somebody who has just signed in. `expiresAt` is microseconds since 1970 UTC. */
export interface Entered {
  readonly token: string;
  readonly expiresAt: bigint;
  /** What the browser shows from now on, to be known by. */
  readonly browser: { readonly token: string; readonly expiresAt: bigint };
  /** Whether it had not signed in to this account before. */
  readonly isNewBrowser: boolean;
  readonly user: UserName & Pick<User, "isOperator">;
}
