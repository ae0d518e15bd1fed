/** The two secrets that the first start makes in the data folder: the operator token and the signing key. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { moveSecret, readOrMake, readSecret, replaceSecret, type Secret } from "./secret-file.ts";
import { newToken } from "./token.ts";

/** The prefix of operator tokens. */
export const operatorPrefix = "dbk_operator_";

/** An Ed25519 key pair for `daybook/ledger`: the private key is the 32-byte seed, the public key has 32 bytes. */
export interface SigningKey {
  readonly privateKey: Uint8Array;
  readonly publicKey: Uint8Array;
}

/**
 * The operator token in `<dataFolder>/operator-token`, made if it doesn't exist. Operators can put a token of their own into the file: 32
 * to 512 printable ASCII characters. Throws `config-invalid` for a file that can't be used.
 */
export const operatorTokenIn = (dataFolder: string, warn: (line: string) => void): Secret<string> =>
  readOrMake({
    path: join(dataFolder, "operator-token"),
    what: "operator token",
    remedy:
      "Put a token of at least 32 printable ASCII characters into it, or remove the file to get a new one.",
    make: () => `${newToken(operatorPrefix)}\n`,
    read: (text) => (/^[!-~]{32,512}$/.test(text) ? text : undefined),
    warn,
  });

export const newOperatorToken = (): string => newToken(operatorPrefix);

export const hasOperatorToken = (dataFolder: string): boolean =>
  existsSync(join(dataFolder, "operator-token"));

/** The start of the name of a file whose token waits beside the file `operator-token`. */
const staged = ".operator-token.next-";

/** Writes a token beside the file, flushed to the disk and readable only by its owner: it doesn't work yet. */
export const stageOperatorToken = (dataFolder: string, token: string): void =>
  replaceSecret(join(dataFolder, `${staged}${randomBytes(6).toString("hex")}`), `${token}\n`);

/** The files of waiting tokens, and leftovers of interrupted writes. */
export const stagedOperatorTokens = (dataFolder: string): string[] =>
  (existsSync(dataFolder) ? readdirSync(dataFolder) : [])
    .filter((name) => name.startsWith(staged) || name.startsWith(`.${staged}`))
    .map((name) => join(dataFolder, name));

/** Moves the working token from beside the file into it; removes those that don't work. */
export function placeOperatorToken(dataFolder: string, works: (token: string) => boolean): void {
  for (const path of stagedOperatorTokens(dataFolder)) {
    if (works(readFileSync(path, "utf8").trim())) moveSecret(path, join(dataFolder, "operator-token"));
    else rmSync(path, { force: true });
  }
}

const signingKeyFile = (dataFolder: string, warn: (line: string) => void) =>
  ({
    path: join(dataFolder, "signing-key.pem"),
    what: "Ed25519 signing key",
    remedy: "Restore the file from your backup. The logs name its public key.",
    read: readSigningKey,
    warn,
  }) as const;

/**
 * The deployment's Ed25519 signing key in `<dataFolder>/signing-key.pem` (PKCS #8, RFC 8410), made if it doesn't exist. Throws
 * `config-invalid` for a file that can't be used.
 */
export const signingKeyIn = (dataFolder: string, warn: (line: string) => void): Secret<SigningKey> =>
  readOrMake({
    ...signingKeyFile(dataFolder, warn),
    make: () => generateKeyPairSync("ed25519").privateKey.export({ format: "pem", type: "pkcs8" }) as string,
  });

/** The same, if it exists. */
export const findSigningKey = (dataFolder: string, warn: (line: string) => void): SigningKey | undefined =>
  readSecret(signingKeyFile(dataFolder, warn));

/** Removes a key that was just made and signs nothing. */
export const removeSigningKey = (dataFolder: string): void =>
  rmSync(join(dataFolder, "signing-key.pem"), { force: true });

const publicKeyPath = (dataFolder: string): string => join(dataFolder, "signing-key.pub");

/** Whether this folder had the signing key before. */
export const hadSigningKey = (dataFolder: string): boolean => existsSync(publicKeyPath(dataFolder));

/**
 * Writes the public half beside the key, in base64: with it, a later start knows that this folder had the key, and people can compare. A
 * folder that can't be written stays without it.
 */
export const notePublicKey = (dataFolder: string, { publicKey }: Pick<SigningKey, "publicKey">): void => {
  if (hadSigningKey(dataFolder)) return;
  try {
    writeFileSync(publicKeyPath(dataFolder), `${Buffer.from(publicKey).toString("base64")}\n`, {
      mode: 0o644,
    });
  } catch {}
};

const readSigningKey = (pem: string): SigningKey | undefined => {
  try {
    const key = createPrivateKey({ key: pem, format: "pem" });
    if (key.asymmetricKeyType !== "ed25519") return undefined;
    const { d, x } = { ...key.export({ format: "jwk" }), ...createPublicKey(key).export({ format: "jwk" }) };
    return {
      privateKey: Uint8Array.from(Buffer.from(d ?? "", "base64url")),
      publicKey: Uint8Array.from(Buffer.from(x ?? "", "base64url")),
    };
  } catch {
    return undefined;
  }
};
