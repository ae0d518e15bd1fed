/**
 * Stopping a server: while it is still starting, and while its database is silent; and its log from the first line to the last. Most of the
 * time passes waiting, so the tests run side by side.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, inject, test } from "vitest";
import { isAlive } from "../server/src/store/embedded/process.ts";
import { afterwards } from "./support/afterwards.ts";
import { freshDatabase } from "./support/database.ts";
import { logLines } from "./support/log-lines.ts";
import { copyPrepared } from "./support/prepared.ts";
import { call, freePort, operatorToken, startServer } from "./support/server-process.ts";
import { openSilentProxy } from "./support/silent-proxy.ts";

const entry = fileURLToPath(new URL("../server/bin/daybook-server.js", import.meta.url));

test.concurrent.for([/started server (\d+)/, /started server (\d+)[\s\S]*Daybook listens/])(
  "ends well, and leaves no PostgreSQL behind, when it has said %s",
  { timeout: 300_000 },
  async (moment, { expect }) => {
    const folder = await mkdtemp(join(tmpdir(), "daybook-stopping-"));
    afterwards(() => rm(folder, { recursive: true, force: true }));
    copyPrepared(inject("prepared"), folder);
    const { DATABASE_URL: _, ...others } = process.env;
    const env = {
      ...others,
      PORT: String(await freePort()),
      DAYBOOK_DATA: folder,
      DAYBOOK_OPERATOR_TOKEN: operatorToken,
    };
    const child = spawn(process.execPath, [entry, "serve"], { env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    let stopping = false;
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (piece) => {
        output += piece;
        if (stopping || !moment.test(output)) return;
        stopping = true;
        child.kill("SIGTERM");
      });
    const [code] = await once(child, "close");
    const postgres = Number(/started server (\d+)/.exec(output)?.[1]);
    expect([code, logLines(output).at(-1)], output).toEqual([
      0,
      expect.objectContaining({ level: "info", msg: "Stopped." }),
    ]);
    expect(postgres).toBeGreaterThan(0);
    expect(isAlive(postgres)).toBe(false);
  },
);

test.concurrent("a start that fails says why, and what to do, in one line of the log", async ({ expect }) => {
  const folder = await mkdtemp(join(tmpdir(), "daybook-stopping-"));
  afterwards(() => rm(folder, { recursive: true, force: true }));
  const env = { ...process.env, DAYBOOK_DATA: folder, PORT: "none" };
  const child = spawn(process.execPath, [entry, "serve"], { env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece) => (output += piece));
  const [code] = await once(child, "close");
  expect([code, logLines(output)], output).toEqual([
    1,
    [
      expect.objectContaining({
        level: "fatal",
        msg: expect.stringContaining("PORT"),
        remedy: expect.stringMatching(/\S/),
      }),
    ],
  ]);
});

const temporary = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), "daybook-stopping-"));
  afterwards(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

/** Sends a signal and returns the exit code, and the seconds until it came. */
async function endOf(child: ChildProcess, signal: NodeJS.Signals): Promise<[code: number, seconds: number]> {
  const exited = once(child, "exit");
  const began = performance.now();
  child.kill(signal);
  const [code] = await exited;
  return [code, (performance.now() - began) / 1_000];
}

describe.concurrent("with a silent database", () => {
  const env = { DAYBOOK_STOP_SECONDS: "3" };

  test("a server ends in its time at the first signal, and at once at the second", async ({ expect }) => {
    const proxy = await openSilentProxy(await freshDatabase("embedded"));
    afterwards(() => proxy.close());
    const first = await startServer({ dataFolder: await temporary(), databaseUrl: proxy.url, env });
    const second = await startServer({ dataFolder: await temporary(), databaseUrl: proxy.url, env });
    proxy.silence();
    const reading = call(first.url, "GET", "/v1/organizations");
    await new Promise((resolve) => setTimeout(resolve, 200));
    const [code, seconds] = await endOf(first.child, "SIGTERM");
    expect([code, (await reading).status], first.output()).toEqual([0, 503]);
    expect(seconds).toBeLessThan(6);
    expect(first.output()).toMatch(/did not finish within 3 seconds|left unfinished/);
    second.child.kill("SIGTERM");
    await expect.poll(() => second.output()).toContain("Press Ctrl-C again");
    // the same request, as a process manager and the first process both send it
    second.child.kill("SIGTERM");
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(second.child.exitCode).toBe(null);
    const [hardCode, hardSeconds] = await endOf(second.child, "SIGTERM");
    expect(hardCode).toBe(130);
    expect(hardSeconds).toBeLessThan(2);
  }, 120_000);

  test("a server that starts says so, and ends at a signal meanwhile", async ({ expect }) => {
    const proxy = await openSilentProxy(await freshDatabase("embedded"));
    afterwards(() => proxy.close());
    proxy.silence();
    const starting = async (): Promise<[ChildProcess, () => string]> => {
      const others = { DATABASE_URL: proxy.url, PORT: "0", DAYBOOK_DATA: await temporary(), ...env };
      const child = spawn(process.execPath, [entry, "serve"], { env: { ...process.env, ...others } });
      let output = "";
      for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece) => (output += piece));
      return [child, () => output];
    };
    const [patient, output] = await starting();
    const [code] = await once(patient, "close");
    expect([code, output()]).toEqual([1, expect.stringContaining("no answer came in time")]);
    const [child] = await starting();
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const [, seconds] = await endOf(child, "SIGTERM");
    expect(seconds).toBeLessThan(10);
  }, 120_000);
});
