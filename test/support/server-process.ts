/**
 * Starts the built server as a separate process, like an operator, and talks to it over HTTP. For tests that must kill it, run two of it,
 * or measure it.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const entry = "server/bin/daybook-server.js";
/** With it the server runs in the process that the test starts, and kills (server/src/cli/restart.ts). */
export const inOneProcess = "--max-semi-space-size=64";
const here = fileURLToPath(new URL("../..", import.meta.url));

/** At least 32 characters, as the server asks for. Only ever used on loopback, by tests. */
export const operatorToken = "operator-token-of-the-tests-0123456789";

export interface ServerOptions {
  readonly dataFolder: string;
  /** Absent: the embedded PostgreSQL. */
  readonly databaseUrl?: string;
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly arguments?: readonly string[];
  /** The folder of another build; absent: this one. */
  readonly checkout?: string;
}

export interface ServerProcess {
  readonly url: string;
  readonly port: number;
  readonly child: ChildProcess;
  /** All that it has printed so far. */
  output(): string;
  /** Ends it as an operator would (SIGTERM) and waits; the exit code. */
  stop(): Promise<number | null>;
  /** kill -9, and waits. */
  kill(): Promise<void>;
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

/** Starts a server and resolves once it answers /readyz; rejects with its output if it exits before. */
export async function startServer(options: ServerOptions): Promise<ServerProcess> {
  const port = options.port ?? (await freePort());
  const env: Record<string, string | undefined> = {
    ...process.env,
    PORT: String(port),
    HOST: "127.0.0.1",
    DAYBOOK_DATA: options.dataFolder,
    DAYBOOK_OPERATOR_TOKEN: operatorToken,
    LOG_LEVEL: "warn",
    ...options.env,
  };
  delete env.DATABASE_URL;
  if (options.databaseUrl) env.DATABASE_URL = options.databaseUrl;
  const child = spawn(
    process.execPath,
    [inOneProcess, join(options.checkout ?? here, entry), "serve", ...(options.arguments ?? [])],
    {
      env,
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let printed = "";
  const keep = (chunk: Buffer): void => {
    printed = (printed + chunk.toString()).slice(-100_000);
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  const exited = once(child, "exit") as Promise<[number | null]>;
  const url = `http://127.0.0.1:${port}`;
  const server: ServerProcess = {
    url,
    port,
    child,
    output: () => printed,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
      return (await exited)[0];
    },
    kill: async () => {
      child.kill("SIGKILL");
      await exited;
    },
  };
  await untilReady(server);
  return server;
}

async function untilReady(server: ServerProcess): Promise<void> {
  const deadline = Date.now() + 300_000;
  while (Date.now() < deadline) {
    if (server.child.exitCode !== null) throw new Error(`the server ended at start:\n${server.output()}`);
    const answer = await fetch(`${server.url}/readyz`).catch(() => undefined);
    await answer?.arrayBuffer().catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  server.child.kill("SIGKILL");
  throw new Error(`the server was not ready within five minutes:\n${server.output()}`);
}

/** One request as the operator; the JSON answer, whatever the status. */
export async function call(
  url: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: unknown; headers: Headers }> {
  const answer = await fetch(url + path, {
    method,
    headers: {
      authorization: `Bearer ${operatorToken}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  let parsed: unknown = text;
  try {
    parsed = JSON.parse(text);
  } catch {}
  return { status: answer.status, body: parsed, headers: answer.headers };
}
