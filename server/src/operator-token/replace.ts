/**
 * Replacing the operator token: its hash in the database, its event, and the file of the data folder, which never holds a token
 * that doesn't work while another one does: the new one waits beside it until the database has it.
 */
import { DaybookError, equalBytes, sha256 } from "daybook/internal";
import { actorAndContext, type ChangeTransaction, type EventLog, type Initiator } from "../log/index.ts";
import {
  credentialOf,
  hasOperatorToken,
  newOperatorToken,
  placeOperatorToken,
  stagedOperatorTokens,
  stageOperatorToken,
} from "../secrets/index.ts";
import type { Store } from "../store/store.ts";

/** The reserved organization's number in the store: its log holds what belongs to no other. */
const reservedNumber = 0;

export const hashOf = (token: string): Uint8Array => sha256(new TextEncoder().encode(token));

/** A token that works from now on. */
interface Working {
  readonly operatorTokenHash: Uint8Array;
  readonly how: "FIRST_START" | "REPLACED";
  readonly by: Initiator;
}

export async function recordToken(
  tx: ChangeTransaction,
  { operatorTokenHash, how, by }: Working,
): Promise<void> {
  const data = { how, credential: credentialOf(operatorTokenHash) };
  const event = { type: "OPERATOR_TOKEN_REPLACED", ...actorAndContext(by), data };
  await tx.record({ organizationId: reservedNumber }, event, by.recordedBy);
}

/** Makes the token of that hash the one that works. */
export async function setToken(
  tx: ChangeTransaction,
  { operatorTokenHash, by }: Omit<Working, "how">,
): Promise<void> {
  await tx.rows.setOperatorTokenHash(operatorTokenHash);
  await recordToken(tx, { operatorTokenHash, how: "REPLACED", by });
}

/** Where the token may come from. */
interface Places {
  /** DAYBOOK_OPERATOR_TOKEN. */
  readonly operatorToken: string | undefined;
  readonly dataFolder: string;
}

export interface Replacing {
  readonly store: Pick<Store, "write">;
  readonly log: Pick<EventLog, "change">;
  readonly by: Initiator;
  /** Whether the token goes into the file of the data folder: in any case, or only where there is such a file. */
  readonly file: "make" | "keep";
  /** SHA-256 of the operator token that the caller showed: it must still work once the others had their turn. */
  readonly shownHash?: Uint8Array | undefined;
}

interface ReplacedToken {
  readonly token: string;
  /** Whether it is in the file `operator-token`; false: in none, or beside it until the next start. */
  readonly isPlaced: boolean;
}

/**
 * Makes a new operator token. The old one is refused within a second, in every process; of two at once one waits for the other.
 * @throws DaybookError `operator-token-fixed` where DAYBOOK_OPERATOR_TOKEN says which one works, because the next start would set that again,
 * and where the file can't be written; `not-authenticated` where the token that was shown no longer works
 */
export async function replaceOperatorToken(
  { operatorToken, dataFolder }: Places,
  { store, log, by, file, shownHash }: Replacing,
): Promise<ReplacedToken> {
  if (operatorToken !== undefined) throw new DaybookError("operator-token-fixed");
  const token = newOperatorToken();
  const isKept = file === "make" || hasOperatorToken(dataFolder);
  await log.change(async (tx) => {
    const current = await tx.rows.operatorTokenHashForUpdate();
    if (shownHash !== undefined && !equalBytes(shownHash, current))
      throw new DaybookError("not-authenticated");
    if (isKept) stage(dataFolder, token);
    await setToken(tx, { operatorTokenHash: hashOf(token), by });
  });
  return { token, isPlaced: isKept && (await isSettled(store, dataFolder)) };
}

function stage(dataFolder: string, token: string): void {
  try {
    stageOperatorToken(dataFolder, token);
  } catch (cause) {
    throw new DaybookError("operator-token-fixed", {
      detail: "The file operator-token in the data folder can't be written.",
      remedy: "Give the user who runs Daybook write access to the data folder, then try again.",
      cause,
    });
  }
}

/** The new token works already: where it can't be put into its file, the next start does it. */
const isSettled = (store: Replacing["store"], dataFolder: string): Promise<boolean> =>
  settleFile(store, dataFolder).then(
    () => true,
    () => false,
  );

/** Puts the token that works into its file, if it waits beside it, and removes those that never came to work. */
export async function settleFile(store: Replacing["store"], dataFolder: string): Promise<void> {
  if (stagedOperatorTokens(dataFolder).length === 0) return;
  // under the lock: a token that waits for its own transaction is not taken for one that never came to work
  await store.write(async (tx) => {
    const current = await tx.operatorTokenHashForUpdate();
    placeOperatorToken(dataFolder, (token) => equalBytes(hashOf(token), current));
  });
}
