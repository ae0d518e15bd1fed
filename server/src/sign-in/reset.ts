/**
 * For who is locked out: what an operator of the machine does by hand. And how an account is taken from whoever has it, where it
 * shall be another's.
 */
import { DaybookError } from "daybook/internal";
import { actorAndContext, type ChangeTransaction, type Initiator, inOneAct } from "../log/index.ts";
import type { User, UserName } from "../store/contract/users.ts";
import { setPassword } from "./by-password.ts";
import { type IssuedCode, issueCode, newCode } from "./codes.ts";
import type { SignInDependencies } from "./dependencies.ts";
import { logsOf, type MemberOrganization, nameOf, recordInAll, targetOf } from "./people.ts";
import { endPersonalTokens } from "./personal-tokens.ts";
import { isEmail } from "./rules.ts";
import { dropFactor } from "./second-factor.ts";
import { endSessions } from "./sessions.ts";

/** Who was reset; with a code where people have passwords. */
export interface ResetUser {
  readonly user: UserName;
  readonly link: IssuedCode | undefined;
}

/**
 * Takes a person's password away, and what the identity provider knows them by, ends their sessions and
 * personal tokens, and issues a code to choose a new password by. Throws `user-not-found`.
 */
export async function resetUser(
  dependencies: SignInDependencies,
  { email, by }: { email: string; by: Initiator },
): Promise<ResetUser> {
  const { store, log, clock, byPassword } = dependencies;
  const known = isEmail(email) ? await store.user({ email: email.trim() }) : undefined;
  if (known === undefined) throw new DaybookError("user-not-found");
  const issued = newCode(clock());
  const logs = await logsOf(store, known);
  return log.change(async (tx) => {
    const user = await tx.rows.userForUpdate({ userId: known.userId });
    if (user === undefined) throw new DaybookError("user-not-found");
    const act = inOneAct(by, user.id);
    const { recordedBy } = act;
    await takePassword(tx, { user, logs, by: act });
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
    await endPersonalTokens(tx, { user, logs, by: act });
    await endSessions(tx, { user, why: "Reset by an operator", logs, by: act });
    if (!byPassword) return { user: nameOf(user), link: undefined };
    await issueCode(tx, { issued, user, logs, by: act });
    return { user: nameOf(user), link: issued };
  });
}

/** Whose account, where it is told, and by whom. */
interface Taking {
  readonly user: User;
  readonly logs: readonly MemberOrganization[];
  readonly by: Initiator;
}

async function takePassword(tx: ChangeTransaction, { user, logs, by }: Taking): Promise<void> {
  if (user.password !== null) await setPassword(tx, { user, kept: null, how: "RESET", logs, by });
}

/**
 * Takes password, second factor, codes, personal tokens and sessions from whoever has them: the address of an account says who they should be and not who they are,
 * for who invites it sees the link, and may have opened it in that one's place. Gives whether there was a second factor, which
 * the holder is written of once it is done.
 */
export async function takeFromWhoever(
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
