/** Where a check is: what another process needs to go on. It has hashes, times and counts, but nothing that events contain. */

/** The tree of a log so far, in base64. */
export interface TreePosition {
  readonly size: string;
  readonly frontier: string;
  /** Of each level: the hashes of the tile that is not full yet, and the number of full tiles. */
  readonly levels: readonly { readonly hashes: string; readonly full: string }[];
}

/** A place between two events of a log. */
export interface LogPosition {
  readonly logNo: number;
  readonly next: string;
  /** recordedAt of the event before, in microseconds. */
  readonly recordedAt: string | null;
  readonly tree: TreePosition;
}

export interface FsckPosition {
  /** The slug of the last organization that is completely checked; null if there is none. */
  readonly after: string | null;
  /** The organization that is being checked, by its public id: where in its logs, or `done` if they are checked. */
  readonly within?: { readonly organization: string; readonly log: LogPosition | "done" };
  readonly organizations: number;
  readonly events: number;
  readonly findings: number;
}

export const theStart: FsckPosition = { after: null, organizations: 0, events: 0, findings: 0 };

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === "string";
const isNumber = (value: unknown): value is string => isText(value) && /^\d+$/.test(value);
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

const isTree = (value: unknown): value is TreePosition =>
  isObject(value) &&
  isNumber(value.size) &&
  isText(value.frontier) &&
  Array.isArray(value.levels) &&
  value.levels.every((level) => isObject(level) && isText(level.hashes) && isNumber(level.full));
const isLog = (value: unknown): value is LogPosition =>
  isObject(value) &&
  isCount(value.logNo) &&
  isNumber(value.next) &&
  (value.recordedAt === null || isNumber(value.recordedAt)) &&
  isTree(value.tree);
const isWithin = (value: unknown): value is FsckPosition["within"] =>
  value === undefined ||
  (isObject(value) && isText(value.organization) && (value.log === "done" || isLog(value.log)));

/** Reads a position that was written as JSON; undefined if it is none. */
export function readPosition(text: string): FsckPosition | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(value) || !(value.after === null || isText(value.after)) || !isWithin(value.within))
    return undefined;
  const { organizations, events, findings } = value;
  if (!isCount(organizations) || !isCount(events) || !isCount(findings)) return undefined;
  return value as unknown as FsckPosition;
}
