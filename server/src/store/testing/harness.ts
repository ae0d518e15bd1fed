/** What the conformance suite needs of a driver, besides the contract. */
import type { Store } from "../store.ts";

/** A database for one test file. */
export interface TestDatabase {
  /** Opens the store again, like another server process. */
  open(): Promise<Store>;
  /** Ends every connection to the database from the other side, like a crash or a failover. */
  breakConnections(): Promise<void>;
  /** Opens the store over a connection that can be cut at a commit. */
  openOverLine(): Promise<{ store: Store; line: CuttableLine }>;
  /** Runs SQL directly, to plant faults. */
  plant(sql: string): Promise<void>;
}

/** A connection that breaks on demand. */
interface CuttableLine {
  /** Cuts at the next COMMIT: before it reaches the database, or after the database has done it and before it can respond. */
  cutAtCommit(when: "before" | "after"): void;
  close(): Promise<void>;
}
