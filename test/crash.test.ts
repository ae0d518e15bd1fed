/**
 * A bug in a command: exit code 1 and one sentence; the stack trace is an entry of the log off a terminal, and on a terminal only printed if
 * it is asked for. And Ctrl-C on a terminal, which ends a server as tidily as a signal.
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { describe, expect, inject, test } from "vitest";
import { afterwards } from "./support/afterwards.ts";
import { logLines } from "./support/log-lines.ts";
import { copyPrepared } from "./support/prepared.ts";
import { runCommand } from "./support/run-command.ts";
import { freePort, operatorToken } from "./support/server-process.ts";

const entry = fileURLToPath(new URL("../server/bin/daybook-server.js", import.meta.url));

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "daybook-crash-"));
  afterwards(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A data folder with a database. */
function dataFolder(): string {
  const folder = newFolder();
  copyPrepared(inject("prepared"), folder);
  return folder;
}

/** Options of Node that plant a bug into a command: where it first asks for the time, or shortly after, where nothing catches it. */
function planting(bug: "thrown" | "uncaught" | "rejected"): string {
  const path = join(newFolder(), "plant.mjs");
  const planted = 'new TypeError("planted\\nsecond line")';
  const how = {
    thrown: `throw ${planted};`,
    uncaught: `setImmediate(() => { throw ${planted}; }); return real();`,
    rejected: `void Promise.reject(${planted}); return real();`,
  }[bug];
  writeFileSync(
    path,
    `const real = performance.now.bind(performance);
    performance.now = () => { performance.now = real; ${how} };`,
  );
  return `--import=${pathToFileURL(path).href}`;
}

const sentence = "An unexpected error (TypeError): planted";

describe.each(["thrown", "uncaught", "rejected"] as const)("a bug that is %s", (bug) => {
  test.each(["migrate", "serve"])(
    "off a terminal is one entry of the log of %s, with its stack trace",
    async (command) => {
      const env = { NODE_OPTIONS: planting(bug), PORT: String(await freePort()) };
      const { code, stdout, stderr } = await runCommand([command], { dataFolder: dataFolder(), env });
      expect([code, stdout], stderr).toEqual([1, ""]);
      const fatal = stderr.split("\n").filter((line) => line.includes("planted"));
      expect(logLines(`${fatal.join("\n")}\n`)).toEqual([
        expect.objectContaining({
          level: "fatal",
          msg: sentence,
          remedy: "This is a bug in Daybook. Please report it, with its stack trace.",
          stack: expect.stringMatching(/^TypeError: planted\nsecond line\n {4}at /),
        }),
      ]);
      expect(stderr).not.toMatch(/^ {4}at /m);
    },
  );
});

const hasTerminals = spawnSync("script", ["--version"]).status === 0;

/** Runs a command on a terminal; `typed` is typed once it has printed what matches. */
async function onTerminal(
  args: readonly string[],
  { env, typed }: { env: Record<string, string>; typed?: readonly [RegExp, string] },
): Promise<{ readonly code: number | null; readonly lines: readonly string[] }> {
  const command = [process.execPath, entry, ...args].map((word) => `'${word}'`).join(" ");
  const { DATABASE_URL: _, LOG_LEVEL: __, ...others } = process.env;
  const child = spawn("script", ["--quiet", "--return", "--command", `exec ${command}`, "/dev/null"], {
    env: { ...others, DAYBOOK_OPERATOR_TOKEN: operatorToken, PORT: String(await freePort()), ...env },
    stdio: ["pipe", "pipe", "inherit"],
  });
  let printed = "";
  let isTyped = false;
  child.stdout.on("data", (piece) => {
    printed += piece;
    if (typed === undefined || isTyped || !typed[0].test(printed)) return;
    isTyped = true;
    child.stdin.write(typed[1]);
  });
  const [code] = (await once(child, "close")) as [number | null];
  return {
    code,
    lines: printed
      .replaceAll(/\r|\u001b\[K/g, "")
      .trimEnd()
      .split("\n"),
  };
}

describe.skipIf(!hasTerminals)("on a terminal", () => {
  test.each(["thrown", "uncaught"] as const)("a bug that is %s is two lines", async (bug) => {
    const env = { NODE_OPTIONS: planting(bug), DAYBOOK_DATA: dataFolder() };
    const { code, lines } = await onTerminal(["migrate"], { env });
    expect(code, lines.join("\n")).toBe(1);
    const at = lines.indexOf(`daybook-server: ${sentence}`);
    expect(lines[at + 1]).toBe(
      "This is a bug in Daybook. Please report it, with the stack trace that LOG_LEVEL=debug prints.",
    );
    expect(lines.join("\n")).not.toMatch(/second line|^ +at /m);
  });

  test("the stack trace is printed if it is asked for", async () => {
    const env = { NODE_OPTIONS: planting("thrown"), DAYBOOK_DATA: dataFolder(), LOG_LEVEL: "debug" };
    const { code, lines } = await onTerminal(["migrate"], { env });
    expect(code).toBe(1);
    const at = lines.indexOf(`daybook-server: ${sentence}`);
    expect(lines.slice(at, at + 4)).toEqual([
      `daybook-server: ${sentence}`,
      "This is a bug in Daybook. Please report it, with its stack trace.",
      "TypeError: planted",
      "second line",
    ]);
    expect(lines[at + 4]).toMatch(/^ {4}at /);
  });

  test("Ctrl-C ends a server after its open requests, and then its database", async () => {
    const { code, lines } = await onTerminal(["serve"], {
      env: { DAYBOOK_DATA: dataFolder() },
      typed: [/Daybook listens at/, "\u0003"],
    });
    expect(code, lines.join("\n")).toBe(0);
    expect(lines.at(-1)).toBe("Stopped.");
  });
});
