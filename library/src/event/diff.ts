/** What differs between two JSON objects, as changes. It refuses to know labels, secrets and limits. */
import type { Change, Json, JsonObject } from "./event.ts";
import { pointerTo } from "./pointer.ts";

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
  const changes: Change[] = [];
  compare(before, after, "", changes);
  return changes.sort(byPath);
}

function compare(before: JsonObject, after: JsonObject, pointer: string, changes: Change[]): void {
  for (const name of Object.keys(before)) {
    const from = before[name]!;
    if (!Object.hasOwn(after, name)) {
      changes.push({ path: pointerTo(pointer, name), from });
      continue;
    }
    const to = after[name]!;
    if (isObject(from) && isObject(to)) compare(from, to, pointerTo(pointer, name), changes);
    else if (!sameJson(from, to)) changes.push({ path: pointerTo(pointer, name), from, to });
  }
  for (const name of Object.keys(after)) {
    if (!Object.hasOwn(before, name)) changes.push({ path: pointerTo(pointer, name), to: after[name]! });
  }
}
