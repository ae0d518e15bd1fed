/**
 * Makes the role by which Daybook reads within one organization: it takes a superuser, which Daybook itself is not. At every start,
 * because a data folder of an earlier version has none. Knows nothing of what the role may read.
 */
import pg from "pg";
import type { Address } from "./presence.ts";

// two processes may do this at once
const statement = `DO $make$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'daybook_reader') THEN
    CREATE ROLE daybook_reader NOLOGIN;
    GRANT daybook_reader TO daybook;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $make$`;

/** Makes the role in the cluster of a running server, unless it is there. */
export const makeReaderRole = async (address: Address): Promise<void> => {
  const client = new pg.Client({ ...address, user: "postgres", database: "postgres", query_timeout: 10_000 });
  client.on("error", () => {});
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
};
