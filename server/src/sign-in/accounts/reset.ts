/**
 * For people who are locked out: resets by an operator on the machine. Also removes all ways to sign in to an account that gets another
 * holder.
 */
import { DaybookError } from "daybook/internal";
import { actorAndContext, type ChangeTransaction, type Initiator, inOneAct } from "../../log/index.ts";
import { spanning } from "../../store/contract/placement.ts";
import type { User, UserName } from "../../store/contract/users.ts";
import type { SignInDependencies } from "../base/dependencies.ts";
import { logsOf, type MemberOrganization, nameOf, recordInAll, targetOf } from "../base/people.ts";
import { setPassword } from "../by-password/by-password.ts";
import { type IssuedCode, issueCode, newCode } from "../by-password/codes.ts";
import { isEmail } from "../passwords/rules.ts";
import { endPersonalTokens } from "../personal-tokens/personal-tokens.ts";
import { dropFactor } from "../second-factor/second-factor.ts";
import { endSessions } from "../sessions/sessions.ts";

/** The person who was reset; with a code if people have passwords. */
export interface ResetUser {
  readonly user: UserName;
  readonly link: IssuedCode | undefined;
}

/**
 * Removes a person's password and their link to the identity provider, ends their sessions and personal tokens, and issues a code to choose
 * a new password. Throws `user-not-found`.
 */
export async function resetUser(
  dependencies: SignInDependencies,
  { email, initiator }: { email: string; initiator: Initiator },
): Promise<ResetUser> {
  const { store, log, clock, byPassword } = dependencies;
  const known = isEmail(email) ? await store.user({ email: email.trim() }) : undefined;
  if (known === undefined) throw new DaybookError("user-not-found");
  const issued = newCode(clock());
  const logs = await logsOf(store, known);
  return log.change(
    async (tx) => {
      const user = await tx.rows.userForUpdate({ userId: known.userId });
      if (user === undefined) throw new DaybookError("user-not-found");
      const act = inOneAct(initiator, user.id);
      const { recordedBy } = act;
      await takePassword(tx, { user, logs, initiator: act });
      if (user.issuer !== null) {
        await tx.rows.updateUser(user.userId, { issuer: null, subject: null });
        const changes = [{ path: "/issuer", label: "Identity provider", from: user.issuer, to: null }];
        const data = { userId: user.id };
        const event = {
          type: "USER_CHANGED",
          ...actorAndContext(act),
          targets: [targetOf(user)],
          changes,
          data,
        };
        await recordInAll(tx, { logs, event, recordedBy });
      }
      await endPersonalTokens(tx, { user, logs, initiator: act });
      await endSessions(tx, { user, why: "Reset by an operator", logs, initiator: act });
      if (!byPassword) return { user: nameOf(user), link: undefined };
      await issueCode(tx, { issued, user, logs, initiator: act });
      return { user: nameOf(user), link: issued };
    },
    spanning("account", logs),
  );
}

/** The account, the logs for the events, and the initiator. */
interface Taking {
  readonly user: User;
  readonly logs: readonly MemberOrganization[];
  readonly initiator: Initiator;
}

async function takePassword(tx: ChangeTransaction, { user, logs, initiator }: Taking): Promise<void> {
  if (user.password !== null) await setPassword(tx, { user, kept: null, how: "RESET", logs, initiator });
}

/**
 * Removes password, second factor, codes, personal tokens and sessions of an account, because its address doesn't prove who its holder is:
 * the inviter sees the link, and could have opened it instead. Returns whether there was a second factor; the holder then gets a mail about
 * it.
 */
export async function takeCredentials(
  tx: ChangeTransaction,
  { why, ...taking }: Taking & { readonly why: string },
): Promise<boolean> {
  await takePassword(tx, taking);
  await tx.rows.deleteCodes(taking.user.userId);
  const hadFactor = await dropFactor(tx, taking);
  await endPersonalTokens(tx, taking);
  await endSessions(tx, { ...taking, why });
  return hadFactor;
}
