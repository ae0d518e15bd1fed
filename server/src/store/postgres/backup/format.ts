/**
 * The format of a backup: a gzip stream of
 *
 *     {"format":"daybook-backup",…}       the header, one line of JSON
 *     rows of the first table             in COPY's text format, one a line
 *     \.                                  the end of the table
 *     …                                   the other tables, in the order of the header
 *     {"rows":{…},"sha256":"…"}           the trailer: the rows of each table, and the SHA-256 of all before it
 *
 * It doesn't depend on the version of PostgreSQL.
 */
import { DaybookError } from "daybook/internal";

export const backupFormat = "daybook-backup";
export const backupVersion = 1;
/** Ends the rows of a table; no row can equal it, because COPY writes a backslash as two. */
export const endOfTable: Buffer = Buffer.from("\\.\n");

export interface BackupTable {
  readonly name: string;
  readonly columns: readonly string[];
}

export interface BackupSequence {
  readonly table: string;
  readonly column: string;
  readonly value: string;
  readonly called: boolean;
}

export interface BackupHeader {
  readonly format: typeof backupFormat;
  readonly version: typeof backupVersion;
  /** The version of the schema that the rows belong to. */
  readonly schema: number;
  readonly madeAt: string;
  readonly tables: readonly BackupTable[];
  readonly sequences: readonly BackupSequence[];
}

export interface BackupTrailer {
  readonly rows: Readonly<Record<string, number>>;
  /** Lower-case hex. */
  readonly sha256: string;
}

/** The part of the current table that has been read or written. */
export interface BackupProgress {
  readonly table: string;
  readonly rows: number;
}

/** The error for an invalid file: nothing of it was restored. */
export const damaged = (detail: string, cause?: unknown): DaybookError =>
  new DaybookError("backup-invalid", { detail, ...(cause === undefined ? {} : { cause }) });

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

function parsed(line: string, what: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line);
    if (isRecord(value)) return value;
  } catch (error) {
    throw damaged(`The ${what} of the backup is not readable.`, error);
  }
  throw damaged(`The ${what} of the backup is not readable.`);
}

/** Names of tables and columns go into SQL: they must be plain words, or the file isn't a valid backup. */
const isName = (value: unknown): value is string =>
  typeof value === "string" && /^[a-z][a-z0-9_]*$/.test(value);

const isTable = (value: unknown): value is BackupTable =>
  isRecord(value) && isName(value.name) && Array.isArray(value.columns) && value.columns.every(isName);

const isSequence = (value: unknown): value is BackupSequence =>
  isRecord(value) &&
  isName(value.table) &&
  isName(value.column) &&
  typeof value.value === "string" &&
  /^\d{1,19}$/.test(value.value) &&
  typeof value.called === "boolean";

/** The header of a backup. Throws `backup-invalid` for another kind of file, or a newer version. */
export function readHeader(line: string): BackupHeader {
  const header = parsed(line, "header");
  if (header.format !== backupFormat) throw damaged("The file is not a backup of Daybook.");
  if (header.version !== backupVersion)
    throw damaged("The backup was made by a newer version of Daybook. Restore it with that version.");
  const { tables, sequences, schema } = header;
  const whole =
    typeof schema === "number" &&
    Array.isArray(tables) &&
    tables.every(isTable) &&
    Array.isArray(sequences) &&
    sequences.every(isSequence);
  if (!whole) throw damaged("The header of the backup is not readable.");
  return header as unknown as BackupHeader;
}

/** The trailer of a backup. */
export function readTrailer(line: string): BackupTrailer {
  const trailer = parsed(line, "trailer");
  if (!isRecord(trailer.rows) || typeof trailer.sha256 !== "string") {
    throw damaged("The trailer of the backup is not readable.");
  }
  return trailer as unknown as BackupTrailer;
}

const lineFeed = 10;

/** The number of lines that end in a chunk. */
export function countLines(chunk: Buffer): number {
  let lines = 0;
  for (let at = chunk.indexOf(lineFeed); at !== -1; at = chunk.indexOf(lineFeed, at + 1)) lines++;
  return lines;
}
