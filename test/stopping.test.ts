/** Stopping a server while it is still starting, and its log from the first line to the last. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, inject, test } from "vitest";
import { isAlive } from "../server/src/store/embedded/process.ts";
import { afterwards } from "./support/afterwards.ts";
import { logLines } from "./support/log-lines.ts";
import { copyPrepared } from "./support/prepared.ts";
import { freePort, operatorToken } from "./support/server-process.ts";

const entry = fileURLToPath(new URL("../server/dist/cli/daybook-server.js", import.meta.url));

test.each([/started server (\d+)/, /started server (\d+)[\s\S]*Daybook listens/])(
  "ends well, and leaves no PostgreSQL behind, when it has said %s",
  async (moment) => {
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
  300_000,
);

test("a start that fails says why, and what to do, in one line of the log", async () => {
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
