/**
 * The cryptography of the ledger: SHA-256, random bytes, Ed25519 (RFC 8032). Only this file imports `node:crypto`; a browser build can
 * replace it.
 */
import * as node from "node:crypto";

/** A SHA-256 hash: 32 bytes. */
export type Hash = Uint8Array;

/** The size in bytes of a hash, a public key and a private key (RFC 8032: a seed). */
export const hashBytes = 32;
const seedBytes = 32;

/** SHA-256 of bytes, or of a text in UTF-8. */
export function sha256(data: string | Uint8Array): Hash {
  // One character a byte is the fastest output of node:crypto: it takes a third of the time of "buffer".
  const text = node.hash("sha256", data, "binary");
  const hash = new Uint8Array(hashBytes);
  for (let i = 0; i < hashBytes; i++) hash[i] = text.charCodeAt(i);
  return hash;
}

/** SHA-256 of a text in UTF-8, as unpadded base64url: 43 characters. */
export const sha256Base64url = (text: string): string => node.hash("sha256", text, "base64url");

/** New random bytes from the system's generator. */
export const randomBytes = (length: number): Uint8Array => node.getRandomValues(new Uint8Array(length));

/** An Ed25519 key pair; the private key is the 32-byte seed of RFC 8032. */
export interface KeyPair {
  readonly privateKey: Uint8Array;
  readonly publicKey: Uint8Array;
}

// RFC 8410: the bytes before the 32 bytes of a key in PKCS #8 and in SubjectPublicKeyInfo.
const pkcs8Prefix = Buffer.from("302e020100300506032b657004220420", "hex");
const spkiPrefix = Buffer.from("302a300506032b6570032100", "hex");

const privateKeyObject = (seed: Uint8Array): node.KeyObject =>
  node.createPrivateKey({ key: Buffer.concat([pkcs8Prefix, seed]), format: "der", type: "pkcs8" });

/** The key pair of a 32-byte seed. Throws RangeError for another length. */
export function keyPairOf(privateKey: Uint8Array): KeyPair {
  if (privateKey.length !== seedBytes) throw new RangeError("An Ed25519 private key is 32 bytes.");
  const spki = node.createPublicKey(privateKeyObject(privateKey)).export({ format: "der", type: "spki" });
  return {
    privateKey: Uint8Array.from(privateKey),
    publicKey: Uint8Array.from(spki.subarray(spkiPrefix.length)),
  };
}

/** A new key pair from random bytes. */
export const newKeyPair = (): KeyPair => keyPairOf(randomBytes(seedBytes));

/** The 64-byte Ed25519 signature of a message (RFC 8032 section 5.1.6). */
export const sign = (privateKey: Uint8Array, message: Uint8Array): Uint8Array =>
  Uint8Array.from(node.sign(null, message, privateKeyObject(privateKey)));

/** Whether a signature is valid (RFC 8032 section 5.1.7). For a malformed key or signature, it returns false and doesn't throw. */
export function isSignedBy(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== hashBytes || signature.length !== 64) return false;
  try {
    const key = Buffer.concat([spkiPrefix, publicKey]);
    return node.verify(null, message, node.createPublicKey({ key, format: "der", type: "spki" }), signature);
  } catch {
    return false;
  }
}
