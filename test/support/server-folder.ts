/** The folder of the PostgreSQL servers of one run of the tests, in memory if the machine has room, and what killed runs left behind. */
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync } from "node:fs";
import { freemem, tmpdir } from "node:os";
import { join } from "node:path";
import { isAlive, membershipOf } from "../../server/src/store/embedded/process.ts";

const prefix = "daybook-tests-";
const memory = "/dev/shm";
const needed = 4 * 1024 ** 3;

/** Copying a database costs a quarter of the CPU there. Containers often have 64 MB of it, which is too little. */
const hasMemory = (): boolean => {
  if (!existsSync(memory)) return false;
  const { bavail, bsize } = statfsSync(memory);
  return Math.min(bavail * bsize, freemem()) >= needed;
};

/** Makes the folder; the user who runs PostgreSQL can pass through it. */
export const makeFolder = (): string => {
  const folder = mkdtempSync(join(hasMemory() ? memory : tmpdir(), `${prefix}${process.pid}-`));
  chmodSync(folder, 0o711);
  return folder;
};

/** Ends the servers and removes the folders of earlier runs that were killed. */
export const removeLeftovers = (): void => {
  const folders = [memory, tmpdir()]
    .filter((parent) => existsSync(parent))
    .flatMap((parent) => readdirSync(parent).map((name) => ({ name, folder: join(parent, name) })));
  for (const { name, folder } of folders.filter((one) => one.name.startsWith(prefix))) {
    if (!isAlive(Number(name.slice(prefix.length).split("-")[0]))) remove(folder);
  }
};

const remove = (folder: string): void => {
  for (const cluster of ["prepared/postgres", "embedded/postgres", "server/data"].map((one) =>
    join(folder, one),
  )) {
    const pidFile = join(cluster, "postmaster.pid");
    try {
      const pid = existsSync(pidFile) ? Number.parseInt(readFileSync(pidFile, "utf8"), 10) : 0;
      if (pid > 0 && membershipOf(pid, cluster) === "here") process.kill(pid, "SIGQUIT");
    } catch {}
  }
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    // another user's
  }
};
