/** `serve` runs with a larger young generation, although it was started without: as one process where Node can replace it, else as two. */
import { isAscii } from "node:buffer";
import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, inject, test } from "vitest";
import { isAlive } from "../server/src/store/embedded/process.ts";
import { afterwards } from "./support/afterwards.ts";
import { logMessages } from "./support/log-lines.ts";
import { copyPrepared } from "./support/prepared.ts";
import { freePort, inOneProcess, operatorToken } from "./support/server-process.ts";

const entry = fileURLToPath(new URL("../server/bin/daybook-server.js", import.meta.url));

interface RunningServer {
  /** The process that was started, which serves or runs the one that does. */
  readonly first: ChildProcess;
  readonly server: number;
  readonly postgres: number;
  output(): string;
}

const ps = (column: string, pid: number): string =>
  execFileSync("ps", ["-o", `${column}=`, "-p", String(pid)], { encoding: "utf8" }).trim();

/** Starts `serve` without any flag of Node, until it listens. */
async function start(): Promise<RunningServer> {
  const folder = await mkdtemp(join(tmpdir(), "daybook-restart-"));
  afterwards(() => rm(folder, { recursive: true, force: true }));
  copyPrepared(inject("prepared"), folder);
  const { DATABASE_URL: _, NODE_OPTIONS: __, ...others } = process.env;
  const own = { PORT: String(await freePort()), DAYBOOK_DATA: folder, DAYBOOK_OPERATOR_TOKEN: operatorToken };
  const env = { ...others, ...own };
  const first = spawn(process.execPath, [entry, "serve"], { env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  await new Promise<void>((resolve, reject) => {
    for (const stream of [first.stdout, first.stderr]) {
      stream.on("data", (piece) => {
        output += piece;
        if (output.includes("Daybook listens")) resolve();
      });
    }
    first.once("exit", () => reject(new Error(output)));
  });
  const postgres = Number(/started server (\d+)/.exec(output)?.[1]);
  return { first, server: Number(ps("ppid", postgres)), postgres, output: () => output };
}

test("SIGTERM stops the server once, with its exit code and without a PostgreSQL left", async () => {
  const { first, server, postgres, output } = await start();
  expect(ps("args", server)).toContain(" --max-semi-space-size=64 ");
  expect(server === first.pid).toBe("execve" in process);
  const closed = once(first, "close");
  // a terminal and systemd send it to all processes of the group, and the first one passes it on
  process.kill(server, "SIGTERM");
  first.kill("SIGTERM");
  expect(await closed).toEqual([0, null]);
  expect(logMessages(output()).at(-1)).toBe("Stopped.");
  expect(isAlive(postgres)).toBe(false);
});

test.skipIf("execve" in process)("the server stops when the first process was killed", async () => {
  const { first, postgres, output } = await start();
  const closed = once(first, "close");
  first.kill("SIGKILL");
  expect(await closed).toEqual([null, "SIGKILL"]);
  expect(logMessages(output()).at(-1)).toBe("Stopped.");
  expect(isAlive(postgres)).toBe(false);
});

test.skipIf("execve" in process)("the first process ends by the signal that killed the server", async () => {
  const { first, server, postgres } = await start();
  process.kill(server, "SIGKILL");
  expect(await once(first, "close")).toEqual([null, "SIGKILL"]);
  process.kill(postgres, "SIGINT");
  await expect.poll(() => isAlive(postgres), { timeout: 60_000 }).toBe(false);
});

/** A process that is the first one of its namespace, as in a container. */
const asFirst = (...command: string[]): ReturnType<typeof spawnSync> =>
  spawnSync("unshare", ["--map-root-user", "--pid", "--fork", ...command]);

test.skipIf("execve" in process || asFirst("true").status !== 0)(
  "the first process of a container, which no signal of its own ends, has the exit code of that signal",
  () => {
    const restart = new URL("../server/dist/cli/restart.js", import.meta.url).href;
    const folder = mkdtempSync(join(tmpdir(), "daybook-first-"));
    afterwards(() => rm(folder, { recursive: true }));
    const script = join(folder, "killed.mjs");
    writeFileSync(
      script,
      `import { restart } from ${JSON.stringify(restart)}; await restart(); process.kill(process.pid, "SIGKILL");`,
    );
    expect(asFirst(process.execPath, script).status).toBe(137);
  },
);

test("the build has kept what V8 compiles for a server with that flag, and V8 takes it", () => {
  const bundle = fileURLToPath(new URL("../server/dist/bundle/", import.meta.url));
  const codeCache = new URL("../server/dist/cli/code-cache.js", import.meta.url).href;
  const load = `
    import { cacheFile, compiledFile, loadScript } from ${JSON.stringify(codeCache)};
    const folder = ${JSON.stringify(bundle)};
    const { script, exports } = loadScript(folder + compiledFile, folder + cacheFile);
    console.log(script.cachedDataRejected, typeof exports.run);`;
  const loaded = [[inOneProcess], []].map((flags) =>
    execFileSync(process.execPath, [...flags, "--input-type=module", "--eval", load], {
      encoding: "utf8",
      env: { ...process.env, NODE_OPTIONS: "" },
    }).trim(),
  );
  expect(loaded).toEqual(["false function", "true function"]);
  expect(isAscii(readFileSync(join(bundle, "server.cjs")))).toBe(true);
});

test("a port in use ends the start before a database is made, and says what to do", async () => {
  const folder = join(mkdtempSync(join(tmpdir(), "daybook-port-")), "data");
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as { port: number };
  const { DATABASE_URL: _, ...others } = process.env;
  const env = { ...others, PORT: String(port), DAYBOOK_DATA: folder };
  // the port is held by this very process, so this doesn't wait in it
  const child = spawn(process.execPath, [entry, "serve"], { env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece) => (output += piece));
  const [code] = await once(child, "close");
  expect(code).not.toBe(0);
  expect(output).toContain(`The port ${port} of 127.0.0.1 is in use.`);
  expect(output).toContain("set PORT, or give --port");
  expect(existsSync(folder)).toBe(false);
  other.close();
  await rm(dirname(folder), { recursive: true });
});
