/** A data folder whose database was started once and stopped: making one takes a second of CPU, copying it does not. */
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { testSettings } from "./test-server.ts";

/**
 * Copies the data folder `prepared` (`inject("prepared")` in tests) into a folder, which may exist. Its server waits for no
 * disk, unless `durable`: what a killed process wrote is there all the same, only a machine that stops would lose it.
 */
export const copyPrepared = (prepared: string, folder: string, { durable = false } = {}): void => {
  mkdirSync(folder, { recursive: true });
  execFileSync("cp", ["-a", `${prepared}/.`, folder]);
  rmSync(join(folder, "postgres-socket-is-in"), { force: true });
  if (!durable) {
    const settings = testSettings.map((setting) => `${setting}\n`).join("");
    writeFileSync(join(folder, "postgres-settings", "local.conf"), settings);
  }
};
