/** The account of an invited person without one: made in the transaction that makes them a member, with a session. */
import { DaybookError, refuse } from "daybook/internal";
import { actorAndContext, type Initiator } from "../../log/index.ts";
import type { Accounts, NewAccount, OpenAccount } from "../../people/index.ts";
import type { User } from "../../store/contract/users.ts";
import { addUser } from "../base/add-user.ts";
import type { SignInDependencies } from "../base/dependencies.ts";
import { newId } from "../base/ids.ts";
import { asThemselves, recordInAll, reserved, targetOf } from "../base/people.ts";
import { checkEmail, checkPassword, checkPersonName } from "../passwords/rules.ts";
import { beginSession, newSession } from "../sessions/sessions.ts";

/** Makes accounts for invited people; only if people have passwords. */
export const invitedAccounts = (dependencies: SignInDependencies): Accounts => ({
  prepare: (account) => prepare(dependencies, account),
});

async function prepare(
  { passwords, clock, byPassword }: SignInDependencies,
  { email, name, password, context, browser }: NewAccount,
): Promise<OpenAccount> {
  if (!byPassword) throw onlyByProvider();
  const person = { email: checkEmail(email), name: checkPersonName(asText(name)) };
  if (typeof password !== "string") throw refuse("request-invalid", noPassword);
  await checkPassword(password, person);
  const made = { ...person, id: newId("user_"), issuer: null, subject: null, isOperator: false };
  const kept = await passwords.hash(password);
  const session = newSession(clock(), "SETUP_LINK", { userAgent: context.userAgent, browser });
  return async (tx, organization) => {
    const logs = [reserved, organization];
    const account = { ...made, password: kept };
    const themselves = (user: User): Initiator => asThemselves(user, context);
    const user = await addUser(tx, { account, how: "INVITATION", logs, initiator: themselves });
    const initiator = themselves(user);
    const data = { userId: user.id, how: "SET_UP" };
    const chosen = {
      type: "PASSWORD_CHANGED",
      ...actorAndContext(initiator),
      targets: [targetOf(user)],
      data,
    };
    await recordInAll(tx, { logs, event: chosen, recordedBy: initiator.recordedBy });
    return beginSession(tx, { session, user, logs, initiator });
  };
}

const asText = (value: unknown): string => (typeof value === "string" ? value : "");

const noPassword = { pointer: "/password", detail: "Enter a password." };

const onlyByProvider = (): DaybookError =>
  new DaybookError("not-allowed", {
    detail: "Passwords are turned off: everyone signs in with the identity provider.",
    remedy: "Sign in with the identity provider, then accept the invitation.",
  });
