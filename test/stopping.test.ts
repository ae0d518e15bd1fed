/** Stopping a server while it is still starting. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { isAlive } from "../server/src/store/embedded/process.ts";
import { afterwards } from "./support/afterwards.ts";
import { freePort, operatorToken } from "./support/server-process.ts";

const entry = fileURLToPath(new URL("../server/dist/cli/daybook-server.js", import.meta.url));

test.each([/started server (\d+)/, /started server (\d+)[\s\S]*Daybook listens/])(
  "ends well, and leaves no PostgreSQL behind, when it has said %s",
  async (moment) => {
    const folder = await mkdtemp(join(tmpdir(), "daybook-stopping-"));
    afterwards(() => rm(folder, { recursive: true, force: true }));
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
    expect([code, output.trimEnd().split("\n").at(-1)], output).toEqual([0, "Stopped."]);
    expect(postgres).toBeGreaterThan(0);
    expect(isAlive(postgres)).toBe(false);
  },
  300_000,
);
