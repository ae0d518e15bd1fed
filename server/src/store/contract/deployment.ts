/** The contract of the store for the deployment: one row about everything. */

/** The one row about the deployment as a whole. Made by the first process, then only read. */
export interface Deployment {
  /** `DAYBOOK_LOG_NAME` of the first start: the `<name>` of every origin. */
  readonly logName: string;
  /** The Ed25519 public key, 32 bytes. */
  readonly publicKey: Uint8Array;
  /** SHA-256 of the operator token. */
  readonly operatorTokenHash: Uint8Array;
  /** Since when that token works: what was handed out by one before it ends with it. Microseconds since 1970 UTC. */
  readonly operatorTokenSince: bigint;
  /** The name of the key that secrets are encrypted by; null: there never was one. */
  readonly secretsKeyId: string | null;
}

/** A deployment as it is made: its operator token works from then on, and there is no secrets key yet. */
export type NewDeployment = Omit<Deployment, "secretsKeyId" | "operatorTokenSince">;

/** The deployment's row in a writing transaction. */
export interface DeploymentRows {
  /** The one deployment row: false if another process was first (a concurrent one is waited for). */
  insertDeployment(deployment: NewDeployment): Promise<boolean>;
  /** That of the deployment, which has to be there; others wait for our commit. */
  operatorTokenHashForUpdate(): Promise<Uint8Array>;
  setOperatorTokenHash(hash: Uint8Array): Promise<void>;
  /** The name of the key that secrets are encrypted by. Locks the deployment's row. */
  secretsKeyIdForUpdate(): Promise<string | null>;
  /** Names the key that secrets are encrypted by; false if another process named another one than `before` meanwhile. */
  setSecretsKeyId(id: string, before: string | null): Promise<boolean>;
}

/** Reading the deployment. */
export interface DeploymentReads {
  /** The deployment; undefined before the log room has initialised it (`insertDeployment` and what goes with it). */
  deployment(): Promise<Deployment | undefined>;
}
