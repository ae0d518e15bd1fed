/**
 * The first start, and the checks of each later one: name, signing key and operator token of the deployment. The database decides, so that
 * all processes agree; it has only the token's hash.
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
  notePublicKey,
  openSecretsKeys,
  operatorTokenIn,
  removeSigningKey,
  type SecretsKeys,
  signingKeyIn,
} from "./secrets/index.ts";
import { checkSigningKey } from "./signing-key.ts";
import type { Deployment } from "./store/contract/deployment.ts";
import { StoreError } from "./store/contract/errors.ts";
import { inNone } from "./store/contract/placement.ts";
import type { Store } from "./store/store.ts";

export interface DeploymentDependencies {
  readonly store: Store;
  readonly log: EventLog;
  readonly types: TypeLookup;
  readonly notice: (line: string) => void;
  /** Whether this process serves: then it may need the signing key. Commands don't. */
  readonly isServing: boolean;
}

const itself: Initiator = { actor: { type: "system", id: "daybook" }, recordedBy: byServer };

/** Creates the deployment on the first start, or finds it; says where the operator token is, but never the token itself. */
export async function openDeployment(config: Config, services: DeploymentDependencies): Promise<Deployment> {
  const { store, notice } = services;
  const existing = await store.deployment();
  if (existing === undefined) return firstStart(config, services);
  if (services.isServing) checkSigningKey(config, existing, notice);
  if (config.operatorToken !== undefined) {
    // a command changes nothing by being run: fsck would not see that the token in the database was altered
    return services.isServing ? withToken(config.operatorToken, existing, services) : existing;
  }
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

async function firstStart(config: Config, services: DeploymentDependencies): Promise<Deployment> {
  const { store, types, notice } = services;
  const { dataFolder } = config;
  const secret = config.operatorToken === undefined ? operatorTokenIn(dataFolder, notice) : undefined;
  const operatorTokenHash = hashOf(config.operatorToken ?? secret?.value ?? "");
  const signingKey = signingKeyIn(dataFolder, notice);
  const deployment = await initialiseDeployment({
    store,
    types,
    logName: config.logName ?? newLogName(),
    publicKey: signingKey.value.publicKey,
    operatorTokenHash,
    alsoTold: (tx) => recordToken(tx, { operatorTokenHash, how: "FIRST_START", initiator: itself }),
  });
  if (equalBytes(deployment.publicKey, signingKey.value.publicKey))
    notePublicKey(dataFolder, signingKey.value);
  else keepOthersKey(config, deployment, { ...services, made: signingKey.made });
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

/** Another process started first, with its key: the one that was made here meanwhile signs nothing. */
function keepOthersKey(
  config: Config,
  deployment: Deployment,
  { made, isServing, notice }: Pick<DeploymentDependencies, "isServing" | "notice"> & { made: boolean },
): void {
  if (made) removeSigningKey(config.dataFolder);
  if (isServing) checkSigningKey(config, deployment, notice);
}

const unnamed = (name: string): string =>
  `No public name was configured, so the logs are permanently named '${name}'. To choose a name, start again with an empty database and DAYBOOK_LOG_NAME or DAYBOOK_PUBLIC_URL.`;

/** A token in the configuration replaces the one in the database: in all processes, within a second. */
async function withToken(
  token: string,
  existing: Deployment,
  { log, notice }: DeploymentDependencies,
): Promise<Deployment> {
  const operatorTokenHash = hashOf(token);
  if (equalBytes(operatorTokenHash, existing.operatorTokenHash)) return existing;
  await log.change((tx) => setToken(tx, { operatorTokenHash, initiator: itself }), inNone);
  notice("DAYBOOK_OPERATOR_TOKEN replaces the operator token that the database had before.");
  return { ...existing, operatorTokenHash };
}

/**
 * The keys for secrets that must be read back. The database has the name of the key that encrypts them, so a process with another key
 * reports it instead of encrypting with it.
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
      // if two processes start for the first time, each with its own key, one is first
      if (await store.write((tx) => tx.setSecretsKeyId(keyId, databaseKeyId), inNone)) return keys;
    } catch (error) {
      // if the outcome is unknown, the database knows it at the next attempt
      const isInDoubt = error instanceof StoreError && error.failure === "unknown";
      if (!isInDoubt || attempt === attempts) throw error;
    }
  }
}

/** How often a start tries to name its key if the connection breaks at the end. */
const attempts = 3;

/**
 * Puts a new key before those of the file, and names it in the database; false if DAYBOOK_SECRETS_KEY has the keys. Two simultaneous
 * rotations run one after the other because of the lock on the deployment's row, so the file loses no key. Throws `config-invalid`, and
 * changes nothing, if the database's key is not among them.
 */
export const rotateSecretsKey = (
  { secretsKey: configured, dataFolder }: Pick<Config, "secretsKey" | "dataFolder">,
  { log }: Pick<DeploymentDependencies, "log">,
): Promise<boolean> =>
  log.change(async ({ rows }) => {
    const databaseKeyId = await rows.secretsKeyIdForUpdate();
    // the file comes first: a stored key that encrypts nothing yet is better than an encrypting key that nobody has
    const added = addSecretsKey({ configured, dataFolder, databaseKeyId });
    if (added !== undefined) await rows.setSecretsKeyId(added, databaseKeyId);
    return added !== undefined;
  }, inNone);
