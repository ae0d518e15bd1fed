/** Failures of the file system in words: what is wrong, and what to do. */

/** The end of a sentence about a file, and the remedy as a sentence. */
export interface FileTrouble {
  readonly why: string;
  readonly remedy: string;
}

const full: FileTrouble = {
  why: "the disk is full",
  remedy: "Free some space on that disk, or choose a place on another one.",
};
const rights: FileTrouble = {
  why: "this user may not do that there",
  remedy: "Give the user who runs Daybook access to the folder and its files, or choose another place.",
};

const ofCode: Readonly<Record<string, FileTrouble>> = {
  ENOSPC: full,
  EDQUOT: { ...full, why: "the disk quota is used up" },
  EACCES: rights,
  EPERM: rights,
  EROFS: { why: "the file system is read-only", remedy: "Choose a place that can be written." },
  ENOENT: { why: "there is no such file or folder", remedy: "Correct the path, or make the folder." },
  ENOTDIR: { why: "a part of the path is not a folder", remedy: "Correct the path." },
  EISDIR: { why: "it is a folder", remedy: "Name a file." },
  EEXIST: { why: "it already exists", remedy: "Choose another name, or remove it." },
  ENAMETOOLONG: { why: "the name is too long", remedy: "Choose a shorter name." },
  EIO: { why: "the disk fails", remedy: "Check the disk, and choose a place on another one." },
};

const fullText = /no space left on device|disk quota exceeded/i;

/** What is wrong; undefined if the error is not one of the file system. Other programs' messages about space count too. */
export function fileTrouble(error: unknown): FileTrouble | undefined {
  const { code = "", message = String(error) } = error as { code?: string; message?: string };
  return ofCode[code] ?? (fullText.test(message) ? full : undefined);
}
