/**
 * The caller's own second factor: offered, added with a first code, removed; and its recovery codes. Its secret is stored encrypted, and
 * shown only while it is offered. Sign-ins through OpenID Connect need none: there, the provider asks for second factors.
 */
import { DaybookError, refuse } from "daybook/internal";
import type { CallingPerson, SignedIn } from "../../access/index.ts";
import { actorAndContext, type ChangeTransaction, type Initiator } from "../../log/index.ts";
import { spanning } from "../../store/contract/placement.ts";
import type { User, UserName } from "../../store/contract/users.ts";
import type { SignInDependencies, SignInRows } from "../base/dependencies.ts";
import { newId } from "../base/ids.ts";
import { logsOf, type MemberOrganization, nameOf, recordInAll, targetOf } from "../base/people.ts";
import { isEmail, isId } from "../passwords/rules.ts";
import { newRecoveryCodes, recoveryCodeHash } from "./recovery-codes.ts";
import { demandOffer, openedOffer } from "./second-factor-offer.ts";
import { stepOf, totpCodeIn } from "./totp.ts";

/** The state of a person's second factor. */
export interface OwnFactor {
  readonly kind: "TOTP";
  readonly addedAt: bigint;
  /** The number of remaining recovery codes. */
  readonly recoveryCodes: number;
}

/** Returned once. */
export interface RecoveryCodes {
  readonly recoveryCodes: readonly string[];
}

interface Own {
  readonly caller: SignedIn;
  readonly initiator: Initiator;
}

export async function ownFactor(
  { store }: SignInDependencies,
  { user }: CallingPerson,
): Promise<OwnFactor | undefined> {
  const found = await store.secondFactor(user.userId);
  return found && { kind: found.kind, addedAt: found.createdAt, recoveryCodes: found.recoveryCodes };
}

/**
 * Adds the offered factor with its first code; returns new recovery codes.
 * @throws DaybookError `request-invalid` at /code or /offer; as `offerFactor`
 */
export async function addFactor(
  dependencies: SignInDependencies,
  { caller, initiator, offer, code }: Own & { readonly offer: string; readonly code: string },
): Promise<RecoveryCodes> {
  const { store, log, clock, sealer } = dependencies;
  await demandOffer(dependencies, caller);
  const { secret } = openedOffer(dependencies, caller, offer);
  const typed = totpCodeIn(code);
  const step = typed === undefined ? undefined : stepOf(typed, { secret, now: clock(), lastStep: 0n });
  if (step === undefined) throw wrongCode();
  const id = newId("factor_");
  const sealed = sealer.seal(secret, { purpose: "totp", row: id });
  const recoveryCodes = newRecoveryCodes();
  const logs = await logsOf(store, caller.user);
  await log.change(
    async (tx) => {
      const { userId } = caller.user;
      const user = await tx.rows.userForUpdate({ userId });
      if (user === undefined) throw new DaybookError("not-authenticated");
      if ((await tx.rows.secondFactorForUpdate(userId)) !== undefined)
        throw new DaybookError("second-factor-already");
      await tx.rows.insertSecondFactor({ userId, id, kind: "TOTP", sealed, lastStep: step });
      await keepCodes(tx.rows, userId, recoveryCodes);
      await recordFactor(tx, "SECOND_FACTOR_ADDED", { user, kind: "TOTP", logs, initiator });
    },
    spanning("account", logs),
  );
  return { recoveryCodes };
}

const wrongCode = (): DaybookError =>
  refuse("request-invalid", {
    pointer: "/code",
    detail:
      "Enter the six digits that your app shows now. If they are refused, check the clock of your device.",
  });

