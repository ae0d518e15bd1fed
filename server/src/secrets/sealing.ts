/**
 * Secrets that must be read back, such as that of a second factor: encrypted by AES-256-GCM under a key that lies outside the
 * database. What is encrypted is bound to its purpose and its row, so that it opens nowhere else. Of several keys the first
 * encrypts and all decrypt. It refuses to know where keys lie.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { DaybookError } from "daybook/internal";

/** What a secret is for, and in which row it lies. */
export interface SealedFor {
  /** `totp`. */
  readonly purpose: string;
  readonly row: string;
}

export interface Sealer {
  /** `v1.<key id>.<nonce>.<ciphertext and tag>`. Throws `secret-unreadable` where the key is not the database's. */
  seal(secret: string, of: SealedFor): string;
  /** Throws `secret-unreadable` where no key opens it, or it was changed or lies elsewhere than it was made for. */
  open(sealed: string, of: SealedFor): string;
  /** Whether it is encrypted by the key that encrypts now. */
  isCurrent(sealed: string): boolean;
}

/** A key and the name that ciphertexts call it by. */
export interface SecretsKey {
  readonly id: string;
  readonly bytes: Uint8Array;
}

const idBytes = 9;
const nonceBytes = 12;
const tagBytes = 16;
/** Of a key, in bytes. */
export const keyBytes = 32;

/** A key with its id, which tells nothing of it. */
export const secretsKey = (bytes: Uint8Array): SecretsKey => ({
  id: createHash("sha256")
    .update("daybook secrets key\n")
    .update(bytes)
    .digest()
    .subarray(0, idBytes)
    .toString("base64url"),
  bytes,
});

/** Encrypts by the first of the keys. `keys` is asked each time, so that a key that is added meanwhile counts; it throws where there are none. */
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

/** A list in JSON: no two pairs of purpose and row give the same text. */
const boundTo = ({ purpose, row }: SealedFor): Buffer =>
  Buffer.from(JSON.stringify(["daybook secret", purpose, row]));

/** The refusal of a secret that can't be read back. */
export const unreadable = (detail: string, cause?: unknown): DaybookError =>
  new DaybookError("secret-unreadable", {
    detail: `An encrypted secret can't be decrypted. ${detail}`,
    ...(cause === undefined ? {} : { cause }),
  });
