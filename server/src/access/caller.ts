/** The caller of a request, as authenticators resolve it and the access table judges it. Shapes, and the two fixed callers. */
import type { Actor, RecordedBy } from "daybook/internal";
import type { ApiClient } from "../store/contract/api-clients.ts";
import type { Organization } from "../store/contract/organizations.ts";
import type { HeldSession } from "../store/contract/sessions.ts";
import type { User } from "../store/contract/users.ts";
import type { ViewerSession } from "../store/contract/viewer-sessions.ts";

interface Known {
  /** The key that limits count by; never a secret. */
  readonly id: string;
  /** The actor of events that the server writes about what the caller does. */
  readonly actor: Actor;
  /** The authenticated caller, which goes into every event that the caller causes. */
  readonly recordedBy: RecordedBy;
}

/** A caller without a token. */
interface Nobody extends Omit<Known, "recordedBy"> {
  readonly kind: "nobody";
  readonly recordedBy: undefined;
}

/** The holder of the operator token. */
interface TokenOperator extends Known {
  readonly kind: "operator";
  /** SHA-256 of the token: what is opened with it ends when another token replaces it. */
  readonly tokenHash: Uint8Array;
}

/** A person with their memberships at the time of this request. */
interface KnownPerson extends Known {
  readonly kind: "user";
  readonly user: Omit<User, "password">;
  readonly memberships: HeldSession["memberships"];
}

/** A person who signed in. */
export interface SignedIn extends KnownPerson {
  readonly session: Pick<HeldSession, "id" | "createdAt" | "expiresAt" | "method"> & {
    /** Whether they confirmed their identity recently, by signing in or since. */
    readonly isFresh: boolean;
  };
}

/** A program with a personal token: it acts as the person, who doesn't use it interactively. */
export interface TokenHolder extends KnownPerson {
  readonly session: undefined;
}

/** A person, with any credential. */
export type CallingPerson = SignedIn | TokenHolder;

/** A machine with an API client's token. */
export interface Machine extends Known {
  readonly kind: "api_client";
  readonly client: ApiClient;
  readonly organization: Organization;
}

/**
 * A user of a host application, who reads one organization's log. The actor is the opener of the session, on behalf of the user, whom the
 * host names.
 */
export interface Viewer extends Known {
  readonly kind: "viewer";
  readonly session: Omit<ViewerSession, "tokenHash">;
  readonly organization: Organization;
}

/** The caller of a request. */
export type Caller = Nobody | TokenOperator | CallingPerson | Machine | Viewer;
/** A caller with credentials. */
export type KnownCaller = Exclude<Caller, Nobody>;

export const operatorBy = (tokenHash: Uint8Array): TokenOperator => ({
  kind: "operator",
  id: "operator",
  recordedBy: { type: "operator", id: "operator" },
  actor: { type: "user", id: "operator" },
  tokenHash,
});

export const nobody: Nobody = {
  kind: "nobody",
  id: "nobody",
  recordedBy: undefined,
  actor: { type: "anonymous" },
};
