/** The caller's own account: its data, its name, its sessions. */

import { DaybookError } from "daybook/internal";
import type { CallingPerson } from "../../access/index.ts";
import { actorAndContext, inOneAct } from "../../log/index.ts";
import type { ListPage } from "../../store/contract/lists.ts";
import type { Membership } from "../../store/contract/members.ts";
import type { Organization } from "../../store/contract/organizations.ts";
import { spanning } from "../../store/contract/placement.ts";
import type { Session } from "../../store/contract/sessions.ts";
import type { User } from "../../store/contract/users.ts";
import type { OwnChange, SignInDependencies } from "../base/dependencies.ts";
import { logsOf, recordInAll, targetOf } from "../base/people.ts";
import { checkPersonName, isId } from "../passwords/rules.ts";
import { endPersonalTokens } from "../personal-tokens/personal-tokens.ts";
import { endOf, endSessions, idleOf } from "../sessions/sessions.ts";

/** The person, and their roles in organizations. */
export interface UserAccount {
  readonly user: Omit<User, "password">;
  readonly hasPassword: boolean;
  readonly memberships: readonly (Membership & { readonly organization: Organization })[];
  /** The session of the request; undefined for a personal token. */
  readonly session: CallingPerson["session"];
}

/** An account, for an operator of the machine. */
export type ListedUser = Omit<User, "password"> & { readonly hasPassword: boolean };

/** By id. */
export const listUsers = async ({ store }: SignInDependencies, page: ListPage): Promise<ListedUser[]> =>
  (await store.users(page)).map(({ password, ...user }) => ({ ...user, hasPassword: password !== null }));

export async function readAccount(
  { store }: SignInDependencies,
  caller: CallingPerson,
): Promise<UserAccount> {
  const { session } = caller;
  const [found, memberships] = await Promise.all([
    store.user({ userId: caller.user.userId }),
    store.membershipsOf(caller.user.userId),
  ]);
  if (found === undefined) throw new DaybookError("not-authenticated");
  const { password, ...user } = found;
  return { user, hasPassword: password !== null, memberships, session };
}

/** Setting the same name has no effect, and records no event. Throws `request-invalid`. */
export async function renameUser(
  { store, log }: SignInDependencies,
  { caller, name, initiator }: OwnChange & { readonly name: string },
): Promise<void> {
  const wanted = checkPersonName(name);
  const { userId } = caller.user;
  const logs = await logsOf(store, caller.user);
  await log.change(
    async (tx) => {
      const user = await tx.rows.userForUpdate({ userId });
      if (user === undefined) throw new DaybookError("not-authenticated");
      if (user.name === wanted) return;
      await tx.rows.updateUser(userId, { name: wanted });
      const event = {
        type: "USER_CHANGED",
        ...actorAndContext(initiator),
        targets: [targetOf(user)],
        changes: [{ path: "/name", from: user.name, to: wanted }],
        data: { userId: user.id },
      };
      await recordInAll(tx, { logs, event, recordedBy: initiator.recordedBy });
    },
    spanning("account", logs),
  );
}

/** The open sessions, newest first. */
export async function sessionsOf(
  { store, clock, idle }: SignInDependencies,
  caller: CallingPerson,
): Promise<Session[]> {
  const now = clock();
  const mayIdle = idleOf(idle, caller.user);
  const all = await store.sessionsOf(caller.user.userId);
  const open = all.filter((session) => endOf(session, mayIdle) > now);
  return open.sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
}

/** Ends the session of the request. Repeating it has no effect, and records no event. */
export const signOut = async (
  dependencies: SignInDependencies,
  { caller, initiator }: OwnChange,
): Promise<void> =>
  void (await end(dependencies, { caller, initiator, which: { id: caller.session.id }, why: "Signed out" }));

/** Throws `session-not-found`. */
export async function endSession(
  dependencies: SignInDependencies,
  { caller, initiator, id }: OwnChange & { id: string },
): Promise<void> {
  const isThis = id === caller.session.id;
  if (!isId(id)) throw new DaybookError("session-not-found");
  const ended = await end(dependencies, {
    caller,
    initiator,
    which: { id },
    why: isThis ? "Signed out" : "Ended by its holder",
  });
  if (ended === 0) throw new DaybookError("session-not-found");
}

/** Ends all of the person's sessions, including that of the request, and their personal tokens; returns the number of sessions. */
export const signOutEverywhere = (
  dependencies: SignInDependencies,
  { caller, initiator }: OwnChange,
): Promise<number> => end(dependencies, { caller, initiator, why: "Signed out everywhere" });

interface SessionsToEnd extends OwnChange {
  readonly which?: { readonly id: string };
  readonly why: string;
}

async function end(
  { store, log }: SignInDependencies,
  { caller, initiator, which, why }: SessionsToEnd,
): Promise<number> {
  const logs = await logsOf(store, caller.user);
  const user = caller.user;
  const names = spanning("account", logs);
  if (which !== undefined)
    return log.change((tx) => endSessions(tx, { user, which, why, logs, initiator }), names);
  const act = inOneAct(initiator, user.id);
  return log.change(async (tx) => {
    await tx.rows.userForUpdate(user);
    await endPersonalTokens(tx, { user, logs, initiator: act });
    return endSessions(tx, { user, why, logs, initiator: act });
  }, names);
}
