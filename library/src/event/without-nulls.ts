/** Removes null members from an object, because null means absent. */
import type { Json, JsonObject } from "./event.ts";

/** A copy of `object` without its members that are null or undefined. */
export function withoutNulls(object: JsonObject): JsonObject {
  const rest: JsonObject = Object.create(null);
  for (const name of Object.keys(object)) {
    const value: Json | undefined = object[name];
    if (value !== null && value !== undefined) rest[name] = value;
  }
  return rest;
}

/** True if a member is absent or null. */
export const isAbsent = (value: Json | undefined): value is null | undefined =>
  value === null || value === undefined;
