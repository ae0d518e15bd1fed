/**
 * Finds the place of a data folder's database: in the data folder, or, if the user who runs PostgreSQL can't reach that, under
 * /var/lib/daybook with a pointer in the data folder.
 */
import { createHash } from "node:crypto";
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { DaybookError } from "daybook/internal";
import { fileTrouble } from "../../files/index.ts";
import { canReach, chooseAccount, isRoot, type SystemAccount } from "./account.ts";

/** The folder that has the cluster and its files, and the user who runs it. */
export interface ClusterPlace {
  readonly folder: string;
  readonly clusterFolder: string;
  readonly account: SystemAccount;
}

/** In a data folder whose database is elsewhere: the path of that folder. */
const pointerName = "postgres-is-in";

/**
 * Finds or makes the place of a data folder. `elsewhere` is for what root must put elsewhere. Throws `config-invalid` for a folder that
 * can't be made, written or reached.
 */
export const findPlace = (
  dataFolder: string,
  elsewhere: string,
  log: (line: string) => void,
): ClusterPlace => {
  const made = makeFolder(resolve(dataFolder));
  const pointer = join(made, pointerName);
  if (existsSync(pointer)) return placeIn(pointedTo(pointer));
  const here = placeIn(made);
  if (canReach(here.account, made) || letThrough(made, here.account, log)) return here;
  if (existsSync(here.clusterFolder) || !isRoot())
    throw new DaybookError("config-invalid", {
      detail: `User '${here.account.name}', who must run the database in ${made}, can't reach that folder.`,
      remedy: `Let that user pass through the folders above it (chmod o+x), or choose another DAYBOOK_DATA.`,
    });
  const folder = makeFolder(
    join(elsewhere, "data", createHash("sha256").update(made).digest("hex").slice(0, 16)),
  );
  writeFileSync(pointer, `${folder}\n`, { mode: 0o600 });
  log(
    `PostgreSQL can't run as root, and user '${here.account.name}' can't reach ${made}: the database is in ${folder}`,
  );
  return placeIn(folder);
};

/**
 * If only the mode of root's data folder itself is in the way, lets the user pass through it. Its content stays unreadable: the folder
 * can't be listed, and its secrets have modes of their own.
 */
const letThrough = (folder: string, account: SystemAccount, log: (line: string) => void): boolean => {
  const { uid, mode } = statSync(folder);
  if (!isRoot() || uid !== 0 || !canReach(account, dirname(folder))) return false;
  chmodSync(folder, (mode & 0o777) | 0o011);
  log(`user '${account.name}', who runs it, may now pass through ${folder} (but not list it)`);
  return true;
};

const placeIn = (folder: string): ClusterPlace => {
  const clusterFolder = join(folder, "postgres");
  return { folder, clusterFolder, account: chooseAccount(clusterFolder) };
};

/**
 * The users who can connect: root, who can read every file anyway, and the owner of the folder. A user whom root chose to run PostgreSQL
 * can't, because other programs run as that user too.
 */
export const usersOf = ({ folder, account }: ClusterPlace): string[] =>
  statSync(folder).uid === account.uid ? ["root", account.name] : ["root"];

/** Gives files that root has made in a plain user's folder to that user, who may start Daybook the next time. */
export const handOver = ({ folder }: Pick<ClusterPlace, "folder">, names: readonly string[]): void => {
  const { uid, gid } = statSync(folder);
  if (!isRoot() || uid === 0) return;
  for (const name of names) {
    const path = join(folder, name);
    const found = lstatSync(path, { throwIfNoEntry: false });
    if (found === undefined) continue;
    lchownSync(path, uid, gid);
    if (found.isDirectory()) handOver({ folder: path }, readdirSync(path));
  }
};

const pointedTo = (pointer: string): string => {
  const folder = readFileSync(pointer, "utf8").trim();
  if (existsSync(folder)) return realpathSync(folder);
  throw new DaybookError("config-invalid", {
    detail: `The file ${pointer} says that the database is in ${folder}, but that folder does not exist.`,
    remedy: "Put the folder back; or remove the pointer file, to start with an empty database.",
  });
};

/** Makes a private folder; as root, one that the user who runs PostgreSQL can pass through but not read. */
const makeFolder = (folder: string): string => {
  try {
    mkdirSync(folder, { recursive: true, mode: isRoot() ? 0o711 : 0o700 });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return realpathSync(folder);
  } catch (cause) {
    throw new DaybookError("config-invalid", {
      detail: `The data folder ${folder} can't be made or written: ${(cause as Error).message}.`,
      remedy: fileTrouble(cause)?.remedy ?? "Choose a DAYBOOK_DATA that this user can write.",
      cause,
    });
  }
};
