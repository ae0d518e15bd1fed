/** Who is calling, as the authenticators make them out and the access table judges them. Shapes, and the two callers who are always there. */
import type { Actor, RecordedBy } from "daybook/internal";
import type { ApiClient } from "../store/contract/api-clients.ts";
import type { Organization } from "../store/contract/organizations.ts";
import type { HeldSession } from "../store/contract/sessions.ts";
import type { User } from "../store/contract/users.ts";
import type { ViewerSession } from "../store/contract/viewer-sessions.ts";

interface Known {
  /** What limits count by: never a secret. */
  readonly id: string;
  /** For the events that the server writes about what they do. */
  readonly actor: Actor;
  /** Goes into every event that they bring about: who was authenticated. */
  readonly recordedBy: RecordedBy;
}

/** Somebody who showed nothing. */
interface Nobody extends Omit<Known, "recordedBy"> {
  readonly kind: "nobody";
  readonly recordedBy: undefined;
}

/** Whoever holds the operator token. */
interface TokenOperator extends Known {
  readonly kind: "operator";
  /** SHA-256 of the token that was shown: what is opened by it ends when another replaces it. */
  readonly tokenHash: Uint8Array;
}

/** A person, and what they are where, as it was when this request was made out. */
interface KnownPerson extends Known {
  readonly kind: "user";
  readonly user: Omit<User, "password">;
  readonly memberships: HeldSession["memberships"];
}

/** A person who signed in. */
export interface SignedIn extends KnownPerson {
  readonly session: Pick<HeldSession, "id" | "createdAt" | "expiresAt" | "method"> & {
    /** Whether they showed lately who they are: as they signed in, or since. */
    readonly isFresh: boolean;
  };
}

/** A program that showed a personal token: it acts as the person, and nobody sits before it. */
export interface TokenHolder extends KnownPerson {
  readonly session: undefined;
}

/** A person, by whatever they showed. */
export type CallingPerson = SignedIn | TokenHolder;

/** A machine that showed an API client's token. */
export interface Machine extends Known {
  readonly kind: "api_client";
  readonly client: ApiClient;
  readonly organization: Organization;
}

/** A host application's user, at one organization's log. The actor is who opened the session, on behalf of the user: who that is the host says. */
export interface Viewer extends Known {
  readonly kind: "viewer";
  readonly session: Omit<ViewerSession, "tokenHash">;
  readonly organization: Organization;
}

/** Who is calling. */
export type Caller = Nobody | TokenOperator | CallingPerson | Machine | Viewer;
/** A caller who showed who they are. */
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
