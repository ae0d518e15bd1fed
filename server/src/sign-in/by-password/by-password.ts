/** Signing in with a password, and choosing one: with a one-time code, or with the current password. */
import { hash } from "node:crypto";
import { type Context, DaybookError, refuse } from "daybook/internal";
import type { SignedIn } from "../../access/index.ts";
import { actorAndContext, type ChangeTransaction, type Initiator, inOneAct } from "../../log/index.ts";
import { addressKey } from "../../store/contract/name-key.ts";
import { spanning } from "../../store/contract/placement.ts";
import type { User } from "../../store/contract/users.ts";
import type { From, SignInDependencies } from "../base/dependencies.ts";
import type { Entered } from "../base/entered.ts";
import { asThemselves, logsOf, type MemberOrganization, recordInAll, targetOf } from "../base/people.ts";
import { trying } from "../limits/trying.ts";
import { checkPassword, isEmail } from "../passwords/rules.ts";
import { announced, ownTries } from "../sessions/browsers.ts";
import { beginHalf, type HalfEntered } from "../sessions/half-sessions.ts";
import { beginSession, endSessions, newSession } from "../sessions/sessions.ts";
import { lookAtCode, takeCode } from "./codes.ts";

/** The key that counts attempts: never the address itself, because it can be a password in the wrong field. */
export const accountKey = (email: string): string => hash("sha256", addressKey(email.trim()), "base64url");

/** @throws DaybookError `sign-in-refused`, with the same text and after the same time for every cause; `too-many-requests`, `overloaded` */
export async function signIn(
  dependencies: SignInDependencies,
  { email, password }: { readonly email: string; readonly password: string },
  { context, browser }: From = {},
): Promise<Entered | HalfEntered> {
  const { store, passwords, tries } = dependencies;
  const address = email.trim();
  const user = isEmail(address) ? await store.user({ email: address }) : undefined;
  const own = await ownTries(dependencies, browser, user);
  const entered = await trying(tries, { account: accountKey(email), ip: context?.ip, own }, async () => {
    const isRight = await passwords.verify(password, user?.password);
    if (user === undefined || !isRight) return refusedSignIn(dependencies, user, context);
    return enter(dependencies, { user, password, context, browser });
  });
  return announced(dependencies, entered, context);
}

function refusedSignIn(
  { refusing }: SignInDependencies,
  user: User | undefined,
  context: Context | undefined,
): DaybookError {
  const why = user?.password === null ? "No password is set" : "Wrong password";
  refusing.note(user && { user, method: "PASSWORD", why, context });
  return new DaybookError("sign-in-refused");
}

interface Entering extends From {
  /** Their values when the password was compared. */
  readonly user: User;
  readonly password: string;
}

/**
 * After a correct password: makes a session, or a half-session if there is a second factor, and hashes the password with the present
 * parameters.
 */
async function enter(
  dependencies: SignInDependencies,
  { user, password, context, browser }: Entering,
): Promise<Entered | HalfEntered> {
  const { store, log, clock, passwords } = dependencies;
  const outdated = user.password !== null && passwords.isOutdated(user.password);
  const renewed = outdated ? await passwords.hash(password) : undefined;
  const session = newSession(clock(), "PASSWORD", { userAgent: context?.userAgent, browser });
  const logs = await logsOf(store, user);
  return log.change(
    async (tx) => {
      const now = await tx.rows.userForUpdate({ userId: user.userId });
      // changed or removed since it was compared
      if (now === undefined || now.password !== user.password) throw new DaybookError("sign-in-refused");
      const half = { user: now, method: "PASSWORD", now: clock(), userAgent: context?.userAgent } as const;
      const begun = await beginHalf(tx, half);
      if (begun !== undefined) return begun;
      if (renewed !== undefined) await tx.rows.updateUser(user.userId, { password: renewed });
      return beginSession(tx, { session, user: now, logs, initiator: asThemselves(now, context) });
    },
    spanning("account", logs),
  );
}

/**
 * Chooses a password with a code for an account, and signs in, or half if there is a second factor; earlier sessions end.
 * @throws DaybookError `code-refused`, `request-invalid`, `overloaded`
 */