/** Ten new codes, which replace the remaining ones. @throws DaybookError `second-factor-not-found` */
export async function renewRecoveryCodes(
  dependencies: SignInDependencies,
  { caller, initiator }: Own,
): Promise<RecoveryCodes> {
  const { store, log } = dependencies;
  const recoveryCodes = newRecoveryCodes();
  const logs = await logsOf(store, caller.user);
  await log.change(
    async (tx) => {
      const { userId } = caller.user;
      const user = await tx.rows.userForUpdate({ userId });
      if (user === undefined || (await tx.rows.secondFactorForUpdate(userId)) === undefined)
        throw new DaybookError("second-factor-not-found");
      await keepCodes(tx.rows, userId, recoveryCodes);
      await recordFactor(tx, "SECOND_FACTOR_ADDED", { user, kind: "RECOVERY_CODES", logs, initiator });
    },
    spanning("account", logs),
  );
  return { recoveryCodes };
}

const keepCodes = (rows: SignInRows, userId: number, codes: readonly string[]): Promise<void> =>
  rows.setRecoveryCodes(
    userId,
    codes.flatMap((code) => recoveryCodeHash(code) ?? []),
  );

/** @throws DaybookError `second-factor-not-found` */
export async function removeOwnFactor(
  dependencies: SignInDependencies,
  { caller, initiator }: Own,
): Promise<void> {
  const { store, log, letters } = dependencies;
  const logs = await logsOf(store, caller.user);
  await log.change(
    async (tx) => {
      const user = await tx.rows.userForUpdate({ userId: caller.user.userId });
      if (user === undefined || !(await dropFactor(tx, { user, logs, initiator })))
        throw new DaybookError("second-factor-not-found");
    },
    spanning("account", logs),
  );
  letters.factorRemoved(caller.user, inWords);
}

/** Its name in words. */
export const inWords = "authenticator app";

/**
 * Removal by an operator, for a person who lost both app and codes. Their sessions stay, and their password is still required.
 * @throws DaybookError `user-not-found`, `second-factor-not-found`
 */
export async function removeFactorOf(
  { store, log, letters }: SignInDependencies,
  { which, initiator }: { readonly which: WhichUser; readonly initiator: Initiator },
): Promise<UserName> {
  const known = await findUser(store, which);
  if (known === undefined) throw new DaybookError("user-not-found");
  const logs = await logsOf(store, known);
  await log.change(
    async (tx) => {
      const user = await tx.rows.userForUpdate({ userId: known.userId });
      if (user === undefined) throw new DaybookError("user-not-found");
      if (!(await dropFactor(tx, { user, logs, initiator })))
        throw new DaybookError("second-factor-not-found");
    },
    spanning("account", logs),
  );
  letters.factorRemoved(known, inWords);
  return nameOf(known);
}

/** An account, as an operator identifies it. */
export type WhichUser = { readonly id: string } | { readonly email: string };

async function findUser(store: SignInDependencies["store"], which: WhichUser): Promise<User | undefined> {
  if ("id" in which) return isId(which.id) ? store.user(which) : undefined;
  return isEmail(which.email) ? store.user({ email: which.email.trim() }) : undefined;
}

interface Dropping {
  readonly user: Pick<User, "userId" | "id" | "name">;
  readonly logs: readonly MemberOrganization[];
  readonly initiator: Initiator;
}

/** Removes it, with SECOND_FACTOR_REMOVED; false if there was none, and nothing is recorded. */
export async function dropFactor(
  tx: ChangeTransaction,
  { user, logs, initiator }: Dropping,
): Promise<boolean> {
  if (!(await tx.rows.deleteSecondFactor(user.userId))) return false;
  await recordFactor(tx, "SECOND_FACTOR_REMOVED", { user, kind: "TOTP", logs, initiator });
  return true;
}

interface FactorEnding extends Dropping {
  readonly kind: "TOTP" | "RECOVERY_CODES";
}

function recordFactor(
  tx: ChangeTransaction,
  type: "SECOND_FACTOR_ADDED" | "SECOND_FACTOR_REMOVED",
  { user, kind, logs, initiator }: FactorEnding,
): Promise<void> {
  const event = {
    type,
    ...actorAndContext(initiator),
    targets: [targetOf(user)],
    data: { userId: user.id, kind },
  };
  return recordInAll(tx, { logs, event, recordedBy: initiator.recordedBy });
}
