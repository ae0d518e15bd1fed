/**
 * Sessions: opened by a sign-in, ended by their holder or together. A token is returned once and stored as a hash. Nothing of a session is
 * cached: every process refuses an ended one on the next request.
 */

import { DaybookError, formatTime } from "daybook/internal";
import { type Authenticator, coalescedByHash, type SignedIn } from "../../access/index.ts";
import { actorAndContext, type ChangeTransaction, type Initiator } from "../../log/index.ts";
import { sessionsEnded } from "../../people/index.ts";
import { credentialOf, isLive, isWellFormedToken, newToken } from "../../secrets/index.ts";
import type { HeldSession, Session, SignInMethod } from "../../store/contract/sessions.ts";
import type { User } from "../../store/contract/users.ts";
import type { Idle, SignInDependencies } from "../base/dependencies.ts";
import type { Entered } from "../base/entered.ts";
import { hashOf, newId } from "../base/ids.ts";
import { actorOf, type MemberOrganization, recordedByOf, recordInAll, targetOf } from "../base/people.ts";
import type { ShownFactor } from "../second-factor/factor-codes.ts";
import { browserHash, type NewBrowser, newBrowser } from "./browsers.ts";

/** The prefix of sessions' tokens. */
export const sessionPrefix = "dbk_session_";
/** Microseconds, regardless of activity. */
const lifetime = 14n * 24n * 3_600_000_000n;

/** The session of a token has ended, by time or by a person: only the holder of such a token gets this error. */
export class SessionEnded extends DaybookError {
  /** IDLE: there was no activity for some time. OVER: it reached its maximum length. ENDED: a person ended it, or it ended long ago. */
  readonly why: "IDLE" | "OVER" | "ENDED";

  constructor(why: SessionEnded["why"]) {
    super("not-authenticated", { detail: endings[why] });
    this.why = why;
  }
}

const endings: Readonly<Record<SessionEnded["why"], string>> = {
  IDLE: "The session has ended because it was inactive.",
  OVER: "The session has ended because it was 14 days old.",
  ENDED: "The session has ended.",
};

/** When a session ends without further activity. */
export const endOf = (
  { lastSeenAt, expiresAt }: Pick<Session, "lastSeenAt" | "expiresAt">,
  idle: bigint,
): bigint => (lastSeenAt + idle < expiresAt ? lastSeenAt + idle : expiresAt);

export const idleOf = ({ members, operators }: Idle, { isOperator }: Pick<User, "isOperator">): bigint =>
  isOperator ? operators : members;

/** A session's token and its related values, made before the transaction that stores the session. */
export interface SessionToOpen {
  readonly token: string;
  readonly row: Omit<Session, "createdAt" | "authenticatedAt" | "userId"> & {
    readonly authenticatedAt: bigint | undefined;
    readonly tokenHash: Uint8Array;
  };
  readonly browser: NewBrowser;
}

/** The origin of the sign-in. */
interface SessionOrigin {
  readonly userAgent?: string | undefined;
  /** The browser's token from earlier sign-ins. */
  readonly browser?: string | undefined;
  /** When they confirmed their identity, if that was earlier; default: now. */
  readonly authenticatedAt?: bigint | undefined;
}

export function newSession(
  now: bigint,
  method: SignInMethod,
  { userAgent, browser, authenticatedAt }: SessionOrigin,
): SessionToOpen {
  const token = newToken(sessionPrefix);
  const row = { id: newId("session_"), tokenHash: hashOf(token), method, userAgent: userAgent ?? null };
  return {
    token,
    row: { ...row, expiresAt: now + lifetime, lastSeenAt: now, authenticatedAt },
    browser: newBrowser(now, browser),
  };
}

/** The person of a new session, and the logs for its event. */
interface Beginning {
  readonly session: SessionToOpen;
  readonly user: User;
  readonly logs: readonly MemberOrganization[];
  readonly initiator: Initiator;
  /** What they entered besides the password. */
  readonly secondFactor?: ShownFactor;
}

