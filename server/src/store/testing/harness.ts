/** What the conformance suite needs of a driver, besides the contract. */
import type { Store } from "../store.ts";

/** One database that tests may do anything to. */
export interface TestDatabase {
  /** Opens the store once more: another server process. */
  open(): Promise<Store>;
  /** Ends every connection to the database from the other side, as a crash or a failover would. */
  breakConnections(): Promise<void>;
  /** Opens the store over a line that can be cut at the moment of a commit. */
  openOverLine(): Promise<{ store: Store; line: CuttableLine }>;
  /** Runs SQL behind the store's back, to plant faults. */
  plant(sql: string): Promise<void>;
}

/** A connection that breaks when told to. */
interface CuttableLine {
  /** Cuts at the next COMMIT: before it reaches the database, or after the database has done it and before it can say so. */
  cutAtCommit(when: "before" | "after"): void;
  close(): Promise<void>;
}
