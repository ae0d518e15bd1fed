/** A file with one secret: made once, by the first process, complete or absent, and readable only by its owner. */

import { randomBytes } from "node:crypto";
import {
  chownSync,
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { DaybookError } from "daybook/internal";
import { fileTrouble, syncFolder } from "../files/index.ts";

/** The use of a secret file. */
export interface SecretFile<T> {
  readonly path: string;
  /** Its name in sentences, such as `operator token`. */
  readonly what: string;
  /** The remedy for a file that isn't valid. */
  readonly remedy: string;
  /** The text of a new secret. */
  make(): string;
  /** Parses the text; undefined if it is invalid. */
  read(text: string): T | undefined;
  /** Called with a file that others can read. */
  readonly warn: (line: string) => void;
}

/** A secret, its file, and whether this call made it. */
export interface Secret<T> {
  readonly value: T;
  readonly path: string;
  readonly made: boolean;
}

/** Reads the secret; undefined if there is no file. Throws `config-invalid` for a file that can't be used. */
export const readSecret = <T>(file: Omit<SecretFile<T>, "make">): T | undefined => {
  let text: string | undefined;
  try {
    text = readText(file.path);
  } catch (cause) {
    throw cannotUse(file, cause);
  }
  if (text === undefined) return undefined;
  const value = file.read(text.trim());
  if (value === undefined) throw notValid(file);
  warnIfOpen(file);
  return value;
};

/** Reads the secret, or makes it. If several processes do so simultaneously, all get the same one. */
export const readOrMake = <T>(file: SecretFile<T>): Secret<T> => {
  try {
    const found = readText(file.path);
    const made = found === undefined && makeOnce(file.path, file.make());
    const text = found ?? readText(file.path) ?? "";
    const value = file.read(text.trim());
    if (value !== undefined) {
      warnIfOpen(file);
      return { value, path: file.path, made };
    }
  } catch (cause) {
    throw cannotUse(file, cause);
  }
  throw notValid(file);
};

type NamedFile = Pick<SecretFile<unknown>, "path" | "what" | "remedy">;

const cannotUse = ({ path, what }: NamedFile, cause: unknown): DaybookError =>
  new DaybookError("config-invalid", {
    detail: `The ${what} can't be read from or written to ${path}: ${(cause as Error).message}.`,
    remedy:
      fullDisk(cause) ??
      "Give the user who runs Daybook read access to the file and write access to its folder, or choose another DAYBOOK_DATA.",
    cause,
  });

/** The remedy for a full disk, which no right mends. */
export const fullDisk = (cause: unknown): string | undefined => {
  const trouble = fileTrouble(cause);
  return trouble?.why.includes("disk") ? trouble.remedy : undefined;
};

const notValid = ({ path, what, remedy }: NamedFile): DaybookError =>
  new DaybookError("config-invalid", {
    detail: `The file ${path} does not contain a valid ${what}.`,
    remedy,
  });

const readText = (path: string): string | undefined => {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
};

/**
 * Writes the file beside its place, flushes it to the disk, and links it into place, which fails if another process was first (a rename
 * would replace what that process has already read). False if another was first.
 */
const makeOnce = (path: string, text: string): boolean => {
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const fresh = join(folder, `.${basename(path)}.${randomBytes(6).toString("hex")}`);
  try {
    writeDurably(fresh, text);
    place(fresh, path, text);
    syncFolder(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(fresh, { force: true });
  }
};

/**
 * Replaces the secret in the file, completely or not at all; only its owner can read it. If root runs this, the owner stays the same:
 * otherwise the server, which runs as another user, could no longer read it.
 */
export const replaceSecret = (path: string, text: string): void => {
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const fresh = join(folder, `.${basename(path)}.${randomBytes(6).toString("hex")}`);
  try {
    writeDurably(fresh, text);
    if (process.getuid?.() === 0) {
      const { uid, gid } = statSync(path, { throwIfNoEntry: false }) ?? statSync(folder);
      chownSync(fresh, uid, gid);
    }
    renameSync(fresh, path);
    syncFolder(folder);
  } finally {
    rmSync(fresh, { force: true });
  }
};

/** Moves a secret's file into the place of another, and flushes it to the disk. */
export const moveSecret = (from: string, to: string): void => {
  renameSync(from, to);
  syncFolder(dirname(to));
};

const place = (fresh: string, path: string, text: string): void => {
  try {
    linkSync(fresh, path);
  } catch (error) {
    if (!linkless.has((error as NodeJS.ErrnoException).code ?? "")) throw error;
    writeDurably(path, text);
  }
};

/** The error codes of file systems without hard links (SMB, FAT): there, a reader can find the file before its text, and is refused. */
const linkless = new Set(["EPERM", "ENOSYS", "ENOTSUP", "EOPNOTSUPP", "EMLINK"]);

const writeDurably = (path: string, text: string): void => {
  const handle = openSync(path, "wx", 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
};

const warnIfOpen = ({ path, what, warn }: Pick<SecretFile<unknown>, "path" | "what" | "warn">): void => {
  const mode = statSync(path).mode & 0o777;
  if ((mode & 0o077) === 0) return;
  const others = (mode & 0o007) === 0 ? "its group" : "others";
  warn(
    `the ${what} in ${path} is open to ${others} (mode 0${mode.toString(8)}): 'chmod 600 ${path}', and consider it known`,
  );
};
