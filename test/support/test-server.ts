/** A PostgreSQL that serves the tests. Knows nothing of the test runner: it is used before and while tests run. */
import pg from "pg";

/** How to reach a server: as its superuser, and as the owner of Daybook's databases; `%` stands for the database. */
export interface TestServer {
  readonly superuser: string;
  readonly owner: string;
}

/** The name of the migrated database that others are copied from. */
export const template = "daybook_template";

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
