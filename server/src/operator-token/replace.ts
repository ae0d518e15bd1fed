/**
 * Replaces the operator token: its hash in the database, its event, and the file in the data folder. The file always has a working token: a
 * new one waits in a file beside it until the database has it.
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
import { inNone } from "../store/contract/placement.ts";
import type { Store } from "../store/store.ts";

/** The reserved organization's number in the store: its log is for what belongs to no other organization. */
const reservedNumber = 0;

export const hashOf = (token: string): Uint8Array => sha256(new TextEncoder().encode(token));

/** A new working token. */
interface Working {
  readonly operatorTokenHash: Uint8Array;
  readonly how: "FIRST_START" | "REPLACED";
  readonly initiator: Initiator;
}

export async function recordToken(
  tx: ChangeTransaction,
  { operatorTokenHash, how, initiator }: Working,
): Promise<void> {
  const data = { how, credential: credentialOf(operatorTokenHash) };
  const event = { type: "OPERATOR_TOKEN_REPLACED", ...actorAndContext(initiator), data };
  await tx.record({ organizationId: reservedNumber }, event, initiator.recordedBy);
}

/** Makes the token with that hash the working one. */
export async function setToken(
  tx: ChangeTransaction,
  { operatorTokenHash, initiator }: Omit<Working, "how">,
): Promise<void> {
  await tx.rows.setOperatorTokenHash(operatorTokenHash);
  await recordToken(tx, { operatorTokenHash, how: "REPLACED", initiator });
}

/** The possible sources of the token. */
interface Places {
  /** DAYBOOK_OPERATOR_TOKEN. */
  readonly operatorToken: string | undefined;
  readonly dataFolder: string;
}

export interface Replacing {
  readonly store: Pick<Store, "write">;
  readonly log: Pick<EventLog, "change">;
  readonly initiator: Initiator;
  /** Whether the token goes into the file in the data folder: always, or only if the file exists. */
  readonly file: "make" | "keep";
  /** SHA-256 of the caller's operator token: it must still work when this replacement has the lock. */
  readonly shownHash?: Uint8Array | undefined;
}

interface ReplacedToken {
  readonly token: string;
  /** Whether the file `operator-token` has it; false if no file has it, or it waits beside the file until the next start. */
  readonly isPlaced: boolean;
}

/**
 * Replaces the operator token. Every process refuses the old one within a second; two simultaneous replacements run one after the other.
 * @throws DaybookError `operator-token-fixed` if DAYBOOK_OPERATOR_TOKEN sets the token, because the next start would set it again, or if
 * the file can't be written; `not-authenticated` if the caller's token no longer works
 */
export async function replaceOperatorToken(
  { operatorToken, dataFolder }: Places,
  { store, log, initiator, file, shownHash }: Replacing,
): Promise<ReplacedToken> {
  if (operatorToken !== undefined) throw new DaybookError("operator-token-fixed");
  const token = newOperatorToken();
  const isKept = file === "make" || hasOperatorToken(dataFolder);
  await log.change(async (tx) => {
    const current = await tx.rows.operatorTokenHashForUpdate();
    if (shownHash !== undefined && !equalBytes(shownHash, current))
      throw new DaybookError("not-authenticated");
    if (isKept) stage(dataFolder, token);
    await setToken(tx, { operatorTokenHash: hashOf(token), initiator });
  }, inNone);
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

/** The new token already works: if it can't be written to its file now, the next start does so. */
const isSettled = (store: Replacing["store"], dataFolder: string): Promise<boolean> =>
  settleFile(store, dataFolder).then(
    () => true,
    () => false,
  );

/** Moves the working token into its file, if it waits beside it, and removes those that never worked. */
export async function settleFile(store: Replacing["store"], dataFolder: string): Promise<void> {
  if (stagedOperatorTokens(dataFolder).length === 0) return;
  // under the lock, so that a token that waits for its own transaction doesn't look like one that never worked
  await store.write(async (tx) => {
    const current = await tx.operatorTokenHashForUpdate();
    placeOperatorToken(dataFolder, (token) => equalBytes(hashOf(token), current));
  }, inNone);
}
