/** The differences between two JSON objects, as changes. */
import type { Change, Json, JsonObject } from "./event.ts";
import { pointerTo } from "./pointer.ts";
import { utf8Length } from "./utf8.ts";

/** True for a JSON object: not null, not an array. */
export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** True if the two values have the same RFC 8785 text. */
export function sameJson(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, i) => sameJson(item, b[i]!))
    );
  }
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && sameJson(a[name]!, b[name]!))
  );
}

/** Compares paths by UTF-16 code units. */
export const byPath = (a: Change, b: Change): number => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);

/**
 * The changes from `before` to `after`, sorted by path. Objects on both sides are compared member by member; arrays and
 * scalars as a whole. `from` or `to` is absent if the member doesn't exist on that side.
 */
export function diff(before: JsonObject, after: JsonObject): Change[] {
  return diffWithin(before, after, {
    changes: Number.POSITIVE_INFINITY,
    pathBytes: Number.POSITIVE_INFINITY,
  })!;
}

/** The limits of a diff. Paths repeat the names above them, so they can be longer than the request. */
export interface DiffLimits {
  readonly changes: number;
  /** The sum of all paths, in bytes of UTF-8. */
  readonly pathBytes: number;
}

/** As `diff`, but returns undefined, early, if the result exceeds the limits. */
export function diffWithin(before: JsonObject, after: JsonObject, limits: DiffLimits): Change[] | undefined {
  const found: DiffState = { changes: [], pathUnits: 0, limits };
  if (!compare(before, after, "", found)) return undefined;
  let bytes = 0;
  if (limits.pathBytes < found.pathUnits * 3) for (const { path } of found.changes) bytes += utf8Length(path);
  return bytes > limits.pathBytes ? undefined : found.changes.sort(byPath);
}

interface DiffState {
  readonly changes: Change[];
  /** The sum of all paths in UTF-16 code units, which is never more than their bytes. */
  pathUnits: number;
  readonly limits: DiffLimits;
}

/** False if the limits are exceeded. */
function note(found: DiffState, change: Change): boolean {
  found.changes.push(change);
  found.pathUnits += change.path.length;
  return found.changes.length <= found.limits.changes && found.pathUnits <= found.limits.pathBytes;
}

/** Adds the differences below `pointer`; returns false if the limits are exceeded. */
function compare(before: JsonObject, after: JsonObject, pointer: string, found: DiffState): boolean {
  for (const name of Object.keys(before)) {
    const from = before[name]!;
    if (!Object.hasOwn(after, name)) {
      if (!note(found, { path: pointerTo(pointer, name), from })) return false;
      continue;
    }
    const to = after[name]!;
    if (isObject(from) && isObject(to)) {
      if (!compare(from, to, pointerTo(pointer, name), found)) return false;
    } else if (!sameJson(from, to)) {
      if (!note(found, { path: pointerTo(pointer, name), from, to })) return false;
    }
  }
  for (const name of Object.keys(after)) {
    if (Object.hasOwn(before, name)) continue;
    if (!note(found, { path: pointerTo(pointer, name), to: after[name]! })) return false;
  }
  return true;
}
