/** Makes a new account with its event, for every way to make one. */
import { actorAndContext, type ChangeTransaction, type Initiator } from "../../log/index.ts";
import type { User } from "../../store/contract/users.ts";
import { type MemberOrganization, recordInAll, targetOf } from "./people.ts";

/** The account, how it was made, the logs for its event, and the initiator. */
interface AddingUser {
  readonly account: Omit<User, "userId" | "createdAt">;
  readonly how: "OPENID" | "INVITATION" | "SET_UP" | "OPERATOR";
  readonly logs: readonly MemberOrganization[];
  readonly initiator: (user: User) => Initiator;
}

/** Stores a new account, with USER_ADDED. Throws the store's `conflict` if its address or its subject is taken. */
export async function addUser(
  tx: ChangeTransaction,
  { account, how, logs, initiator }: AddingUser,
): Promise<User> {
  const user = await tx.rows.insertUser(account);
  const { issuer, subject } = user;
  const who = initiator(user);
  const linked = issuer !== null && subject !== null ? { issuer, subject } : {};
  const data = { userId: user.id, email: user.email, how, ...linked };
  const event = { type: "USER_ADDED", ...actorAndContext(who), targets: [targetOf(user)], data };
  await recordInAll(tx, { logs, event, recordedBy: who.recordedBy });
  return user;
}
