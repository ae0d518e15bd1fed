/**
 * Makes the roles with which Daybook works. This needs a superuser, which Daybook itself is not. Every start looks for them, because a data
 * folder of an earlier version may lack a role.
 */
import pg from "pg";
import type { Address } from "./presence.ts";
import { roleNames } from "./settings.ts";

// two processes can do this simultaneously
const makeRole = (name: string): string => `DO $make$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${name}') THEN
    CREATE ROLE ${name} NOLOGIN;
    GRANT ${name} TO daybook;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $make$`;

/** Makes the roles in the cluster of a running server, unless they exist. */
export const makeRoles = async (address: Address): Promise<void> => {
  const client = new pg.Client({ ...address, user: "postgres", database: "postgres", query_timeout: 10_000 });
  client.on("error", () => {});
  await client.connect();
  try {
    for (const name of roleNames) await client.query(makeRole(name));
  } finally {
    await client.end();
  }
};
