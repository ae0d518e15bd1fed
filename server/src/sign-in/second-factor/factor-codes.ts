/**
 * Codes of second factors: from an authenticator app, or recovery codes. Each works once. This file also encrypts their secrets with a new
 * key.
 */
import { DaybookError } from "daybook/internal";
import { inNone } from "../../store/contract/placement.ts";
import type { User } from "../../store/contract/users.ts";
import type { SignInDependencies, SignInRows } from "../base/dependencies.ts";
import { recoveryCodeHash } from "./recovery-codes.ts";
import { stepOf, totpCodeIn } from "./totp.ts";

/** How a sign-in was completed, for its event. */
export type ShownFactor = "TOTP" | "RECOVERY_CODE";

interface Showing {
  readonly user: Pick<User, "userId">;
  readonly code: string;
}

/**
 * Takes a code of the person's app, or a recovery code, which then no longer works; undefined for any other text. It runs in the
 * transaction of the sign-in, whose event says which one it was.
 */
export async function takeFactorCode(
  dependencies: SignInDependencies,
  rows: SignInRows,
  { user, code }: Showing,
): Promise<ShownFactor | undefined> {
  if (await takeAppCode(dependencies, rows, { user, code })) return "TOTP";
  const codeHash = recoveryCodeHash(code);
  return codeHash !== undefined && (await rows.takeRecoveryCode(user.userId, codeHash))
    ? "RECOVERY_CODE"
    : undefined;
}

/** Takes a code of the person's app, but no recovery code, because no event would record its use. */
export async function takeAppCode(
  { sealer, clock }: SignInDependencies,
  rows: SignInRows,
  { user, code }: Showing,
): Promise<boolean> {
  const factor = await rows.secondFactorForUpdate(user.userId);
  const typed = totpCodeIn(code);
  if (factor === undefined || typed === undefined) return false;
  const secret = sealer.open(factor.sealed, { purpose: "totp", row: factor.id });
  const step = stepOf(typed, { secret, now: clock(), lastStep: factor.lastStep });
  if (step === undefined) return false;
  await rows.takeStep(user.userId, step);
  // a key that was put before the old one takes over when a secret is used
  if (!sealer.isCurrent(factor.sealed))
    await rows.resealSecondFactor(user.userId, sealer.seal(secret, { purpose: "totp", row: factor.id }));
  return true;
}

/** How many secrets are encrypted with another key now, and how many could not be read by any key. */
export interface Resealed {
  readonly resealed: number;
  readonly unreadable: number;
}

/** Encrypts all secrets with the present key. One that can't be read stays as it is, and doesn't stop the others. */
export async function resealAll(dependencies: SignInDependencies): Promise<Resealed> {
  const count = { resealed: 0, unreadable: 0 };
  for (let after = -1; ; ) {
    const page = await dependencies.store.secondFactors(after, 500);
    for (const { userId } of page) {
      const done = await reseal(dependencies, userId);
      if (done !== undefined) count[done] += 1;
    }
    if (page.length < 500) return count;
    after = page.at(-1)?.userId ?? after;
  }
}

/** Undefined: there was nothing to do. */
async function reseal(
  { log, sealer }: SignInDependencies,
  userId: number,
): Promise<keyof Resealed | undefined> {
  try {
    return await log.change(async ({ rows }) => {
      const factor = await rows.secondFactorForUpdate(userId);
      if (factor === undefined || sealer.isCurrent(factor.sealed)) return undefined;
      const of = { purpose: "totp", row: factor.id };
      await rows.resealSecondFactor(userId, sealer.seal(sealer.open(factor.sealed, of), of));
      return "resealed";
    }, inNone);
  } catch (error) {
    if (error instanceof DaybookError && error.code === "secret-unreadable") return "unreadable";
    throw error;
  }
}
