/** For the tests of the supervisor: data folders with an existing database, and processes that can be killed. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { inject } from "vitest";
import { copyPrepared } from "../../../../../test/support/prepared.ts";
import { isAlive } from "../process.ts";

/** The built supervisor: a separate process can't run the sources. */
const built = fileURLToPath(new URL("../../../../dist/store/embedded/index.js", import.meta.url));

const script = `const { startEmbedded } = await import(${JSON.stringify(built)});
  const options = JSON.parse(process.argv[1]);
  const log = (line) => console.log("log " + line);
  try {
    const server = await startEmbedded({ ...options, log });
    process.on("SIGTERM", async () => { await server.stop(); process.exit(0); });
    console.log("ready " + JSON.stringify({ url: server.url, adopted: server.adopted }));
    setInterval(() => {}, 1000);
  } catch (error) {
    console.log("refused " + JSON.stringify({ code: error.code, message: error.message, remedy: error.remedy }));
    process.exit(1);
  }`;

/** A process that supervises the embedded PostgreSQL of a folder. */
export interface DaybookProcess {
  readonly child: ChildProcess;
  /** Its output so far. */
  output(): string;
  /** Resolves when it has printed a text; rejects with its output if it ends before. */
  printed(what: RegExp): Promise<RegExpExecArray>;
  ready(): Promise<{ url: string; adopted: boolean }>;
  refused(): Promise<{ code: string; message: string; remedy: string }>;
  signal(name: NodeJS.Signals): Promise<void>;
}

/** The options of a process; `uid` to run as another user, which needs root. */
export interface ProcessOptions {
  readonly dataFolder: string;
  readonly elsewhere?: string;
  readonly uid?: number;
  readonly env?: Record<string, string>;
}

const processes: ChildProcess[] = [];

/** Starts a separate process. */
export const startProcess = ({ uid, env, ...options }: ProcessOptions): DaybookProcess => {
  const child = spawn(process.execPath, ["--input-type=module", "-e", script, JSON.stringify(options)], {
    cwd: "/",
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  processes.push(child);
  let output = "";
  const closed = once(child, "close");
  child.stdout?.on("data", (chunk) => (output += chunk));
  child.stderr?.on("data", (chunk) => (output += chunk));
  const printed = async (what: RegExp): Promise<RegExpExecArray> => {
    for (;;) {
      const match = what.exec(output);
      if (match) return match;
      if (child.exitCode !== null || child.signalCode !== null) {
        await closed;
        const last = what.exec(output);
        if (last) return last;
        throw new Error(`it ended without saying ${what}:\n${output}`);
      }
      await Promise.race([once(child.stdout as NonNullable<typeof child.stdout>, "data"), closed]);
    }
  };
  return {
    child,
    output: () => output,
    printed,
    ready: async () => JSON.parse((await printed(/^ready (.*)$/m))[1] as string),
    refused: async () => JSON.parse((await printed(/^refused (.*)$/m))[1] as string),
    async signal(name) {
      child.kill(name);
      await closed;
    },
  };
};

const root = mkdtempSync(join(tmpdir(), "daybook-embedded-"));
chmodSync(root, 0o711);
let folders = 0;

/** A path for a data folder that the user who runs PostgreSQL can reach; it doesn't exist yet. */
export const newFolder = (): string => join(root, `data-${++folders}`);

/**
 * A data folder with a database that was started once and stopped cleanly. Its server waits for no disk, unless `durable`.
 */
export const preparedFolder = async (options: { durable?: boolean } = {}): Promise<string> => {
  const folder = newFolder();
  copyPrepared(inject("prepared"), folder, options);
  return folder;
};

/** The process id of the postmaster. */
export const postmasterOf = (dataFolder: string): number =>
  Number.parseInt(readFileSync(join(dataFolder, "postgres", "postmaster.pid"), "utf8"), 10);

/** Runs one query on the server. */
export const ask = async (url: string, sql: string): Promise<Record<string, unknown>[]> => {
  const client = new pg.Client(url);
  client.on("error", () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
};

/** Repeats a query until it succeeds. */
export const askUntilAnswered = async (url: string, sql: string): Promise<Record<string, unknown>[]> => {
  for (const until = Date.now() + 20_000; ; ) {
    try {
      return await ask(url, sql);
    } catch (error) {
      if (Date.now() > until) throw error;
    }
  }
};

/** Ends every process and server of the tests, and removes their folders. */
export const cleanUp = async (): Promise<void> => {
  for (const child of processes) child.kill("SIGKILL");
  for (let number = 1; number <= folders; number++) {
    try {
      const pid = postmasterOf(join(root, `data-${number}`));
      if (isAlive(pid)) process.kill(pid, "SIGQUIT");
    } catch {}
  }
  rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
};
