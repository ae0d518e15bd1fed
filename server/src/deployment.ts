/**
 * The first start, and what every later one checks: name, signing key and operator token of the deployment. The database's
 * word counts, so that all processes agree; it holds the token's hash only.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { equalBytes, newLogName } from "daybook/internal";
import type { Config } from "./config/index.ts";
import {
  byServer,
  type EventLog,
  type Initiator,
  initialiseDeployment,
  type TypeLookup,
} from "./log/index.ts";
import { hashOf, recordToken, setToken, settleFile } from "./operator-token/index.ts";
import {
  addSecretsKey,
  openSecretsKeys,
  operatorTokenIn,
  type SecretsKeys,
  signingKeyIn,
} from "./secrets/index.ts";
import type { Deployment } from "./store/contract/deployment.ts";
import { StoreError } from "./store/contract/errors.ts";
import type { Store } from "./store/store.ts";

export interface DeploymentDependencies {
  readonly store: Store;
  readonly log: EventLog;
  readonly types: TypeLookup;
  readonly notice: (line: string) => void;
}

const itself: Initiator = { actor: { type: "system", id: "daybook" }, recordedBy: byServer };

/** Makes the deployment on the first start of all, or finds it; says where the operator token is, never what it is. */
export async function openDeployment(config: Config, services: DeploymentDependencies): Promise<Deployment> {
  const { store, notice } = services;
  const existing = await store.deployment();
  if (existing === undefined) return firstStart(config, services);
  if (config.operatorToken !== undefined) return withToken(config.operatorToken, existing, services);
  const path = join(config.dataFolder, "operator-token");
  await settleFile(store, config.dataFolder);
  if (!existsSync(path)) {
    notice(
      `The operator token is not in ${config.dataFolder}. The token that the database knows still works. If it is lost, run 'daybook-server operator-token replace'.`,
    );
  } else if (
    !equalBytes(hashOf(operatorTokenIn(config.dataFolder, notice).value), existing.operatorTokenHash)
  ) {
    notice(
      `The operator token in ${path} is not the one in the database, which is the valid one. Restore that token, or make a new one with 'daybook-server operator-token replace'.`,
    );
  } else {
    notice(`The operator token is in ${path}`);
  }
  return existing;
}

async function firstStart(
  config: Config,
  { store, types, notice }: DeploymentDependencies,
): Promise<Deployment> {
  const { dataFolder } = config;
  const secret = config.operatorToken === undefined ? operatorTokenIn(dataFolder, notice) : undefined;
  const operatorTokenHash = hashOf(config.operatorToken ?? secret?.value ?? "");
  const deployment = await initialiseDeployment({
    store,
    types,
    logName: config.logName ?? newLogName(),
    publicKey: signingKeyIn(dataFolder, notice).value.publicKey,
    operatorTokenHash,
    alsoTold: (tx) => recordToken(tx, { operatorTokenHash, how: "FIRST_START", by: itself }),
  });
  if (config.logName === undefined) notice(unnamed(deployment.logName));
  const isOurs = equalBytes(deployment.operatorTokenHash, operatorTokenHash);
  if (secret !== undefined) {
    notice(
      isOurs
        ? `The operator token is in ${secret.path}, readable only by you.`
        : `Another process started first: its operator token is valid, not the one in ${secret.path}.`,
    );
  }
  return deployment;
}

const unnamed = (name: string): string =>
  `No public name was configured, so the logs are permanently named '${name}'. To choose a name, start again with an empty database and DAYBOOK_LOG_NAME or DAYBOOK_PUBLIC_URL.`;

/** A token that the configuration gives replaces the one that the database knows: in all processes, within a second. */
async function withToken(
  token: string,
  existing: Deployment,
  { log, notice }: DeploymentDependencies,
): Promise<Deployment> {
  const operatorTokenHash = hashOf(token);
  if (equalBytes(operatorTokenHash, existing.operatorTokenHash)) return existing;
  await log.change((tx) => setToken(tx, { operatorTokenHash, by: itself }));
  notice("DAYBOOK_OPERATOR_TOKEN replaces the operator token that the database had before.");
  return { ...existing, operatorTokenHash };
}

/**
 * The keys of secrets that must be read back. The database names the one that they are encrypted by, so that a process that has
 * another one says so instead of encrypting by it.
 */
export async function openSecrets(
  { secretsKey: configured, dataFolder }: Config,
  { store, notice }: Pick<DeploymentDependencies, "store" | "notice">,
): Promise<SecretsKeys> {
  for (let attempt = 1; ; attempt++) {
    const databaseKeyId = (await store.deployment())?.secretsKeyId ?? null;
    const keys = openSecretsKeys({ configured, dataFolder, databaseKeyId, warn: notice });
    const { keyId } = keys;
    if (keyId === undefined || keyId === databaseKeyId) return keys;
    try {
      // of two processes at their first start, each with a key of its own, one is first
      if (await store.write((tx) => tx.setSecretsKeyId(keyId, databaseKeyId))) return keys;
    } catch (error) {
      // whether it was done, the database says when it is asked again
      const isInDoubt = error instanceof StoreError && error.failure === "unknown";
      if (!isInDoubt || attempt === attempts) throw error;
    }
  }
}

/** How often a start tries to name its key where the connection breaks at the end. */
const attempts = 3;

/**
 * Puts a new key before those of the file, and names it in the database; false where DAYBOOK_SECRETS_KEY says the keys. Of two
 * processes at once one waits for the other at the deployment's row, so that the file loses no key. Throws `config-invalid`, and
 * changes nothing, where the database's key is not among them.
 */
export const rotateSecretsKey = (
  { secretsKey: configured, dataFolder }: Pick<Config, "secretsKey" | "dataFolder">,
  { log }: Pick<DeploymentDependencies, "log">,
): Promise<boolean> =>
  log.change(async ({ rows }) => {
    const databaseKeyId = await rows.secretsKeyIdForUpdate();
    // the file comes first: a key that is in it and encrypts nothing yet is better than one that encrypts and that nobody has
    const added = addSecretsKey({ configured, dataFolder, databaseKeyId });
    if (added !== undefined) await rows.setSecretsKeyId(added, databaseKeyId);
    return added !== undefined;
  });
