/** The PostgreSQL servers of the matrix: the machine's and the embedded one's programs, each with passwords and TLS on a port of its own. */
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import pg from "pg";
import { chooseAccount } from "../../server/src/store/embedded/account.ts";
import { findPackage, prepareBinaries } from "../../server/src/store/embedded/binaries.ts";
import { type SecuredServer, startSecuredPostgres } from "../support/secured-postgres.ts";
import { systemBinaries } from "../support/system-postgres.ts";

/** A server of the matrix. */
export interface MatrixServer extends SecuredServer {
  /** `PostgreSQL 15.18` */
  readonly name: string;
}

/** `15.18` */
async function versionOf({ superuser }: SecuredServer): Promise<string> {
  const client = new pg.Client(superuser.replace("%", "postgres"));
  await client.connect();
  const { rows } = await client
    .query<{ server_version: string }>("SHOW server_version")
    .finally(() => client.end());
  return /^\S+/.exec(rows[0]?.server_version ?? "")?.[0] ?? "of this machine";
}

/** Starts the machine's server, in a folder that its account can reach. */
export async function startMachines(folder: string): Promise<MatrixServer> {
  const bin = systemBinaries();
  if (bin === undefined)
    throw new Error("This machine has no PostgreSQL >= 15: 'apt-get install postgresql'.");
  const own = join(folder, "machine");
  mkdirSync(own, { mode: 0o755 });
  const server = await startSecuredPostgres(bin, own);
  return { ...server, name: `PostgreSQL ${await versionOf(server)}` };
}

/** Starts a server of the embedded PostgreSQL's programs, as a server of its own. */
export async function startPackages(folder: string): Promise<MatrixServer> {
  const own = join(folder, "package");
  mkdirSync(own, { mode: 0o755 });
  const account = chooseAccount(join(own, "none"));
  const binaries = prepareBinaries(findPackage(), {
    account,
    linkFolder: join(own, "libraries"),
    elsewhere: own,
    log: () => {},
  });
  const { libraryPath, postgres } = binaries;
  const server = await startSecuredPostgres(
    dirname(postgres),
    own,
    libraryPath === undefined ? {} : { libraryPath },
  );
  return { ...server, name: `PostgreSQL ${await versionOf(server)} (the embedded one)` };
}
