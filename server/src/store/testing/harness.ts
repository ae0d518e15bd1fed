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

/**
 * How much of the suite runs on a driver. A second PostgreSQL server gets every test, and of the tests that vary data, filters and pages
 * over the same statements a sample of their variations: what differs between servers (types, collations, errors, locks, roles, text
 * search, time zones) shows at the first run of a statement. docs/adr/0041 has the rule and what checks it.
 */
export interface Extent {
  readonly isWhole: boolean;
}

/** The variations to run: all, or the first `count`. */
export const sampleOf = <T>({ isWhole }: Extent, all: readonly T[], count: number): T[] =>
  isWhole ? [...all] : all.slice(0, count);

/** How many random variations to run: all, or a tenth. */
export const runsOf = ({ isWhole }: Extent, all: number): number => (isWhole ? all : Math.ceil(all / 10));
