/**
 * A PostgreSQL of this machine, 15 or later, with a folder and a socket for one test run: the "any server" for DATABASE_URL. Its data is
 * temporary, so it does not wait for the disk.
 */
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdirSync, openSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { chooseAccount } from "../../server/src/store/embedded/account.ts";
import { environment } from "../../server/src/store/embedded/run.ts";
import { type TestServer, testSettings } from "./test-server.ts";

/** The folder of the newest PostgreSQL programs >= 15 of this machine, if it has some. */
export const systemBinaries = (): string | undefined => {
  const root = "/usr/lib/postgresql";
  const versions = existsSync(root) ? readdirSync(root) : [];
  const folders = versions
    .sort((a, b) => Number(b) - Number(a))
    .filter((version) => Number(version) >= 15)
    .map((version) => join(root, version, "bin"));
  const { stdout } = spawnSync("pg_config", ["--bindir"], { encoding: "utf8" });
  return [...folders, stdout?.trim() ?? ""].find((folder) => folder !== "" && isServer(folder));
};

const isServer = (folder: string): boolean => {
  const { stdout } = spawnSync(join(folder, "postgres"), ["--version"], { encoding: "utf8" });
  return (
    Number.parseInt(/\d+/.exec(stdout ?? "")?.[0] ?? "0", 10) >= 15 && existsSync(join(folder, "initdb"))
  );
};

/** What differs from the server that most tests share. */
export interface SystemServerOptions {
  /** More settings, given the folder of the server. */
  readonly settings?: (folder: string) => readonly string[];
  /** Puts files into the folder of the server, which then belong to its account. */
  readonly prepare?: (folder: string) => void;
  /** The port, also in the name of its socket. */
  readonly port?: number;
  /** Where the programs find their libraries. */
  readonly libraryPath?: string;
}

/** Starts one in a folder of its own within `folder`. */
export const startSystemPostgres = async (
  bin: string,
  folder: string,
  options: SystemServerOptions = {},
): Promise<TestServer & { stop: () => Promise<void> }> => {
  const cluster = join(folder, "server");
  const account = chooseAccount(cluster);
  const isRoot = process.getuid?.() === 0;
  const how = {
    ...(isRoot ? { uid: account.uid, gid: account.gid } : {}),
    cwd: "/",
    env: environment(options.libraryPath),
  };
  mkdirSync(cluster, { mode: 0o700 });
  options.prepare?.(cluster);
  if (isRoot)
    for (const name of [".", ...readdirSync(cluster)])
      chownSync(join(cluster, name), account.uid, account.gid);
  const data = join(cluster, "data");
  execFileSync(
    join(bin, "initdb"),
    ["-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"],
    { ...how, stdio: "pipe" },
  );
  const log = openSync(join(folder, "server.log"), "a");
  const settings = [
    ...testSettings,
    "listen_addresses=",
    `unix_socket_directories=${cluster}`,
    "max_connections=200",
    ...(options.settings?.(cluster) ?? []),
  ];
  const child = spawn(
    join(bin, "postgres"),
    ["-D", data, ...settings.flatMap((setting) => ["-c", setting])],
    { ...how, stdio: ["ignore", log, log] },
  );
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const port = options.port ?? 5432;
  const as = (user: string): string =>
    `postgresql:///%?host=${encodeURIComponent(cluster)}&port=${port}&user=${user}`;
  await answers(as("postgres").replace("%", "postgres"), child.pid ?? 0);
  return {
    superuser: as("postgres"),
    owner: as("daybook"),
    async stop() {
      child.kill("SIGQUIT");
      await ended;
    },
  };
};

const answers = async (url: string, pid: number): Promise<void> => {
  for (;;) {
    const client = new pg.Client(url);
    client.on("error", () => {});
    try {
      await client.connect();
      // it makes the role by which it reads itself
      await client.query("CREATE ROLE daybook LOGIN CREATEROLE");
      return await client.end();
    } catch (error) {
      process.kill(pid, 0); // throws once it has ended
      if (!/ENOENT|ECONNREFUSED|starting up/.test(String(error))) throw error;
      await sleep(20);
    }
  }
};
