/** What differs between two JSON objects, as changes. It refuses to know labels, secrets and limits. */
import type { Change, Json, JsonObject } from "./event.ts";
import { pointerTo } from "./pointer.ts";
import { utf8Length } from "./utf8.ts";

/** True for a JSON object: neither null nor an array. */
export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** True if the two have the same RFC 8785 text. */
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

/** In the order of paths by UTF-16 code units. */
export const byPath = (a: Change, b: Change): number => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);

/**
 * The changes from `before` to `after`, sorted by path: where both have an object, its members one by one; arrays and
 * scalars whole; `from` or `to` left out where the member doesn't exist.
 */
export function diff(before: JsonObject, after: JsonObject): Change[] {
  return diffWithin(before, after, {
    changes: Number.POSITIVE_INFINITY,
    pathBytes: Number.POSITIVE_INFINITY,
  })!;
}

/** How much a diff may find. Paths repeat the names they lie under, so that they can outgrow what was sent. */
export interface DiffLimits {
  readonly changes: number;
  /** All paths together, in bytes of UTF-8. */
  readonly pathBytes: number;
}

/** As `diff`; undefined, and early, where there is more than the limits allow. */
export function diffWithin(before: JsonObject, after: JsonObject, limits: DiffLimits): Change[] | undefined {
  const found: DiffState = { changes: [], pathUnits: 0, limits };
  if (!compare(before, after, "", found)) return undefined;
  let bytes = 0;
  if (limits.pathBytes < found.pathUnits * 3) for (const { path } of found.changes) bytes += utf8Length(path);
  return bytes > limits.pathBytes ? undefined : found.changes.sort(byPath);
}

interface DiffState {
  readonly changes: Change[];
  /** All paths together in UTF-16 code units: never more than their bytes. */
  pathUnits: number;
  readonly limits: DiffLimits;
}

/** False where there is too much. */
function note(found: DiffState, change: Change): boolean {
  found.changes.push(change);
  found.pathUnits += change.path.length;
  return found.changes.length <= found.limits.changes && found.pathUnits <= found.limits.pathBytes;
}

/** Notes what differs below `pointer`; false where there is too much. */
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