export async function choosePassword(
  dependencies: SignInDependencies,
  { code, password }: { readonly code: string; readonly password: string },
  { context, browser }: From = {},
): Promise<Entered | HalfEntered> {
  const { store, log, clock, passwords } = dependencies;
  const { userId } = await lookAtCode(store, code, clock());
  const known = userId === null ? undefined : await store.user({ userId });
  if (known === undefined) throw new DaybookError("code-refused");
  await checkPassword(password, known);
  const kept = await passwords.hash(password);
  const session = newSession(clock(), "SETUP_LINK", { userAgent: context?.userAgent, browser });
  const logs = await logsOf(store, known);
  const entered = await log.change(
    async (tx) => {
      const user = await tx.rows.userForUpdate({ userId: known.userId });
      const taken = await takeCode(tx.rows, code, clock());
      if (user === undefined || taken.userId !== user.userId) throw new DaybookError("code-refused");
      await tx.rows.deleteCodes(user.userId);
      const initiator = inOneAct(asThemselves(user, context), session.row.id);
      await setPassword(tx, { user, kept, how: "SET_UP", logs, initiator });
      await endSessions(tx, { user, why: "Password chosen by a link", browser, logs, initiator });
      const chosen = { ...user, password: kept };
      const half = {
        user: chosen,
        method: "SETUP_LINK",
        now: clock(),
        userAgent: context?.userAgent,
      } as const;
      return (await beginHalf(tx, half)) ?? beginSession(tx, { session, user: chosen, logs, initiator });
    },
    spanning("account", logs),
  );
  return announced(dependencies, entered, context);
}

export interface ChangingPassword {
  readonly caller: SignedIn;
  readonly current: string;
  readonly password: string;
  readonly initiator: Initiator;
  /** The token of the browser. */
  readonly browser?: string | undefined;
}

/**
 * Changes the caller's own password; all other sessions end.
 * @throws DaybookError `request-invalid` for either password, `too-many-requests`, `overloaded`
 */
export async function changePassword(
  dependencies: SignInDependencies,
  { caller, current, password, initiator, browser }: ChangingPassword,
): Promise<void> {
  const { store, log, passwords, tries } = dependencies;
  const user = await store.user({ userId: caller.user.userId });
  if (user === undefined) throw new DaybookError("not-authenticated");
  await checkPassword(password, user);
  await trying(
    tries,
    { account: accountKey(user.email), ip: initiator.context?.ip, own: caller.session.id },
    async () => ((await passwords.verify(current, user.password)) ? undefined : wrongCurrent()),
  );
  const kept = await passwords.hash(password);
  const logs = await logsOf(store, user);
  const act = inOneAct(initiator, caller.session.id);
  await log.change(
    async (tx) => {
      const now = await tx.rows.userForUpdate({ userId: user.userId });
      if (now === undefined || now.password !== user.password) throw wrongCurrent();
      await setPassword(tx, { user: now, kept, how: "CHANGED", logs, initiator: act });
      const which = { except: caller.session.id };
      await endSessions(tx, { user: now, which, why: "Password changed", browser, logs, initiator: act });
    },
    spanning("account", logs),
  );
}

const wrongCurrent = (): DaybookError =>
  refuse("request-invalid", { pointer: "/current", detail: "The current password is incorrect." });

interface Setting {
  readonly user: User;
  /** Null removes the password. */
  readonly kept: string | null;
  readonly how: "CHANGED" | "RESET" | "SET_UP";
  readonly logs: readonly MemberOrganization[];
  readonly initiator: Initiator;
}

/** Stores a new password, with PASSWORD_CHANGED. */
export async function setPassword(tx: ChangeTransaction, setting: Setting): Promise<void> {
  const { user, kept, how, logs, initiator } = setting;
  await tx.rows.updateUser(user.userId, { password: kept });
  const data = { userId: user.id, how };
  const event = { type: "PASSWORD_CHANGED", ...actorAndContext(initiator), targets: [targetOf(user)], data };
  await recordInAll(tx, { logs, event, recordedBy: initiator.recordedBy });
}
