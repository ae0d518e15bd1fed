/** Runs a command of the built server as a separate process, like an operator, to its end. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { operatorToken, type ServerOptions } from "./server-process.ts";

const here = fileURLToPath(new URL("../..", import.meta.url));

/** What a command left. */
export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `daybook-server` with arguments, and waits. */
export async function runCommand(
  args: readonly string[],
  { checkout, dataFolder, databaseUrl, env: more }: ServerOptions,
): Promise<CommandResult> {
  const { DATABASE_URL: _, ...others } = process.env;
  const child = spawn(process.execPath, [join(checkout ?? here, "server/bin/daybook-server.js"), ...args], {
    env: {
      ...others,
      DAYBOOK_DATA: dataFolder,
      DAYBOOK_OPERATOR_TOKEN: operatorToken,
      ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
      ...more,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const printed = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    child[name].on("data", (piece) => (printed[name] += piece));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, ...printed };
}
