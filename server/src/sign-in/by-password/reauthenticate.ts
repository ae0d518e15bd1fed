/**
 * Confirming one's identity within a session: with the password, or a code of the authenticator app. The confirmation is valid for some
 * time. People who sign in through the identity provider confirm there.
 */
import { DaybookError, refuse } from "daybook/internal";
import type { SignedIn } from "../../access/index.ts";
import type { Initiator } from "../../log/index.ts";
import { inNone } from "../../store/contract/placement.ts";
import type { SignInDependencies } from "../base/dependencies.ts";
import { trying } from "../limits/trying.ts";
import { takeAppCode } from "../second-factor/factor-codes.ts";
import { accountKey } from "./by-password.ts";

/** The proof: one of these. */
export type ShownCredential = { readonly password: string } | { readonly code: string };

/**
 * @throws DaybookError `request-invalid` at /password or /code, `too-many-requests`, `not-allowed` for accounts without a password,
 * `overloaded`
 */
export async function reauthenticate(
  dependencies: SignInDependencies,
  {
    caller,
    initiator,
    ...shown
  }: { readonly caller: SignedIn; readonly initiator: Initiator } & ShownCredential,
): Promise<void> {
  const { store, log, tries, passwords } = dependencies;
  const { userId } = caller.user;
  const user = await store.user({ userId });
  if (user === undefined) throw new DaybookError("not-authenticated");
  if (user.password === null) throw elsewhere();
  const from = { account: accountKey(user.email), ip: initiator.context?.ip, own: caller.session.id };
  await trying(tries, from, async () => {
    if ("password" in shown && !(await passwords.verify(shown.password, user.password)))
      return wrong("/password", "The password is incorrect.");
    const isRight = await log.change(async ({ rows }) => {
      const now = await rows.userForUpdate({ userId });
      if (now?.password !== user.password) return false;
      if ("code" in shown && !(await takeAppCode(dependencies, rows, { user, code: shown.code })))
        return false;
      await rows.authenticateSession(userId, caller.session.id);
      return true;
    }, inNone);
    if (isRight) return undefined;
    return "code" in shown
      ? wrong("/code", "The code is not the one that the app shows now, or it has already been used.")
      : wrong("/password", "The password is incorrect.");
  });
}

const wrong = (pointer: string, detail: string): DaybookError =>
  refuse("request-invalid", { pointer, detail });

const elsewhere = (): DaybookError =>
  new DaybookError("not-allowed", {
    detail: "You sign in without a password.",
    remedy: "Sign in with the identity provider again, then continue.",
  });
