/** A PostgreSQL that serves the tests, before and while they run. */
import pg from "pg";

/** How to reach a server: as its superuser, and as the owner of Daybook's databases; `%` stands for the database. */
export interface TestServer {
  readonly superuser: string;
  readonly owner: string;
}

/** The name of the migrated database that others are copied from. */
export const template = "daybook_template";

/**
 * Settings of a server whose data nobody needs after a crash: it doesn't wait for the disk, doesn't vacuum between tests, and finds
 * deadlocks immediately. server/src/store/embedded tests Daybook's own settings.
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
