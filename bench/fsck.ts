/** Checks what the benches wrote: `daybook-server fsck` reads every row again and finds no differences. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Figure } from "./figures.ts";

const bin = fileURLToPath(new URL("../server/bin/daybook-server.js", import.meta.url));

export interface CheckedLog {
  readonly connectionString: string;
  readonly dataFolder: string;
}

/** A row with the rate; it isn't met if anything differs. */
export async function measureFsck({ connectionString, dataFolder }: CheckedLog): Promise<Figure> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [bin, "fsck"], {
    env: { ...process.env, DATABASE_URL: connectionString, DAYBOOK_DATA: dataFolder },
    stdio: ["ignore", "inherit", "pipe"],
  });
  let text = "";
  child.stderr.setEncoding("utf8").on("data", (piece: string) => {
    text += piece;
  });
  const [code] = (await once(child, "close")) as [number | null];
  const seconds = (performance.now() - startedAt) / 1_000;
  return {
    what: "fsck over what the benches wrote",
    measured: `${text.match(/^.* events of .*$/m)?.[0] ?? text} ${seconds.toFixed(0)} s, exit code ${code}`,
    yardstick: "-",
    ratio: null,
    goal: "no differences",
    met: code === 0,
  };
}
