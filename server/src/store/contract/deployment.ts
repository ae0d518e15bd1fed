/** The contract of the store for the deployment: the one row about everything. */

/** The one row about the whole deployment. The first process makes it. */
export interface Deployment {
  /** `DAYBOOK_LOG_NAME` of the first start: the `<name>` of every origin. */
  readonly logName: string;
  /** The Ed25519 public key, 32 bytes. */
  readonly publicKey: Uint8Array;
  /** SHA-256 of the operator token. */
  readonly operatorTokenHash: Uint8Array;
  /** Since when that token works: what was issued with an earlier one ends with it. Microseconds since 1970 UTC. */
  readonly operatorTokenSince: bigint;
  /** The name of the key that encrypts secrets; null if there never was one. */
  readonly secretsKeyId: string | null;
}

/** A new deployment: its operator token works from then on, and it has no secrets key yet. */
export type NewDeployment = Omit<Deployment, "secretsKeyId" | "operatorTokenSince">;

/** Step 1 of a writing transaction: the deployment's row. */
export interface DeploymentRows {
  /**
   * Makes the one deployment row; false if it exists. If another transaction is making it, this one waits, so that only one of several
   * first starts gets true.
   */
  insertDeployment(deployment: NewDeployment): Promise<boolean>;
  /**
   * Locks the deployment's row and returns the hash of the operator token. Rejects with StoreError `conflict` if there is no deployment.
   */
  operatorTokenHashForUpdate(): Promise<Uint8Array>;
  /**
   * Replaces the hash of the operator token; `operatorTokenSince` becomes the time of the change. What was issued with the earlier token
   * ends. Rejects with StoreError `conflict` if there is no deployment.
   */
  setOperatorTokenHash(hash: Uint8Array): Promise<void>;
  /**
   * If the operator token works only since a time to come, which a clock that ran ahead gave it: it works since the time of the change. False
   * if it does already.
   */
  resetOperatorTokenSince(): Promise<boolean>;
  /** Locks the deployment's row and returns the name of the key that encrypts secrets; null if there is no name, or no deployment. */
  secretsKeyIdForUpdate(): Promise<string | null>;
  /**
   * Sets the name of the key that encrypts secrets, if the present name is `before`; returns false, and changes nothing, if it is another.
   */
  setSecretsKeyId(id: string, before: string | null): Promise<boolean>;
}

/** Reading the deployment. */
export interface DeploymentReads {
  /** The deployment; undefined before the first process has committed it. */
  deployment(): Promise<Deployment | undefined>;
}
