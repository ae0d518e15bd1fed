/**
 * Chooses the user of the operating system who runs PostgreSQL, and finds the folders that this user can reach. PostgreSQL refuses to run
 * as root, so a Daybook started as root runs it as another user.
 */
import { readFileSync, realpathSync, statSync } from "node:fs";
import { userInfo } from "node:os";
import { dirname } from "node:path";
import { DaybookError } from "daybook/internal";

/** A user of the operating system with its primary group, and without other groups. */
export interface SystemAccount {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** The users as whom root can run PostgreSQL; the first that exists is used. */
const lent = ["daybook", "nobody"];

/** Whether this process is root. */
export const isRoot = (): boolean => process.getuid?.() === 0;

/** The rows of /etc/passwd. They don't include users of a directory service, which are not needed here. */
const accounts = (): SystemAccount[] =>
  readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"))
    .filter((fields) => fields.length >= 4)
    .map((fields) => ({ name: fields[0] as string, uid: Number(fields[2]), gid: Number(fields[3]) }));

const ownAccount = (): SystemAccount => {
  try {
    const { username, uid, gid } = userInfo();
    return { name: username, uid, gid };
  } catch (cause) {
    throw new DaybookError("config-invalid", {
      detail: `The embedded PostgreSQL can't run as user id ${process.getuid?.()}: that id has no name in /etc/passwd.`,
      remedy: "Run Daybook as a user with a name, or set DATABASE_URL.",
      cause,
    });
  }
};

/**
 * The user who runs PostgreSQL. A plain user runs it as itself. Root chooses the owner of the existing cluster; for a new one, the owner of
 * the data folder (a volume given to a user), unless that is root; else the user `daybook`, if the operator has made one; else `nobody`,
 * which exists everywhere and owns no files. `postgres` is not used, because another PostgreSQL on the machine and this one could then
 * reach each other.
 */
export const chooseAccount = (clusterFolder: string): SystemAccount => {
  const cluster = statSync(clusterFolder, { throwIfNoEntry: false });
  const parent = statSync(dirname(clusterFolder), { throwIfNoEntry: false });
  const owner = cluster ?? (isRoot() && parent?.uid !== 0 ? parent : undefined);
  if (!isRoot()) {
    if (owner && owner.uid !== process.getuid?.()) throw foreignCluster(clusterFolder, owner.uid);
    return ownAccount();
  }
  if (owner && owner.uid === 0) throw foreignCluster(clusterFolder, 0);
  const known = accounts();
  if (owner) {
    const name = known.find((account) => account.uid === owner.uid)?.name ?? String(owner.uid);
    return { name, uid: owner.uid, gid: owner.gid };
  }
  for (const name of lent) {
    const account = known.find((one) => one.name === name && one.uid !== 0);
    if (account) return account;
  }
  throw new DaybookError("config-invalid", {
    detail:
      "PostgreSQL refuses to run as root, and there is neither a user 'daybook' nor 'nobody' to run it as.",
    remedy: "Make a user 'daybook', start Daybook as a plain user, or set DATABASE_URL.",
  });
};

const foreignCluster = (folder: string, uid: number): DaybookError =>
  new DaybookError("config-invalid", {
    detail: `The database in ${folder} belongs to ${uid === 0 ? "root" : `user id ${uid}`}, so it can't be run from here.`,
    remedy:
      uid === 0
        ? `PostgreSQL refuses to run as root: give the folder to a plain user, as 'chown -R nobody ${folder}' does.`
        : "Start Daybook as that user or as root, or choose another DAYBOOK_DATA.",
  });

/** The options of `spawn` that run a program as `account`; empty if this process already is that user. */
export const asAccount = (account: SystemAccount): { uid?: number; gid?: number } =>
  account.uid === process.getuid?.() ? {} : { uid: account.uid, gid: account.gid };

/** Whether `account` may pass through every folder from the root down to and including `path`. */
export const canReach = (account: SystemAccount, path: string): boolean => {
  for (let folder = realpathSync(path); ; folder = dirname(folder)) {
    const { mode, uid, gid } = statSync(folder);
    const search = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if ((mode & search) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
};
