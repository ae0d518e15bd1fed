/**
 * Checkpoints: a log's origin, size and root as a signed note (c2sp.org/tlog-checkpoint), signed with a key whose name is the origin. The
 * signer must make sure that it never signs two trees that contradict each other.
 */
import { DaybookError } from "../error/index.ts";
import { fromBase64, toBase64 } from "./base64.ts";
import { type Hash, hashBytes, keyPairOf } from "./crypto.ts";
import { openNote, signNote } from "./note.ts";
import { parseVkey, type VerifierKey, verifierKey } from "./vkey.ts";

/** The statement of a checkpoint: at this size, this log's tree has this root. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: bigint;
  readonly root: Hash;
}

/** The signed text of a checkpoint: origin, size and root (padded base64), one a line. */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  if (size < 0n || root.length !== hashBytes) throw invalid("its size or root is out of range");
  return `${origin}\n${size}\n${toBase64(root)}\n`;
}

/** The checkpoint signed with a 32-byte private key; the key's name is the origin. */
export function signCheckpoint(checkpoint: Checkpoint, privateKey: Uint8Array): string {
  const { publicKey } = keyPairOf(privateKey);
  const key = { ...verifierKey(checkpoint.origin, publicKey), privateKey };
  return signNote(checkpointText(checkpoint), key);
}

/** A checkpoint with checked signatures. */
export interface OpenedCheckpoint extends Checkpoint {
  /** The given keys that signed it; at least one. */
  readonly signers: readonly VerifierKey[];
  /** Lines after the root, opaque; Daybook writes none. */
  readonly extensions: readonly string[];
}

/**
 * Opens a checkpoint with the vkeys of a log. Throws `proof-invalid` if `openNote` does, if the text isn't a checkpoint, and if the name of
 * a key that signed it isn't the origin.
 */
export function openCheckpoint(note: string, vkeys: readonly string[]): OpenedCheckpoint {
  const { text, signers } = openNote(note, vkeys.map(parseVkey));
  const [origin, sizeText, rootText, ...extensions] = text.slice(0, -1).split("\n");
  if (origin === undefined || sizeText === undefined || rootText === undefined)
    throw invalid("it is too short");
  if (signers.some(({ name }) => name !== origin)) throw invalid("its key is not named after its origin");
  if (!/^(0|[1-9][0-9]{0,15})$/.test(sizeText) || Number(sizeText) > Number.MAX_SAFE_INTEGER) {
    throw invalid("its size is not a whole number from 0 to 2^53-1");
  }
  const root = fromBase64(rootText);
  if (root?.length !== hashBytes) throw invalid("its root is not the canonical base64 of 32 bytes");
  if (extensions.includes("")) throw invalid("it has an empty line");
  return { origin, size: BigInt(sizeText), root, signers, extensions };
}

const invalid = (why: string): DaybookError =>
  new DaybookError("proof-invalid", { detail: `A checkpoint can't be trusted: ${why}.` });
