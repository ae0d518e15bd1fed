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
 * Whether a live process is a postgres that works in `folder`: it makes its cluster its working folder. Where that can't be
 * seen (another user's process, no /proc) its command line must name the folder.
 */
export const isPostgresOf = (pid: number, folder: string): boolean => {
  if (!isAlive(pid)) return false;
  if (process.platform !== "linux") {
    const { stdout } = spawnSync("ps", ["-ww", "-p", String(pid), "-o", "command="], { encoding: "utf8" });
    return stdout.includes("postgres") && stdout.includes(folder);
  }
  try {
    if (readFileSync(`/proc/${pid}/comm`, "utf8").trim() !== "postgres") return false;
  } catch {
    return false;
  }
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(folder);
  } catch {}
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").includes(folder);
  } catch {
    return false;
  }
};
