/** A PostgreSQL that serves the tests. Knows nothing of the test runner: it is used before and while tests run. */
import pg from "pg";

/** How to reach a server: as its superuser, and as the owner of Daybook's databases; `%` stands for the database. */
export interface TestServer {
  readonly superuser: string;
  readonly owner: string;
}

/** The name of the migrated database that others are copied from. */
export const template = "daybook_template";

/**
 * Settings of a server that nobody needs after a crash: it waits for no disk, no vacuum comes between tests, and a deadlock
 * is found at once. What Daybook's own server promises of the disk is tested on servers with their own settings
 * (server/src/store/embedded).
 */
export const testSettings: readonly string[] = [
  "fsync=off",
  "synchronous_commit=off",
  "full_page_writes=off",
  "autovacuum=off",
  "checkpoint_timeout=1d",
  "deadlock_timeout=50ms",
];

/** Copies a database file by file, which takes a third of the time of copying through the write-ahead log. */
export const copyOf = (name: string, from: string): string =>
  `CREATE DATABASE ${name} TEMPLATE ${from} STRATEGY FILE_COPY OWNER daybook`;

/** Runs one statement in the database `postgres`. */
export const onServer = async (superuser: string, statement: string): Promise<void> => {
  const client = new pg.Client(superuser.replace("%", "postgres"));
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
};
