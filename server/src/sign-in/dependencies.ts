/** What the parts of this room stand on. Shapes only. */
import type { Context } from "daybook/internal";
import type { SignedIn } from "../access/index.ts";
import type { ChangeTransaction, EventLog, Initiator } from "../log/index.ts";
import type { Sealer } from "../secrets/index.ts";
import type { PersonalToken } from "../store/contract/personal-tokens.ts";
import type { LastUsed } from "../tokens/index.ts";
import type { LastSeen } from "./last-seen.ts";
import type { Letters } from "./letters.ts";
import type { Passwords } from "./passwords.ts";
import type { Refusing } from "./refused.ts";
import type { SignInStore } from "./sign-in-store.ts";
import type { Tries } from "./tries.ts";

export interface SignInDependencies {
  readonly store: SignInStore;
  readonly log: Pick<EventLog, "change">;
  /** Microseconds since 1970 UTC. */
  readonly clock: () => bigint;
  readonly passwords: Passwords;
  /** Whether people may sign in with a password. */
  readonly byPassword: boolean;
  /** Encrypts what must be read back. */
  readonly sealer: Sealer;
  /** What authenticator apps call this service. */
  readonly issuer: string;
  /** For how many microseconds who showed who they are need not do so again. */
  readonly freshFor: bigint;
  readonly tries: Tries;
  readonly refusing: Refusing;
  readonly letters: Letters;
  readonly idle: Idle;
  readonly lastSeen: LastSeen;
  /** On which day a personal token was used last. */
  readonly tokensUsed: LastUsed<PersonalToken>;
}

/** Where somebody signs in from. */
export interface From {
  /** Where the request comes from. */
  readonly context?: Context | undefined;
  /** What the browser shows that signed in before. */
  readonly browser?: string | undefined;
}

/** The rows of a transaction of ours. */
export type SignInRows = ChangeTransaction["rows"];

/** After how many microseconds without a request a session ends. */
export interface Idle {
  readonly members: bigint;
  readonly operators: bigint;
}

/** A person who asks for a change of their own. */
export interface OwnChange {
  readonly caller: SignedIn;
  readonly by: Initiator;
}
