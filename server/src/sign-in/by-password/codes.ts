/** Codes that work once, for a day: the holder of one can choose a password. Only their hashes are stored. */
import { DaybookError, formatTime } from "daybook/internal";
import { actorAndContext, type ChangeTransaction, type Initiator } from "../../log/index.ts";
import { credentialOf, isLive, isWellFormedToken, newToken } from "../../secrets/index.ts";
import type { OneTimeCode } from "../../store/contract/codes.ts";
import type { User } from "../../store/contract/users.ts";
import type { SignInRows } from "../base/dependencies.ts";
import { hashOf } from "../base/ids.ts";
import { type MemberOrganization, recordInAll, targetOf } from "../base/people.ts";
import type { SignInStore } from "../base/sign-in-store.ts";

const codePrefix = "dbk_code_";
/** Microseconds. */
const lifetime = 24n * 3_600_000_000n;

/** A code, returned once. `expiresAt` is microseconds since 1970 UTC. */
export interface IssuedCode {
  readonly code: string;
  readonly expiresAt: bigint;
}

/** Made before the transaction that stores it. */
export const newCode = (now: bigint): IssuedCode => ({
  code: newToken(codePrefix),
  expiresAt: now + lifetime,
});

/** The person of a code; undefined for the first account. */
interface Issuing {
  readonly issued: IssuedCode;
  readonly user: User | undefined;
  readonly logs: readonly MemberOrganization[];
  readonly initiator: Initiator;
}

/** Stores a code and its event, and removes the person's earlier codes. */
export async function issueCode(
  tx: ChangeTransaction,
  { issued, user, logs, initiator }: Issuing,
): Promise<void> {
  const { code, expiresAt } = issued;
  // codes for the first account stay: each process that starts meanwhile has its own
  if (user !== undefined) await tx.rows.deleteCodes(user.userId);
  const codeHash = hashOf(code);
  const { recordedBy } = initiator;
  // it ends with its issuer's right; the server's own, for the first account, ends when that exists
  const issuedBy = recordedBy.type === "operator" ? recordedBy.id : null;
  await tx.rows.insertCode({ codeHash, userId: user?.userId ?? null, expiresAt, issuedBy });
  const event = {
    type: "SIGN_IN_LINK_ISSUED",
    ...actorAndContext(initiator),
    ...(user === undefined ? {} : { targets: [targetOf(user)] }),
    data: {
      ...(user === undefined ? {} : { userId: user.id }),
      purpose: user === undefined ? "SET_UP" : "PASSWORD",
      expiresAt: formatTime(expiresAt),
      credential: credentialOf(codeHash),
    },
  };
  await recordInAll(tx, { logs, event, recordedBy });
}

/**
 * Reads a code without taking it, before slow work.
 * @throws DaybookError `code-refused`: with the same text if it was used, has expired or is incomplete; for a complete one, also that its
 * issuer has lost the right
 */
export async function lookAtCode(store: SignInStore, code: string, now: bigint): Promise<OneTimeCode> {
  if (!isWellFormedToken(code, codePrefix)) throw new DaybookError("code-refused");
  return checked(await store.code(hashOf(code)), now);
}

/** Takes a code in a transaction: of two simultaneous requests, one gets it. Throws as `lookAtCode`. */
export const takeCode = async (rows: SignInRows, code: string, now: bigint): Promise<OneTimeCode> =>
  checked(await rows.takeCode(hashOf(code)), now);

function checked(found: OneTimeCode | undefined, now: bigint): OneTimeCode {
  if (found === undefined || !isLive(found.expiresAt, lifetime, now)) throw new DaybookError("code-refused");
  if (!found.issuerMay)
    throw new DaybookError("code-refused", {
      detail: "The person who created this link is no longer an operator, so the link does not work.",
      remedy: "Ask an operator for a new link.",
    });
  return found;
}
