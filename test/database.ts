/**
 * Databases for tests, on the embedded PostgreSQL and on one of the machine's own. test/global-setup.ts starts both once.
 * Each database is a copy of a migrated template and is dropped after the tests of the file that asked for it.
 */
import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, inject } from "vitest";

/** `embedded`: PostgreSQL 18 of the npm packages; `server`: a PostgreSQL >= 15 of the machine. */
export type DatabaseKind = "embedded" | "server";

/** How to reach a server: as its superuser, and as the owner of Daybook's databases; `%` stands for the database. */
export interface TestServer {
  readonly superuser: string;
  readonly owner: string;
}

declare module "vitest" {
  interface ProvidedContext {
    embedded: TestServer;
    server: TestServer | undefined;
  }
}

/** The name of the migrated database that others are copied from. */
export const template = "daybook_template";

/** The kinds that this machine has; for `describe.each(databaseKinds())`. */
export const databaseKinds = (): DatabaseKind[] => (inject("server") ? ["embedded", "server"] : ["embedded"]);

/** A database with Daybook's schema and nothing in it; its connection string, as its owner, who is no superuser. */
export const freshDatabase = (kind: DatabaseKind): Promise<string> => makeDatabase(kind, template);

/** A database without even a schema. */
export const emptyDatabase = (kind: DatabaseKind): Promise<string> => makeDatabase(kind, "template0");

/** The connection string of a server's superuser, to look at a test's database from outside. */
export const asSuperuser = (url: string): string => {
  const named = new URL(url.replace("postgresql:///", "postgresql://x/"));
  const kind = databaseKinds().find((one) =>
    serverOf(one).owner.includes(encodeURIComponent(named.searchParams.get("host") ?? "?")),
  );
  return serverOf(kind ?? "embedded").superuser.replace("%", named.pathname.slice(1));
};

const serverOf = (kind: DatabaseKind): TestServer => {
  const server = inject(kind);
  if (server === undefined) throw new Error(`This machine has no PostgreSQL of the kind '${kind}'.`);
  return server;
};

const makeDatabase = async (kind: DatabaseKind, from: string): Promise<string> => {
  const { superuser, owner } = serverOf(kind);
  const name = `test_${randomBytes(8).toString("hex")}`;
  await onServer(superuser, `CREATE DATABASE ${name} TEMPLATE ${from} OWNER daybook`);
  dropAfterwards(() => onServer(superuser, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
  return owner.replace("%", name);
};

/** Asked for in a test, after which no hook can be added, a database goes with the server. */
const dropAfterwards = (drop: () => Promise<void>): void => {
  try {
    afterAll(drop);
  } catch {}
};

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