/** Stores a new session and its browser, with SIGN_IN. */
export async function beginSession(tx: ChangeTransaction, beginning: Beginning): Promise<Entered> {
  const { session, user, logs, initiator, secondFactor } = beginning;
  const { row, token, browser } = session;
  await tx.rows.insertSession({ ...row, userId: user.userId });
  const isKnown = await tx.rows.rememberBrowser({ ...browser.row, userId: user.userId });
  const { id: sessionId, method } = row;
  const ends = { expiresAt: formatTime(row.expiresAt), credential: credentialOf(row.tokenHash) };
  const shown = secondFactor === undefined ? {} : { secondFactor };
  const data = { userId: user.id, method, ...shown, sessionId, ...ends };
  const event = { type: "SIGN_IN", ...actorAndContext(initiator), targets: [targetOf(user)], data };
  await recordInAll(tx, { logs, event, recordedBy: initiator.recordedBy });
  const { userId, id, email, name, isOperator } = user;
  const known = { token: browser.token, expiresAt: browser.expiresAt };
  const who = { userId, id, email, name, isOperator };
  return { token, expiresAt: row.expiresAt, browser: known, isNewBrowser: !isKnown, user: who };
}

/** The person whose sessions end, and the reason, in the words of the event. */
interface SessionEnding {
  readonly user: Pick<User, "userId" | "id" | "name">;
  /** The one with that id, or all except that one; default: all. */
  readonly which?: { readonly id: string } | { readonly except: string };
  readonly why: string;
  /** The token of the browser that stays known if all end. */
  readonly browser?: string | undefined;
  readonly logs: readonly MemberOrganization[];
  readonly initiator: Initiator;
}

/**
 * Ends sessions, with SESSIONS_ENDED if there were any; returns their number. If all except the caller's end, their browsers are no longer
 * known, and half-sessions end.
 */
export async function endSessions(tx: ChangeTransaction, ending: SessionEnding): Promise<number> {
  const { user, which, why, logs, initiator } = ending;
  const { userId } = user;
  if (which === undefined || "except" in which) {
    await tx.rows.forgetBrowsers({ userId, except: browserHash(ending.browser) });
    await tx.rows.deleteHalfSessions(userId);
  }
  const ended = await tx.rows.deleteSessions({ userId, ...which });
  for (const data of sessionsEnded(user, why, ended)) {
    const event = { type: "SESSIONS_ENDED", ...actorAndContext(initiator), targets: [targetOf(user)], data };
    await recordInAll(tx, { logs, event, recordedBy: initiator.recordedBy });
  }
  return ended.length;
}

/** The authenticator of people: resolves a session's token to its holder, and notes the activity. Throws `SessionEnded`. */
export function sessionAuthenticator({
  store,
  clock,
  idle,
  lastSeen,
  freshFor,
}: SessionDependencies): Authenticator {
  const find = coalescedByHash((hashes) => store.sessions(hashes));
  return async (token, isAgain = false) => {
    if (!isWellFormedToken(token, sessionPrefix)) throw new DaybookError("not-authenticated");
    const held = await find(hashOf(token));
    if (held === undefined) throw new SessionEnded("ENDED");
    const now = clock();
    const mayIdle = idleOf(idle, held.user);
    if (!isLive(held.expiresAt, lifetime, now)) throw new SessionEnded("OVER");
    // a time in the future is of a clock that ran ahead: then nobody knows since when it idles
    if (endOf(held, mayIdle) <= now || held.lastSeenAt > now + mayIdle) throw new SessionEnded("IDLE");
    if (!isAgain) lastSeen.note(held, mayIdle);
    return callerOf(held, isLive(held.authenticatedAt + freshFor, freshFor, now));
  };
}

type SessionDependencies = Pick<SignInDependencies, "store" | "clock" | "idle" | "lastSeen" | "freshFor">;

function callerOf(held: HeldSession, isFresh: boolean): SignedIn {
  const { user, memberships, id, createdAt, expiresAt, method } = held;
  return {
    kind: "user",
    id: user.id,
    actor: actorOf(user),
    recordedBy: recordedByOf(user),
    user,
    session: { id, createdAt, expiresAt, method, isFresh },
    memberships,
  };
}
