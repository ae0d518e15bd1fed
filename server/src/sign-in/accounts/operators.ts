/**
 * Operators, who see every organization. All changes of operators run one after the other, under the lock of the reserved organization's
 * row, so that there is always one left.
 */
import { DaybookError } from "daybook/internal";
import {
  actorAndContext,
  type ChangeTransaction,
  type Initiator,
  inOneAct,
  reasonOf,
} from "../../log/index.ts";
import { StoreError } from "../../store/contract/errors.ts";
import type { ListPage } from "../../store/contract/lists.ts";
import { inNone, spanning } from "../../store/contract/placement.ts";
import type { User, UserName } from "../../store/contract/users.ts";
import { addUser } from "../base/add-user.ts";
import type { SignInDependencies } from "../base/dependencies.ts";
import { newId } from "../base/ids.ts";
import { logsOf, nameOf, recordInAll, reserved, targetOf } from "../base/people.ts";
import { type IssuedCode, issueCode, newCode } from "../by-password/codes.ts";
import { checkEmail, checkPersonName, isId } from "../passwords/rules.ts";
import { inWords } from "../second-factor/second-factor.ts";
import { takeCredentials } from "./reset.ts";

/** The new operator, and the initiator. */
export interface AddOperator {
  readonly email: string;
  /** The name of a new account; default: the part before the @. */
  readonly name?: string | undefined;
  readonly initiator: Initiator;
}

/** An operator; with a code if they have no other way to sign in. */
export interface AddedOperator {
  readonly user: UserName;
  readonly link: IssuedCode | undefined;
}

/** By id. */
export const listOperators = ({ store }: SignInDependencies, page: ListPage): Promise<UserName[]> =>
  store.operators(page);

/** An operator by the public id; undefined if there is none. */
export async function operatorById({ store }: SignInDependencies, id: string): Promise<UserName | undefined> {
  const user = isId(id) ? await store.user({ id }) : undefined;
  return user?.isOperator ? nameOf(user) : undefined;
}

/** An operator as other operators see them. */
export interface OperatorAccount extends UserName {
  /** How they can sign in; undefined: they can't yet. */
  readonly signsInBy: "password" | "provider" | undefined;
  readonly hasSecondFactor: boolean;
}

/** By id, with how they sign in. */
export async function operatorAccounts(
  { store }: SignInDependencies,
  page: ListPage,
): Promise<OperatorAccount[]> {
  const operators = await store.operators(page);
  return Promise.all(
    operators.map(async (operator) => {
      const { userId } = operator;
      const [user, factor] = await Promise.all([store.user({ userId }), store.secondFactor(userId)]);
      const own = user?.password == null ? undefined : "password";
      return {
        ...operator,
        signsInBy: user?.subject == null ? own : "provider",
        hasSecondFactor: factor !== undefined,
      };
    }),
  );
}

/** The names of people who are or were operators, by id. */
export async function operatorNames(
  { store }: Pick<SignInDependencies, "store">,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const users = await Promise.all([...new Set(ids)].map((id) => store.user({ id })));
  return new Map(users.flatMap((user) => (user === undefined ? [] : [[user.id, user.name] as const])));
}

/**
 * Makes someone an operator: the person with that address, or a new account. An operator who can already sign in stays unchanged, and
 * nothing is recorded. If no identity provider vouches for the account, all ways to sign in to it are removed: the code that is handed over
 * is then the only one. Throws `request-invalid`.
 */
export async function addOperator(
  dependencies: SignInDependencies,
  { email, name, initiator }: AddOperator,
): Promise<AddedOperator> {
  const { store, log, clock, byPassword, letters } = dependencies;
  const address = checkEmail(email);
  const person = { email: address, name: checkPersonName(name ?? address.split("@")[0] ?? "") };
  const issued = newCode(clock());
  let isRaised = false;
  let hadFactor = false;
  const work = async (): Promise<AddedOperator> => {
    const holder = await store.user({ email: address });
    const logs = holder === undefined ? [reserved] : await logsOf(store, holder);
    return log.change(
      async (tx) => {
        await tx.rows.organizationForUpdate(reserved.organizationId);
        const known = await tx.rows.userForUpdate({ email: address });
        const account = { id: newId("user_"), password: null, issuer: null, subject: null };
        const added = { ...person, ...account, isOperator: true };
        const act = inOneAct(initiator, known?.id ?? added.id);
        const adding = { account: added, how: "OPERATOR", logs: [reserved], initiator: () => act } as const;
        const user = known ?? (await addUser(tx, adding));
        isRaised = known?.isOperator === false;
        if (known === undefined || !known.isOperator) await tellAdded(tx, user, act);
        const isVouchedFor = user.subject !== null;
        const isTaken = known?.isOperator === false && !isVouchedFor;
        if (known?.isOperator === false) await tx.rows.updateUser(user.userId, { isOperator: true });
        if (isTaken) {
          hadFactor = await takeCredentials(tx, { user, logs, initiator: act, why: "Made an operator" });
        }
        if (!byPassword || isVouchedFor || (user.password !== null && !isTaken))
          return { user: nameOf(user), link: undefined };
        await issueCode(tx, { issued, user, logs: [reserved], initiator: act });
        return { user: nameOf(user), link: issued };
      },
      spanning("account", logs),
    );
  };
  // an account with that address that was made meanwhile is found the second time
  const added = await work().catch((error: unknown) => {
    if (error instanceof StoreError && error.constraint === "user_account_email_key") return work();
    throw error;
  });
  if (isRaised) letters.madeOperator(added.user);
  if (isRaised && hadFactor) letters.factorRemoved(added.user, inWords);
  return added;
}

const tellAdded = (tx: ChangeTransaction, user: User, initiator: Initiator): Promise<void> =>
  recordInAll(tx, {
    logs: [reserved],
    event: about("OPERATOR_ADDED", user, initiator),
    recordedBy: initiator.recordedBy,
  });

/** The operator by their public id, and why, in the initiator's own words. */
export interface RemoveOperator {
  readonly id: string;
  readonly initiator: Initiator;
  readonly reason?: unknown;
}

/**
 * Ends a person's operator rights; their sessions continue without them.
 * @throws DaybookError `user-not-found`; `not-allowed` for the last one; `request-invalid` for the reason
 */
export async function removeOperator(
  { store, log }: SignInDependencies,
  { id, initiator, reason }: RemoveOperator,
): Promise<void> {
  const why = reasonOf({ reason });
  const none = { detail: "There is no such operator." };
  if (!isId(id)) throw new DaybookError("user-not-found", none);
  await log.change(async (tx) => {
    await tx.rows.organizationForUpdate(reserved.organizationId);
    const user = await tx.rows.userForUpdate({ id });
    if (user === undefined || !user.isOperator) throw new DaybookError("user-not-found", none);
    // read outside the transaction: nobody can change it while this one holds the lock
    if ((await store.operators({ after: undefined, limit: 2 })).length < 2) throw lastOne();
    await tx.rows.updateUser(user.userId, { isOperator: false });
    const event = { ...about("OPERATOR_REMOVED", user, initiator), ...why };
    await recordInAll(tx, { logs: [reserved], event, recordedBy: initiator.recordedBy });
  }, inNone);
}

const about = (
  type: string,
  user: User,
  initiator: Initiator,
): Parameters<typeof recordInAll>[1]["event"] => ({
  type,
  ...actorAndContext(initiator),
  targets: [targetOf(user)],
  data: { userId: user.id, email: user.email },
});

const lastOne = (): DaybookError =>
  new DaybookError("not-allowed", {
    detail: "The last operator can't be removed.",
    remedy: "Make someone else an operator first.",
  });
