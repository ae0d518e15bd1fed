/** The dependencies of this service. Shapes only. */
import type { Context } from "daybook/internal";
import type { SignedIn } from "../../access/index.ts";
import type { ChangeTransaction, EventLog, Initiator } from "../../log/index.ts";
import type { Sealer } from "../../secrets/index.ts";
import type { PersonalToken } from "../../store/contract/personal-tokens.ts";
import type { LastUsed } from "../../tokens/index.ts";
import type { Tries } from "../limits/tries.ts";
import type { Passwords } from "../passwords/passwords.ts";
import type { LastSeen } from "./last-seen.ts";
import type { Letters } from "./letters.ts";
import type { Refusing } from "./refused.ts";
import type { SignInStore } from "./sign-in-store.ts";

export interface SignInDependencies {
  readonly store: SignInStore;
  readonly log: Pick<EventLog, "change">;
  /** Microseconds since 1970 UTC. */
  readonly clock: () => bigint;
  readonly passwords: Passwords;
  /** Whether people can sign in with a password. */
  readonly byPassword: boolean;
  /** Encrypts secrets that must be read back. */
  readonly sealer: Sealer;
  /** The name of this service in authenticator apps. */
  readonly issuer: string;
  /** How long a confirmation of identity is valid, in microseconds. */
  readonly freshFor: bigint;
  readonly tries: Tries;
  readonly refusing: Refusing;
  readonly letters: Letters;
  readonly idle: Idle;
  readonly lastSeen: LastSeen;
  /** Stores the day of the last use of a personal token. */
  readonly tokensUsed: LastUsed<PersonalToken>;
}

/** The origin of a sign-in. */
export interface From {
  /** The origin of the request. */
  readonly context?: Context | undefined;
  /** The browser's token from earlier sign-ins. */
  readonly browser?: string | undefined;
}

/** The rows of a change's transaction. */
export type SignInRows = ChangeTransaction["rows"];

/** The microseconds without a request after which a session ends. */
export interface Idle {
  readonly members: bigint;
  readonly operators: bigint;
}

/** A person who changes their own account. */
export interface OwnChange {
  readonly caller: SignedIn;
  readonly initiator: Initiator;
}
