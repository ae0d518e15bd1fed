/** What the operating system says of a process. Sends no signal and knows nothing of PostgreSQL's files. */
import { spawnSync } from "node:child_process";
import { readFileSync, readlinkSync, realpathSync } from "node:fs";

/** Whether a process of that id runs. One that has ended and that nobody has asked after (a zombie) does not. */
export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is another user's
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  if (process.platform !== "linux") return true;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return !/^[ZX]$/.test(stat.charAt(stat.lastIndexOf(")") + 2));
  } catch {
    return false;
  }
};

/**
 * What a process is to a cluster: `here` is a postgres that works in its folder (it makes it its working folder),
 * `elsewhere` another program or another cluster's postgres, `ending` a postgres that has let go of its folder already.
 */
export type ProcessMembership = "none" | "here" | "elsewhere" | "ending";

/**
 * What process `pid` is to the cluster in `folder`. Where a working folder can't be seen (another user's process, no /proc)
 * the command line must name the folder.
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
