/** The first account: until it exists, each start issues a code, and the person who uses one becomes an operator. */
import { type Context, DaybookError } from "daybook/internal";
import {
  actorAndContext,
  byServer,
  type ChangeTransaction,
  type Initiator,
  inOneAct,
} from "../../log/index.ts";
import { inNone } from "../../store/contract/placement.ts";
import type { User } from "../../store/contract/users.ts";
import { addUser } from "../base/add-user.ts";
import type { From, SignInDependencies } from "../base/dependencies.ts";
import type { Entered } from "../base/entered.ts";
import { newId } from "../base/ids.ts";
import { asThemselves, daybook, recordInAll, reserved, targetOf } from "../base/people.ts";
import { type IssuedCode, issueCode, lookAtCode, newCode, takeCode } from "../by-password/codes.ts";
import { checkEmail, checkPassword, checkPersonName } from "../passwords/rules.ts";
import { beginSession, newSession } from "../sessions/sessions.ts";

/** The values that the first person enters. */
export interface FirstPerson {
  readonly code: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/** Issues a code for the first account; undefined if an account exists, or people have no passwords. */
export async function offerSetUp({
  store,
  log,
  clock,
  byPassword,
}: SignInDependencies): Promise<IssuedCode | undefined> {
  if (!byPassword || (await store.anyUser())) return undefined;
  const issued = newCode(clock());
  return log.change(async (tx) => {
    if (await tx.rows.anyUserForUpdate()) return undefined;
    const initiator = { actor: daybook, recordedBy: byServer };
    await issueCode(tx, { issued, user: undefined, logs: [reserved], initiator });
    return issued;
  }, inNone);
}

/**
 * Makes the first account, an operator who is signed in.
 * @throws DaybookError `set-up-done`, `code-refused`, `request-invalid`
 */
export async function setUp(
  dependencies: SignInDependencies,
  wanted: FirstPerson,
  { context, browser }: From = {},
): Promise<Entered> {
  const { store, log, clock, passwords } = dependencies;
  await lookAtCode(store, wanted.code, clock()).then(checkIsFirst, async (error: unknown) => {
    // using one code removes the others: this order is right even if another person becomes the first meanwhile
    throw (await store.anyUser()) ? new DaybookError("set-up-done") : error;
  });
  const person = { name: checkPersonName(wanted.name), email: checkEmail(wanted.email) };
  await checkPassword(wanted.password, person);
  const made = {
    ...person,
    id: newId("user_"),
    password: await passwords.hash(wanted.password),
    issuer: null,
    subject: null,
    isOperator: true,
  };
  const session = newSession(clock(), "SETUP_LINK", { userAgent: context?.userAgent, browser });
  return log.change(async (tx) => {
    if (await tx.rows.anyUserForUpdate()) throw new DaybookError("set-up-done");
    checkIsFirst(await takeCode(tx.rows, wanted.code, clock()));
    await tx.rows.deleteCodes(null);
    return addFirst(tx, { made, session, context });
  }, inNone);
}

interface Adding {
  readonly made: Parameters<ChangeTransaction["rows"]["insertUser"]>[0];
  readonly session: ReturnType<typeof newSession>;
  readonly context: Context | undefined;
}

async function addFirst(tx: ChangeTransaction, { made, session, context }: Adding): Promise<Entered> {
  const logs = [reserved];
  const themselves = (user: User): Initiator => inOneAct(asThemselves(user, context), session.row.id);
  const user = await addUser(tx, { account: made, how: "SET_UP", logs, initiator: themselves });
  const initiator = themselves(user);
  const { recordedBy } = initiator;
  const about = { ...actorAndContext(initiator), targets: [targetOf(user)] };
  const added = { type: "OPERATOR_ADDED", ...about, data: { userId: user.id, email: user.email } };
  await recordInAll(tx, { logs, event: added, recordedBy });
  const chosen = { type: "PASSWORD_CHANGED", ...about, data: { userId: user.id, how: "SET_UP" } };
  await recordInAll(tx, { logs, event: chosen, recordedBy });
  return beginSession(tx, { session, user, logs, initiator });
}

/** A code for an existing account makes nobody an operator. */
function checkIsFirst({ userId }: { readonly userId: number | null }): void {
  if (userId !== null) throw new DaybookError("code-refused");
}
