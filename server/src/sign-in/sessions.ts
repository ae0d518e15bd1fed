/**
 * Sessions: opened when somebody signs in, ended by their holder or by what ends them all. A token is shown once and kept as
 * its hash. Nothing of a session is cached: one that has ended is refused on the next request, in every process.
 */
import { DaybookError } from "daybook/error";
import { formatTime } from "daybook/event";
import { coalesced, type Door, type SignedIn } from "../access/index.ts";
import { type By, type ChangeTransaction, says } from "../log/index.ts";
import { sessionsEnded } from "../people/index.ts";
import { credentialOf, isWellFormedToken, newToken } from "../secrets/index.ts";
import type { HeldSession, Session, SignInMethod, User, UserName } from "../store/people.ts";
import type { ShownFactor } from "./factor-codes.ts";
import { hashOf, newId } from "./ids.ts";
import type { Parts } from "./parts.ts";
import { actorOf, type InOrganization, recordedByOf, recordInAll, targetOf } from "./people.ts";

/** What the token of a session begins with. */
export const sessionPrefix = "dbk_session_";
/** Microseconds. */
const lifetime = 14n * 24n * 3_600_000_000n;

/** A session's token and what goes with it, made before the transaction that keeps the session. */
export interface NewSession {
  readonly token: string;
  readonly row: Omit<Session, "createdAt" | "userId"> & { readonly tokenHash: Uint8Array };
}

/** Somebody who has just signed in. `expiresAt` is microseconds since 1970 UTC. */
export interface Entered {
  readonly token: string;
  readonly expiresAt: bigint;
  readonly user: UserName & Pick<User, "isOperator">;
}

export function newSession(now: bigint, method: SignInMethod, userAgent: string | undefined): NewSession {
  const token = newToken(sessionPrefix);
  const row = { id: newId("session_"), tokenHash: hashOf(token), method, userAgent: userAgent ?? null };
  return { token, row: { ...row, expiresAt: now + lifetime } };
}

/** Who begins a session, and where that is told. */
interface Beginning {
  readonly session: NewSession;
  readonly user: User;
  readonly logs: readonly InOrganization[];
  readonly by: By;
  /** What was shown besides the password. */
  readonly secondFactor?: ShownFactor;
}

/** Keeps a new session, with SIGN_IN. */
export async function beginSession(tx: ChangeTransaction, beginning: Beginning): Promise<Entered> {
  const { session, user, logs, by, secondFactor } = beginning;
  const { row, token } = session;
  await tx.rows.insertSession({ ...row, userId: user.userId });
  const { id: sessionId, method } = row;
  const ends = { expiresAt: formatTime(row.expiresAt), credential: credentialOf(row.tokenHash) };
  const shown = secondFactor === undefined ? {} : { secondFactor };
  const data = { userId: user.id, method, ...shown, sessionId, ...ends };
  const event = { type: "SIGN_IN", ...says(by), targets: [targetOf(user)], data };
  await recordInAll(tx, { logs, event, recordedBy: by.recordedBy });
  const { userId, id, email, name, isOperator } = user;
  return { token, expiresAt: row.expiresAt, user: { userId, id, email, name, isOperator } };
}

/** Whose sessions end, and why, in the words of the event. */
interface Ending {
  readonly user: Pick<User, "userId" | "id" | "name">;
  /** The one of that id, or all but that one; absent: all. */
  readonly which?: { readonly id: string } | { readonly except: string };
  readonly why: string;
  readonly logs: readonly InOrganization[];
  readonly by: By;
}

/** Ends sessions, with SESSIONS_ENDED where there were any; how many there were. */
export async function endSessions(tx: ChangeTransaction, ending: Ending): Promise<number> {
  const { user, which, why, logs, by } = ending;
  const ended = await tx.rows.deleteSessions({ userId: user.userId, ...which });
  for (const data of sessionsEnded(user, why, ended)) {
    const event = { type: "SESSIONS_ENDED", ...says(by), targets: [targetOf(user)], data };
    await recordInAll(tx, { logs, event, recordedBy: by.recordedBy });
  }
  return ended.length;
}

/** The door of people: says who holds a session's token. Throws `not-authenticated`. */
export function sessionDoor({ store, clock }: Pick<Parts, "store" | "clock">): Door {
  const find = coalesced((hashes) => store.sessions(hashes));
  return async (token) => {
    const held = isWellFormedToken(token, sessionPrefix) ? await find(hashOf(token)) : undefined;
    if (held === undefined || held.expiresAt <= clock()) throw new DaybookError("not-authenticated");
    return callerOf(held);
  };
}

function callerOf({ user, standings, id, createdAt, expiresAt, method }: HeldSession): SignedIn {
  return {
    kind: "user",
    id: user.id,
    actor: actorOf(user),
    recordedBy: recordedByOf(user),
    user,
    session: { id, createdAt, expiresAt, method },
    standings,
  };
}
