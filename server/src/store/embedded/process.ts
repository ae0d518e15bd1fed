/** Information about processes from the operating system. Sends no signal. */
import { spawnSync } from "node:child_process";
import { readFileSync, readlinkSync, realpathSync } from "node:fs";

/** Whether a process with that id runs. A zombie does not. */
export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it belongs to another user
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  if (process.platform !== "linux") return true;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return !/^[ZX]$/.test(stat.charAt(stat.lastIndexOf(")") + 2));
  } catch (error) {
    // it ended meanwhile; whatever else keeps this process from reading, such as too many open files, says nothing about it
    return !["ENOENT", "ESRCH"].includes((error as NodeJS.ErrnoException).code ?? "");
  }
};

/**
 * The relation of a process to a cluster: `here` is a postgres with the cluster as its working folder, `elsewhere` another program or
 * another cluster's postgres, `ending` a postgres that has already left its folder.
 */
export type ProcessMembership = "none" | "here" | "elsewhere" | "ending";

/**
 * The relation of process `pid` to the cluster in `folder`. If the working folder is not visible (another user's process, no /proc), the
 * command line must have the folder.
 */
export const membershipOf = (pid: number, folder: string): ProcessMembership => {
  if (!isAlive(pid)) return "none";
  if (process.platform !== "linux") {
    const { stdout } = spawnSync("ps", ["-ww", "-p", String(pid), "-o", "command="], { encoding: "utf8" });
    return stdout.includes("postgres") && stdout.includes(folder) ? "here" : "elsewhere";
  }
  if (readProc(pid, "comm")?.trim() !== "postgres") return isAlive(pid) ? "elsewhere" : "none";
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(folder) ? "here" : "elsewhere";
  } catch {}
  const commandLine = readProc(pid, "cmdline");
  if (!commandLine) return isAlive(pid) ? "ending" : "none";
  return commandLine.split("\0").includes(folder) ? "here" : "elsewhere";
};

const readProc = (pid: number, name: string): string | undefined => {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "utf8");
  } catch {
    return undefined;
  }
};
