/** For who is locked out: what an operator of the machine does by hand. */
import { DaybookError } from "daybook/error";
import { type By, inOneAct, says } from "../log/index.ts";
import type { UserName } from "../store/people.ts";
import { setPassword } from "./by-password.ts";
import { type IssuedCode, issueCode, newCode } from "./codes.ts";
import type { Parts } from "./parts.ts";
import { logsOf, nameOf, recordInAll, targetOf } from "./people.ts";
import { isEmail } from "./rules.ts";
import { endSessions } from "./sessions.ts";

/** Who was reset; with a code where people have passwords. */
export interface ResetUser {
  readonly user: UserName;
  readonly link: IssuedCode | undefined;
}

/**
 * Takes a person's password away, and what the identity provider knows them by, ends their sessions, and issues a code to
 * choose a new password by. Throws `user-not-found`.
 */
export async function resetUser(parts: Parts, { email, by }: { email: string; by: By }): Promise<ResetUser> {
  const { store, log, clock, byPassword } = parts;
  const known = isEmail(email) ? await store.user({ email: email.trim() }) : undefined;
  if (known === undefined) throw new DaybookError("user-not-found");
  const issued = newCode(clock());
  const logs = await logsOf(store, known);
  return log.change(async (tx) => {
    const user = await tx.rows.userForUpdate({ userId: known.userId });
    if (user === undefined) throw new DaybookError("user-not-found");
    const act = inOneAct(by, user.id);
    const { recordedBy } = act;
    if (user.password !== null) await setPassword(tx, { user, kept: null, how: "RESET", logs, by: act });
    if (user.issuer !== null) {
      await tx.rows.updateUser(user.userId, { issuer: null, subject: null });
      const changes = [{ path: "/issuer", label: "Identity provider", from: user.issuer, to: null }];
      const data = { userId: user.id };
      const event = { type: "USER_CHANGED", ...says(act), targets: [targetOf(user)], changes, data };
      await recordInAll(tx, { logs, event, recordedBy });
    }
    await endSessions(tx, { user, why: "Reset by an operator", logs, by: act });
    if (!byPassword) return { user: nameOf(user), link: undefined };
    await issueCode(tx, { issued, user, logs, by: act });
    return { user: nameOf(user), link: issued };
  });
}
