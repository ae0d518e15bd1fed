/**
 * Half-sessions, between password and code: a person with a second factor who entered a correct password gets one, which is valid only for
 * entering a code. It lasts some minutes and some attempts.
 */
import { hash } from "node:crypto";
import { DaybookError } from "daybook/internal";
import { type ChangeTransaction, inOneAct } from "../../log/index.ts";
import { isLive, isWellFormedToken, newToken } from "../../secrets/index.ts";
import { inNone, spanning } from "../../store/contract/placement.ts";
import type { HalfSession } from "../../store/contract/second-factors.ts";
import type { SignInMethod } from "../../store/contract/sessions.ts";
import type { User } from "../../store/contract/users.ts";
import type { From, SignInDependencies } from "../base/dependencies.ts";
import type { Entered } from "../base/entered.ts";
import { hashOf } from "../base/ids.ts";
import { asThemselves, logsOf } from "../base/people.ts";
import { trying } from "../limits/trying.ts";
import { type ShownFactor, takeFactorCode } from "../second-factor/factor-codes.ts";
import { announced, ownTries } from "./browsers.ts";
import { beginSession, newSession } from "./sessions.ts";

/** The prefix of half-sessions' tokens. */
const halfPrefix = "dbk_half_";
/** Microseconds. */
const lifetime = 10n * 60_000_000n;
const mostTries = 5;

/** A person with a correct password, who must enter a code. `expiresAt` is microseconds since 1970 UTC. */
export interface HalfEntered {
  readonly needs: "second-factor";
  readonly token: string;
  readonly expiresAt: bigint;
}

export const isHalf = (entered: Entered | HalfEntered): entered is HalfEntered => "needs" in entered;

/** The hash of a stored password hash: it identifies the password without revealing it. */
const passwordMark = ({ password }: Pick<User, "password">): Uint8Array =>
  hash("sha256", password ?? "", "buffer");

interface Halving {
  readonly user: User;
  readonly method: SignInMethod;
  readonly now: bigint;
  readonly userAgent: string | undefined;
}

/** Stores a half-session if the person has a second factor; undefined if they have none, and can sign in. */
export async function beginHalf(
  { rows }: Pick<ChangeTransaction, "rows">,
  { user, method, now, userAgent = undefined }: Halving,
): Promise<HalfEntered | undefined> {
  const { userId } = user;
  if ((await rows.secondFactorForUpdate(userId)) === undefined) return undefined;
  const token = newToken(halfPrefix);
  const expiresAt = now + lifetime;
  const of = { userId, method, passwordHash: passwordMark(user), userAgent: userAgent ?? null };
  await rows.insertHalfSession({ ...of, tokenHash: hashOf(token), expiresAt });
  return { needs: "second-factor", token, expiresAt };
}

/**
 * Signs in the holder of a half-session with a code: of their app, or a recovery code.
 * @throws DaybookError `sign-in-expired`; `second-factor-refused`; `too-many-requests`; `secret-unreadable`
 */
export async function finishHalf(
  dependencies: SignInDependencies,
  { token, code }: { readonly token: string | undefined; readonly code: string },
  { context, browser }: From = {},
): Promise<Entered> {
  const { store, log, clock } = dependencies;
  const half = await countedTry(dependencies, token);
  const known = await store.user({ userId: half.userId });
  if (known === undefined) throw new DaybookError("sign-in-expired");
  const logs = await logsOf(store, known);
  const own = await ownTries(dependencies, browser, known);
  const from = { account: `second factor ${known.id}`, ip: context?.ip, own: own && `second factor ${own}` };
  const finished = await trying(dependencies.tries, from, async () => {
    const session = newSession(clock(), half.method, { userAgent: half.userAgent ?? undefined, browser });
    const entered = await log.change(
      async (tx) => {
        const user = await tx.rows.userForUpdate({ userId: half.userId });
        if (user === undefined || !sameBytes(passwordMark(user), half.passwordHash))
          throw new DaybookError("sign-in-expired");
        const initiator = inOneAct(asThemselves(user, context), session.row.id);
        const shown: ShownFactor | undefined = await takeFactorCode(dependencies, tx.rows, { user, code });
        if (shown === undefined) return undefined;
        // of two simultaneous codes, one signs in
        if (!(await tx.rows.deleteHalfSession(half.tokenHash))) throw new DaybookError("sign-in-expired");
        return beginSession(tx, { session, user, logs, initiator, secondFactor: shown });
      },
      spanning("account", logs),
    );
    if (entered !== undefined) return entered;
    dependencies.refusing.note({
      user: known,
      method: half.method,
      why: "Wrong code of the second factor",
      context,
    });
    return new DaybookError("second-factor-refused");
  });
  return announced(dependencies, finished, context);
}

/** The half-session, after counting an attempt in a separate transaction, which a wrong code doesn't roll back. */
async function countedTry(
  { log, clock }: SignInDependencies,
  token: string | undefined,
): Promise<HalfSession> {
  const tokenHash = token !== undefined && isWellFormedToken(token, halfPrefix) ? hashOf(token) : undefined;
  const half = tokenHash && (await log.change(({ rows }) => rows.tryHalfSession(tokenHash), inNone));
  if (half === undefined || !isLive(half.expiresAt, lifetime, clock()) || half.tries > mostTries)
    throw new DaybookError("sign-in-expired");
  return half;
}

/** Whether the half-session exists and still works: for the page that asks for the code. */
export async function isHalfSession(
  { store, clock }: SignInDependencies,
  token: string | undefined,
): Promise<boolean> {
  if (token === undefined || !isWellFormedToken(token, halfPrefix)) return false;
  const half = await store.halfSession(hashOf(token));
  return half !== undefined && isLive(half.expiresAt, lifetime, clock()) && half.tries < mostTries;
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
