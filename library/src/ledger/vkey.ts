/** Verifier keys of C2SP signed notes (c2sp.org/signed-note): a name and an Ed25519 public key in one line of text. */
import { DaybookError } from "../error/index.ts";
import { fromBase64, toBase64 } from "./base64.ts";
import { equalBytes, joinBytes, toHex } from "./bytes.ts";
import { hashBytes, sha256 } from "./crypto.ts";

/** The signature type of plain Ed25519, which is the only one that Daybook writes or reads. */
const ed25519Type = 0x01;
/** The size of a key id in bytes. */
export const keyIdBytes = 4;

/** A key for checking signatures. */
export interface VerifierKey {
  readonly name: string;
  /** The first 4 bytes of SHA-256(name || 0x0A || 0x01 || public key). */
  readonly keyId: Uint8Array;
  /** 32 bytes (RFC 8032). */
  readonly publicKey: Uint8Array;
}

/** Whether a text is a valid key name: not empty, without spaces, `+`, control characters and lone surrogates. */
export const isKeyName = (text: string): boolean => /^[^\p{White_Space}\p{Cc}\p{Cs}+]+$/u.test(text);

/** The key with its name and id. Throws RangeError for an invalid name or a public key that isn't 32 bytes. */
export function verifierKey(name: string, publicKey: Uint8Array): VerifierKey {
  if (!isKeyName(name)) throw new RangeError(`'${name}' can't be the name of a key.`);
  if (publicKey.length !== hashBytes) throw new RangeError("An Ed25519 public key is 32 bytes.");
  const named = joinBytes([new TextEncoder().encode(`${name}\n`), Uint8Array.of(ed25519Type), publicKey]);
  return { name, keyId: sha256(named).slice(0, keyIdBytes), publicKey };
}

/** The vkey of a public key: `<name>+<key id, hex>+<base64(0x01 || public key)>`. Throws as `verifierKey` does. */
export function vkey(name: string, publicKey: Uint8Array): string {
  const { keyId } = verifierKey(name, publicKey);
  return `${name}+${toHex(keyId)}+${toBase64(joinBytes([Uint8Array.of(ed25519Type), publicKey]))}`;
}

/** Reads a vkey. Throws `proof-invalid` if it is malformed, has another signature type, or its key id doesn't match. */
export function parseVkey(text: string): VerifierKey {
  // Base64 can contain `+`, the name and the hex can't: the first two separate the parts.
  const [, name, keyId, encoded] = /^([^+]*)\+([0-9a-f]{8})\+(.*)$/s.exec(text) ?? [];
  if (name === undefined || encoded === undefined || !isKeyName(name))
    throw invalid("it is not <name>+<id>+<key>");
  const bytes = fromBase64(encoded);
  if (bytes === undefined) throw invalid("its key is not canonical base64");
  if (bytes[0] !== ed25519Type) throw invalid("its signature type is not Ed25519 (0x01)");
  if (bytes.length !== 1 + hashBytes) throw invalid("its key is not 32 bytes long");
  const key = verifierKey(name, bytes.slice(1));
  if (toHex(key.keyId) !== keyId) throw invalid("its key id is not that of its name and key");
  return key;
}

/** Whether a signature line has the name and id of this key. */
export const isNamed = (key: VerifierKey, name: string, keyId: Uint8Array): boolean =>
  key.name === name && equalBytes(key.keyId, keyId);

const invalid = (why: string): DaybookError =>
  new DaybookError("proof-invalid", { detail: `A verifier key can't be used: ${why}.` });
