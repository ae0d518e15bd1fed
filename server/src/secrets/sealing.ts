/**
 * Encryption of secrets that must be read back, such as that of a second factor: AES-256-GCM with a key outside the database. A ciphertext
 * is bound to its purpose and its row, and can't be decrypted elsewhere. If there are several keys, the first encrypts and all decrypt.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { DaybookError } from "daybook/internal";

/** The purpose of a secret, and its row. */
interface SealedFor {
  /** `totp`. */
  readonly purpose: string;
  readonly row: string;
}

export interface Sealer {
  /** `v1.<key id>.<nonce>.<ciphertext and tag>`. Throws `secret-unreadable` if this process doesn't have the database's key. */
  seal(secret: string, of: SealedFor): string;
  /** Throws `secret-unreadable` if no key decrypts it, or it was changed or belongs to another row. */
  open(sealed: string, of: SealedFor): string;
  /** Whether it is encrypted with the present key. */
  isCurrent(sealed: string): boolean;
}

/** A key with its name in ciphertexts. */
export interface SecretsKey {
  readonly id: string;
  readonly bytes: Uint8Array;
}

const idBytes = 9;
const nonceBytes = 12;
const tagBytes = 16;
/** The size of a key in bytes. */
export const keyBytes = 32;

/** A key with its id, which reveals nothing about it. */
export const secretsKey = (bytes: Uint8Array): SecretsKey => ({
  id: createHash("sha256")
    .update("daybook secrets key\n")
    .update(bytes)
    .digest()
    .subarray(0, idBytes)
    .toString("base64url"),
  bytes,
});

/**
 * Encrypts with the first of the keys. `keys` is called each time, so that a key that is added meanwhile counts; it throws if there are
 * none.
 */
export const openSealer = (keys: () => readonly [SecretsKey, ...SecretsKey[]]): Sealer => ({
  seal: (secret, of) => {
    const [{ id, bytes }] = keys();
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv("aes-256-gcm", bytes, nonce).setAAD(boundTo(of));
    const text = Buffer.concat([cipher.update(secret, "utf8"), cipher.final(), cipher.getAuthTag()]);
    return ["v1", id, nonce.toString("base64url"), text.toString("base64url")].join(".");
  },
  open: (sealed, of) => {
    const [version, id, nonce = "", text = ""] = sealed.split(".");
    const key = keys().find((each) => each.id === id);
    if (version !== "v1" || key === undefined)
      throw unreadable("It is encrypted with a key that is missing.");
    try {
      return decrypted(Buffer.from(text, "base64url"), { key, nonce: Buffer.from(nonce, "base64url"), of });
    } catch (cause) {
      throw unreadable("It was altered, or belongs to another record.", cause);
    }
  },
  isCurrent: (sealed) => sealed.split(".")[1] === keys()[0].id,
});

interface Decrypting {
  readonly key: SecretsKey;
  readonly nonce: Uint8Array;
  readonly of: SealedFor;
}

function decrypted(text: Buffer, { key, nonce, of }: Decrypting): string {
  const end = text.length - tagBytes;
  const decipher = createDecipheriv("aes-256-gcm", key.bytes, nonce, { authTagLength: tagBytes })
    .setAAD(boundTo(of))
    .setAuthTag(text.subarray(end));
  return Buffer.concat([decipher.update(text.subarray(0, end)), decipher.final()]).toString("utf8");
}

/** A list in JSON: each pair of purpose and row gives a different text. */
const boundTo = ({ purpose, row }: SealedFor): Buffer =>
  Buffer.from(JSON.stringify(["daybook secret", purpose, row]));

/** The error for a secret that can't be read back. */
export const unreadable = (detail: string, cause?: unknown): DaybookError =>
  new DaybookError("secret-unreadable", {
    detail: `An encrypted secret can't be decrypted. ${detail}`,
    ...(cause === undefined ? {} : { cause }),
  });
