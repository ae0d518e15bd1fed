/**
 * The keys for secrets that must be read back: from DAYBOOK_SECRETS_KEY, else from the file `secrets-key` in the data folder, which the
 * first start makes. One or several: the first encrypts, all decrypt.
 */
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DaybookError } from "daybook/internal";
import { keyBytes, openSealer, type Sealer, type SecretsKey, secretsKey, unreadable } from "./sealing.ts";
import { readOrMake, replaceSecret } from "./secret-file.ts";

type Keys = readonly [SecretsKey, ...SecretsKey[]];

/** The text of a key: 32 bytes in base64, as `openssl rand -base64 32` prints them, or in base64url. */
const keyForm = /^[A-Za-z0-9+/_-]{43}=?$/;

/** The keys in a text, separated by spaces or line ends. Undefined if it contains anything else, or no key. */
export function secretsKeysIn(text: string): Keys | undefined {
  const [first, ...others] = text.trim().split(/\s+/).map(keyIn);
  if (first === undefined || others.includes(undefined)) return undefined;
  return [first, ...(others as SecretsKey[])];
}

function keyIn(text: string): SecretsKey | undefined {
  const bytes = keyForm.test(text) ? Buffer.from(text, "base64") : Buffer.alloc(0);
  return bytes.length === keyBytes ? secretsKey(bytes) : undefined;
}

const pathIn = (dataFolder: string): string => join(dataFolder, "secrets-key");

/** The possible sources of keys. */
export interface SecretsKeyPlaces {
  /** DAYBOOK_SECRETS_KEY, already checked; if undefined, the file counts. */
  readonly configured: string | undefined;
  readonly dataFolder: string;
  /** The id of the key that encrypts the database's secrets; null if there are none yet. */
  readonly databaseKeyId: string | null;
  readonly warn: (line: string) => void;
}

/** The keys of this process, and their use. */
export interface SecretsKeys {
  readonly sealer: Sealer;
  /** The key that encrypts; undefined if this process doesn't have the database's key, and can neither encrypt nor decrypt. */
  readonly keyId: string | undefined;
  /** Whether this process has the key `id`. */
  has(id: string): boolean;
}

/**
 * Loads the keys, and makes the file if there never was a key. A process without the database's key continues without it: requests that
 * need it are refused, with the remedy. Throws `config-invalid` for a file that can't be used.
 */
export function openSecretsKeys(places: SecretsKeyPlaces): SecretsKeys {
  const { databaseKeyId, warn } = places;
  const keys = keysIn(places);
  const isRight =
    keys !== undefined && (databaseKeyId === null || keys.some(({ id }) => id === databaseKeyId));
  if (!isRight) warn(missing(places, keys !== undefined));
  const current = (): Keys => {
    // the file may have another key meanwhile
    const now = isRight ? (keysAgain(places) ?? keys) : undefined;
    if (now === undefined) throw unreadable("This process does not have the key for the database's secrets.");
    return now;
  };
  return {
    sealer: openSealer(current),
    keyId: isRight ? keys[0].id : undefined,
    has: (wanted) => isRight && current().some(({ id }) => id === wanted),
  };
}

function keysIn({ configured, dataFolder, databaseKeyId, warn }: SecretsKeyPlaces): Keys | undefined {
  if (configured !== undefined) return secretsKeysIn(configured);
  // a new one would decrypt nothing, and hide that the old one is missing
  if (databaseKeyId !== null && !existsSync(pathIn(dataFolder))) return undefined;
  return readOrMake({
    path: pathIn(dataFolder),
    what: "secrets key",
    remedy: "Restore the file from your backup. Second factors can't be read without it.",
    make: () => `${randomBytes(keyBytes).toString("base64")}\n`,
    read: secretsKeysIn,
    warn,
  }).value;
}

function keysAgain({ configured, dataFolder }: Omit<SecretsKeyPlaces, "warn">): Keys | undefined {
  if (configured !== undefined) return undefined;
  try {
    return secretsKeysIn(readFileSync(pathIn(dataFolder), "utf8"));
  } catch {
    return undefined;
  }
}

function missing({ configured, dataFolder }: SecretsKeyPlaces, isOther: boolean): string {
  const found = configured === undefined ? `${pathIn(dataFolder)}` : "DAYBOOK_SECRETS_KEY";
  const what = isOther
    ? `The key in ${found} is not the one that this database's secrets are encrypted with`
    : `There is no file ${found}, which has the key of this database's secrets`;
  return `${what}: nobody with a second factor can sign in here until the key is restored or DAYBOOK_SECRETS_KEY is set to it.`;
}

/**
 * Puts a new key before those of the file: from now on it encrypts, and the others still decrypt. Returns its id; undefined if
 * DAYBOOK_SECRETS_KEY has the keys. Throws `config-invalid`, and changes nothing, if the database's key is not among them. Two simultaneous
 * calls would lose a key: the caller must hold a lock.
 */
export function addSecretsKey(places: Omit<SecretsKeyPlaces, "warn">): string | undefined {
  const { configured, dataFolder, databaseKeyId } = places;
  const keys = configured === undefined ? keysAgain(places) : secretsKeysIn(configured);
  if (keys === undefined || !keys.some(({ id }) => id === databaseKeyId)) throw lacking(places);
  if (configured !== undefined) return undefined;
  const bytes = randomBytes(keyBytes);
  const path = pathIn(dataFolder);
  replaceSecret(path, `${bytes.toString("base64")}\n${readFileSync(path, "utf8").trim()}\n`);
  return secretsKey(bytes).id;
}

const lacking = ({ configured, dataFolder }: Omit<SecretsKeyPlaces, "warn">): DaybookError =>
  new DaybookError("config-invalid", {
    detail: `The key that this database's secrets are encrypted with is not in ${configured === undefined ? pathIn(dataFolder) : "DAYBOOK_SECRETS_KEY"}. Nothing was changed.`,
    remedy: "Restore it from its backup, then run this again.",
  });
