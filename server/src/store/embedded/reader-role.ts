/**
 * Makes the role with which Daybook reads within one organization. This needs a superuser, which Daybook itself is not. It runs at every
 * start, because a data folder of an earlier version may lack the role.
 */
import pg from "pg";
import type { Address } from "./presence.ts";

// two processes can do this simultaneously
const statement = `DO $make$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'daybook_reader') THEN
    CREATE ROLE daybook_reader NOLOGIN;
    GRANT daybook_reader TO daybook;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $make$`;

/** Makes the role in the cluster of a running server, unless it exists. */
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
