/**
 * PgBouncer from the machine's packages, in front of a PostgreSQL for tests: clients come over its socket, as any user, without a password.
 * If the machine has none, the tests that need it are skipped, loudly; with CI=true that is a failure.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chownSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { chooseAccount, type SystemAccount } from "../../server/src/store/embedded/account.ts";

/** Whether this machine has PgBouncer. */
export const hasPgBouncer = (): boolean => {
  if (spawnSync("pgbouncer", ["--version"], { stdio: "ignore" }).status === 0) return true;
  const message = "This machine has no PgBouncer: 'apt-get install pgbouncer'.";
  if (process.env.CI === "true") throw new Error(message);
  console.warn(`\n*** ${message} The tests of poolers are skipped. ***\n`);
  return false;
};

/** The user of the operating system who runs it: it refuses root, as PostgreSQL does. */
export const poolerAccount = (): SystemAccount => chooseAccount(join(tmpdir(), "none"));

export interface PgBouncerOptions {
  /** When a connection goes to another client. */
  readonly mode: "session" | "transaction";
  /** Connections to the server for each database and user. */
  readonly size: number;
  /** Users who may come. */
  readonly users?: readonly string[];
  /** With which they log in at the server; absent: it asks for none. */
  readonly password?: string;
}

export interface PgBouncer {
  /** The connection string of a database, through the pooler. */
  urlOf(database: string, user?: string): string;
  /** Its process. */
  readonly pid: number;
  stop(): Promise<void>;
}

/** Starts one in front of the server of a connection string with a socket folder. */
export async function startPgBouncer(url: string, options: PgBouncerOptions): Promise<PgBouncer> {
  const { mode, size, users = ["daybook"], password = "" } = options;
  const server = new pg.Client(url);
  const folder = mkdtempSync(join(tmpdir(), "daybook-pooler-"));
  const account = poolerAccount();
  const isRoot = process.getuid?.() === 0;
  writeFileSync(
    join(folder, "users"),
    users.map((user) => `"${user}" "${password.replaceAll('"', '""')}"\n`).join(""),
  );
  writeFileSync(
    join(folder, "pgbouncer.ini"),
    `[databases]
* = host=${server.host} port=${server.port}
[pgbouncer]
unix_socket_dir = ${folder}
listen_port = 6432
auth_type = trust
auth_file = ${join(folder, "users")}
pool_mode = ${mode}
default_pool_size = ${size}
max_client_conn = 500
server_check_delay = 30
`,
  );
  if (isRoot)
    for (const name of ["", "users", "pgbouncer.ini"])
      chownSync(join(folder, name), account.uid, account.gid);
  const as = isRoot ? { uid: account.uid, gid: account.gid } : {};
  const child: ChildProcess = spawn("pgbouncer", ["-q", join(folder, "pgbouncer.ini")], {
    ...as,
    cwd: "/",
    stdio: "ignore",
  });
  const ended = once(child, "exit");
  const urlOf = (database: string, user = users[0]!): string =>
    `postgresql:///${database}?host=${encodeURIComponent(folder)}&port=6432&user=${encodeURIComponent(user)}`;
  await untilItAnswers(urlOf("postgres"), child);
  return {
    urlOf,
    pid: child.pid!,
    async stop() {
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Rejects with what it answers if it still refuses after ten seconds. */
async function untilItAnswers(url: string, child: ChildProcess): Promise<void> {
  const began = performance.now();
  for (;;) {
    const client = new pg.Client(url);
    client.on("error", () => {});
    try {
      await client.connect();
      return await client.end();
    } catch (error) {
      if (child.exitCode !== null || performance.now() - began > 10_000) throw error;
      await sleep(20);
    }
  }
}
