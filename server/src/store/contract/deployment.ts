/** The contract of the store for the deployment: the one row about everything. */

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

/** Step 1 of a writing transaction: the deployment's row. */
export interface DeploymentRows {
  /**
   * Makes the one deployment row. False if there is one. A transaction that makes it at the same time is waited for, so that of
   * many first starts one answers true.
   */
  insertDeployment(deployment: NewDeployment): Promise<boolean>;
  /**
   * Locks the deployment's row and answers the hash of the operator token. Rejects with StoreError `conflict` if there is no
   * deployment.
   */
  operatorTokenHashForUpdate(): Promise<Uint8Array>;
  /**
   * Replaces the hash of the operator token; `operatorTokenSince` becomes the time of the change. What the token before it handed
   * out ends with it. Rejects with StoreError `conflict` if there is no deployment.
   */
  setOperatorTokenHash(hash: Uint8Array): Promise<void>;
  /**
   * Locks the deployment's row and answers the name of the key that secrets are encrypted with; null if none was named, or there
   * is no deployment.
   */
  secretsKeyIdForUpdate(): Promise<string | null>;
  /**
   * Names the key that secrets are encrypted with, if the one named now is `before`; false, and nothing changes, if it is
   * another.
   */
  setSecretsKeyId(id: string, before: string | null): Promise<boolean>;
}

/** Reading the deployment. */
export interface DeploymentReads {
  /** The deployment; undefined before the first process has committed it. */
  deployment(): Promise<Deployment | undefined>;
}
