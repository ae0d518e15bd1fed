/** Reads members of a payload. Every member can be absent or of an unexpected type. */
import {
  cutText,
  hideTokens,
  isObject,
  type Json,
  type JsonObject,
  parseTime,
  utf8Length,
} from "../../event/index.ts";

/** A payload lacks what its mapping needs. `message` is a clause, such as "it lacks repository.name". */
export class Lacking extends Error {}

/** The value at a path of member names, or undefined. */
export function at(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  let here = value;
  for (const name of path) {
    if (here === null || typeof here !== "object" || Array.isArray(here)) return undefined;
    here = Object.hasOwn(here, name) ? here[name] : undefined;
  }
  return here;
}

/** A text that isn't empty, or undefined. */
export function text(value: Json | undefined, ...path: readonly string[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === "string" && found !== "" ? found : undefined;
}

/** An object, or undefined. */
export function object(value: Json | undefined, ...path: readonly string[]): JsonObject | undefined {
  const found = at(value, ...path);
  return isObject(found) ? found : undefined;
}

export function number(value: Json | undefined, ...path: readonly string[]): number | undefined {
  const found = at(value, ...path);
  return typeof found === "number" ? found : undefined;
}

/** GitHub's ids are numbers; Daybook's are texts. */
export function id(value: Json | undefined, ...path: readonly string[]): string | undefined {
  const found = at(value, ...path);
  if (typeof found === "number" && Number.isSafeInteger(found)) return String(found);
  return typeof found === "string" && found !== "" ? found : undefined;
}

/** A required value: throws Lacking, naming the path. */
export function need<T>(
  read: (value: Json | undefined, ...path: readonly string[]) => T | undefined,
  value: Json | undefined,
  ...path: readonly string[]
): T {
  const found = read(value, ...path);
  if (found === undefined) throw new Lacking(`it lacks ${path.join(".")}`);
  return found;
}

/** A time in a payload: RFC 3339 with any offset, or seconds since 1970. Returns microseconds, or undefined. */
export function time(value: Json | undefined, ...path: readonly string[]): bigint | undefined {
  const found = at(value, ...path);
  if (typeof found === "number" && Number.isSafeInteger(found) && found >= 0)
    return BigInt(found) * 1_000_000n;
  return typeof found === "string" ? parseTime(found) : undefined;
}

/**
 * Cuts a text to a number of characters (code points), with an ellipsis at the end. It hides tokens first, because half a token would not
 * be recognized as one.
 */
export function cut(value: string, characters: number): string {
  if (value.length <= characters) return value;
  const hidden = hideTokens(value);
  const all = [...hidden];
  if (all.length <= characters) return hidden;
  const kept = all.slice(0, characters - 1).join("");
  return `${cutText(hidden, utf8Length(kept))}…`;
}
