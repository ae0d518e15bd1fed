/**
 * The folder of PostgreSQL's socket: private, under the temporary folder, with a path short enough for a socket's address. Its name depends
 * on the cluster's, and a file beside the cluster has it, so that every process chooses the same.
 */
import { createHash } from "node:crypto";
import {
  lchownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DaybookError } from "daybook/internal";
import { canReach, isRoot, type SystemAccount } from "./account.ts";
import { isAlive, membershipOf } from "./process.ts";

/** The number in the socket's name. No TCP port is opened. */
export const port = 5432;

/** The maximum length of a socket's address in bytes (Linux 108, macOS 104, with the closing zero). */
const longest = process.platform === "darwin" ? 103 : 107;

const socketName = `.s.PGSQL.${port}`;
const prefix = "daybook-";

/** A folder without a lock file may belong to a server that is just starting. */
const youngMs = 600_000;

const fits = (folder: string): boolean => Buffer.byteLength(`${folder}/${socketName}`) <= longest;

/** The cluster of a socket folder. */
export interface SocketOwner {
  readonly clusterFolder: string;
  readonly account: SystemAccount;
  /** A file beside the cluster that has the folder's path, for processes with another temporary folder. */
  readonly note: string;
  /** The folder that this process has already used: its connections look for the next server there too. */
  readonly settled?: string | undefined;
}

/**
 * Makes the folder for the socket of a server, or finds the existing one, owned by `account`, mode 0700. Throws `config-invalid` if there
 * is no place for one.
 */
export const socketFolderOf = ({ clusterFolder, account, note, settled }: SocketOwner): string => {
  const name = prefix + createHash("sha256").update(clusterFolder).digest("hex").slice(0, 12);
  const roots = [...new Set([tmpdir(), "/tmp", "/var/tmp"])].filter(
    (root) => fits(join(root, name)) && isUsable(root, account),
  );
  const derived = roots.map((root) => join(root, name));
  // another user can take the name in a folder that everyone can write
  const spare = roots.map((root) => join(root, `${name}-${process.pid.toString(36)}`));
  const first = settled === undefined ? noted(note) : [settled];
  for (const folder of [...first, ...derived, ...spare]) {
    if (!claim(folder, account) || isOfAnother(folder, clusterFolder)) continue;
    if (noted(note)[0] !== folder) writeFileSync(note, `${folder}\n`, { mode: 0o644 });
    return folder;
  }
  throw new DaybookError("config-invalid", {
    detail: `There is no folder for PostgreSQL's socket: none of ${tmpdir()}, /tmp and /var/tmp can be used.`,
    remedy: "Set TMPDIR to a folder with a short path that this user can write, or set DATABASE_URL.",
  });
};

const noted = (note: string): string[] => {
  try {
    const folder = readFileSync(note, "utf8").trim();
    return folder.startsWith("/") && fits(folder) ? [folder] : [];
  } catch {
    return [];
  }
};

const isUsable = (root: string, account: SystemAccount): boolean => {
  try {
    return canReach(account, realpathSync(root));
  } catch {
    return false;
  }
};

/** Makes the folder, or uses an existing private folder of the same user. Another process can make or remove it meanwhile. */
const claim = (folder: string, account: SystemAccount): boolean => {
  for (let attempt = 0; attempt < 10; attempt++) {
    try {
      mkdirSync(folder, { mode: 0o700 });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") return false;
    }
    const found = lstatSync(folder, { throwIfNoEntry: false });
    if (found === undefined) continue;
    if (!found.isDirectory() || (found.mode & 0o777) !== 0o700) return false;
    if (found.uid === account.uid) return true;
    // root has just made it: this process, or another one
    if (!isRoot() || found.uid !== 0) return false;
    lchownSync(folder, account.uid, account.gid);
    return true;
  }
  return false;
};

/** Whether a running server of another cluster listens there, such as one that was removed while it ran. */
const isOfAnother = (folder: string, clusterFolder: string): boolean => {
  const pid = lockedBy(folder);
  return pid !== undefined && membershipOf(pid, clusterFolder) === "elsewhere";
};

/** The process id in the socket's lock file. */
const lockedBy = (folder: string): number | undefined => {
  try {
    return Number.parseInt(readFileSync(join(folder, `${socketName}.lock`), "utf8"), 10) || undefined;
  } catch {
    return undefined;
  }
};

/** Whether the socket of a running server is gone: what cleans the temporary folder removes it, or its folder. */
export const isSocketGone = (folder: string): boolean =>
  lstatSync(join(folder, socketName), { throwIfNoEntry: false }) === undefined;

/** Removes the socket folders of clusters that were killed and never started again. */
export const removeStaleSocketFolders = (keep: string): void => {
  const root = join(keep, "..");
  for (const name of readdirSync(root)) {
    const folder = join(root, name);
    if (!/^daybook-[0-9a-f]{12}(-\w+)?$/.test(name) || folder === keep) continue;
    try {
      if (isStale(folder)) removeSocketFolder(folder);
    } catch {
      // it belongs to another user, or another process is removing it
    }
  }
};

const isStale = (folder: string): boolean => {
  const { uid, mtimeMs } = lstatSync(folder);
  if (!isRoot() && uid !== process.getuid?.()) return false;
  const pid = lockedBy(folder);
  return pid === undefined ? Math.abs(Date.now() - mtimeMs) > youngMs : !isAlive(pid);
};

/** Removes a socket folder with the files of PostgreSQL in it, unless it has other files. */
export const removeSocketFolder = (folder: string): void => {
  try {
    for (const name of [socketName, `${socketName}.lock`]) rmSync(join(folder, name), { force: true });
    rmdirSync(folder);
  } catch {
    // the next server of the cluster already uses it, or it is gone
  }
};
