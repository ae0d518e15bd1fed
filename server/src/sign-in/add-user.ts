/** A new account, with the event that says so: wherever one is made, by whomever. */
import { actorAndContext, type ChangeTransaction, type Initiator } from "../log/index.ts";
import type { User } from "../store/contract/users.ts";
import { type MemberOrganization, recordInAll, targetOf } from "./people.ts";

/** What the account is, how it came about, in whose logs that is told, and by whom it was done. */
interface AddingUser {
  readonly account: Omit<User, "userId" | "createdAt">;
  readonly how: "OPENID" | "INVITATION" | "SET_UP" | "OPERATOR";
  readonly logs: readonly MemberOrganization[];
  readonly by: (user: User) => Initiator;
}

/** Keeps a new account, with USER_ADDED. The store's `conflict` where its address or its subject is taken. */
export async function addUser(tx: ChangeTransaction, { account, how, logs, by }: AddingUser): Promise<User> {
  const user = await tx.rows.insertUser(account);
  const { issuer, subject } = user;
  const who = by(user);
  const linked = issuer !== null && subject !== null ? { issuer, subject } : {};
  const data = { userId: user.id, email: user.email, how, ...linked };
  const event = { type: "USER_ADDED", ...actorAndContext(who), targets: [targetOf(user)], data };
  await recordInAll(tx, { logs, event, recordedBy: who.recordedBy });
  return user;
}
