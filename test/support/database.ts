/**
 * Databases for tests, on the embedded PostgreSQL and on one of the machine's own. test/support/global-setup.ts starts both once. Each
 * database is a copy of a migrated template, and is dropped after the tests of its file (test/support/after-file.ts).
 */
import { randomBytes } from "node:crypto";
import { inject } from "vitest";
import { afterwards } from "./afterwards.ts";
import { copyOf, onServer, type TestServer, template } from "./test-server.ts";

/** `embedded`: PostgreSQL 18 of the npm packages; `server`: a PostgreSQL >= 15 of the machine. */
export type DatabaseKind = "embedded" | "server";

declare module "vitest" {
  interface ProvidedContext {
    embedded: TestServer;
    server: TestServer | undefined;
    /** A data folder to copy (prepared.ts). */
    prepared: string;
  }
}

/** The kinds that this machine has; for `describe.each(databaseKinds())`. */
export const databaseKinds = (): DatabaseKind[] => (inject("server") ? ["embedded", "server"] : ["embedded"]);

/** An empty database with Daybook's schema; returns its connection string, as its owner, who is not a superuser. */
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
  await onServer(superuser, copyOf(name, from));
  afterwards(() => onServer(superuser, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
  return owner.replace("%", name);
};
