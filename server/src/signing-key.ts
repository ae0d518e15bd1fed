/**
 * The check of the signing key at each start after the first. Each log names the public key, so a process with another key, or without one,
 * must not start unnoticed.
 */
import { join } from "node:path";
import { DaybookError, equalBytes } from "daybook/internal";
import type { Config } from "./config/index.ts";
import { findSigningKey, hadSigningKey, notePublicKey, type SigningKey } from "./secrets/index.ts";
import type { Deployment } from "./store/contract/deployment.ts";

type KeyConfig = Pick<Config, "dataFolder" | "databaseUrl" | "signingKey">;

const lost = "events are recorded and read as usual, but this process can't sign";
const wayOut = `If the key is lost, or another process has it, set DAYBOOK_SIGNING_KEY=none: ${lost}.`;

/**
 * Throws `config-invalid` for a key that is unreadable, not the deployment's, or missing where it was made. A further process on the same
 * database, with a data folder of its own, may lack it: the notice says what that costs.
 */
export function checkSigningKey(
  config: KeyConfig,
  { publicKey }: Pick<Deployment, "publicKey">,
  notice: (line: string) => void,
): void {
  const { dataFolder } = config;
  const path = join(dataFolder, "signing-key.pem");
  if (config.signingKey === "none") {
    notice(`DAYBOOK_SIGNING_KEY is none: ${lost}.`);
    return;
  }
  const key = findKey(dataFolder, notice);
  if (key === undefined) {
    if (isNeeded(config)) throw missing(path);
    notice(
      `There is no signing key in ${dataFolder}: ${lost}. Copy signing-key.pem of the first process there to change that.`,
    );
    return;
  }
  if (!equalBytes(key.publicKey, publicKey)) throw wrong(path);
  notePublicKey(dataFolder, key);
}

function findKey(dataFolder: string, notice: (line: string) => void): SigningKey | undefined {
  try {
    return findSigningKey(dataFolder, notice);
  } catch (error) {
    if (!(error instanceof DaybookError)) throw error;
    throw new DaybookError("config-invalid", {
      detail: error.message,
      remedy: `${error.remedy} ${wayOut}`,
      cause: error,
    });
  }
}

/** With the embedded PostgreSQL, the key belongs beside the database. */
const isNeeded = ({ signingKey, databaseUrl, dataFolder }: KeyConfig): boolean =>
  signingKey === "required" || databaseUrl === undefined || hadSigningKey(dataFolder);

const missing = (path: string): DaybookError =>
  new DaybookError("config-invalid", {
    detail: `The signing key is missing: there is no file ${path}.`,
    remedy: `Restore the file from your backup. ${wayOut}`,
  });

const wrong = (path: string): DaybookError =>
  new DaybookError("config-invalid", {
    detail: `The signing key in ${path} is not the one that this database's logs name.`,
    remedy: `Check DAYBOOK_DATA and DATABASE_URL, or restore the file from your backup. ${wayOut}`,
  });
