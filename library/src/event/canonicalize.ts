/** Canonical JSON, RFC 8785 (JCS): one text for each value. */
import type { Json, JsonObject } from "./event.ts";
import { isWellFormed } from "./utf8.ts";

/**
 * The RFC 8785 text of a value: no white space, members sorted by UTF-16 code units, numbers as ECMAScript writes them,
 * strings escaped only where required, no Unicode normalization. Throws TypeError for values without such a text:
 * numbers that aren't finite, lone surrogates, undefined, functions, bigints.
 */
export function canonicalize(value: Json): string {
  if (typeof value === "string") return quote(value);
  if (typeof value === "number") return numberText(value);
  if (value === null) return "null";
  if (value === true) return "true";
  if (value === false) return "false";
  if (typeof value !== "object") throw new TypeError(`${typeof value} has no JSON form`);
  return Array.isArray(value) ? arrayText(value) : objectText(value);
}

/** RFC 8785 section 3.2.2.3: ECMAScript's Number::toString; -0 is 0. */
function numberText(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError("a number must be finite to have a JSON form");
  return `${value}`;
}

function arrayText(values: readonly Json[]): string {
  if (values.length === 0) return "[]";
  let text = `[${canonicalize(values[0]!)}`;
  for (let i = 1; i < values.length; i++) text += `,${canonicalize(values[i]!)}`;
  return `${text}]`;
}

function objectText(object: JsonObject): string {
  // the text is built in sorted order: an object would move integer-like names to the front
  const names = sortNames(Object.keys(object));
  const count = names.length;
  if (count === 0) return "{}";
  let text = "{";
  for (let i = 0; i < count; i++) {
    const name = names[i]!;
    const value = object[name]!;
    text += `${i === 0 ? "" : ","}${quote(name)}:${typeof value === "string" ? quote(value) : canonicalize(value)}`;
  }
  return `${text}}`;
}

/**
 * Sorts in place by UTF-16 code units, which is how JavaScript compares strings. Lists are short and often already
 * sorted.
 */
function sortNames(names: string[]): string[] {
  if (names.length > 16) return names.sort();
  for (let i = 1; i < names.length; i++) {
    const name = names[i]!;
    let j = i - 1;
    for (; j >= 0 && names[j]! > name; j--) names[j + 1] = names[j]!;
    names[j + 1] = name;
  }
  return names;
}

/** RFC 8785 section 3.2.2.2. Short strings without escapes are the common case. */
function quote(text: string): string {
  if (text.length > 64) return quoteAny(text);
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x20 || unit === 0x22 || unit === 0x5c || (unit >= 0xd800 && unit <= 0xdfff))
      return quoteAny(text);
  }
  return `"${text}"`;
}

/** JSON.stringify escapes a string as RFC 8785 requires, but escapes a lone surrogate instead of refusing it. */
function quoteAny(text: string): string {
  if (!isWellFormed(text)) throw new TypeError("a lone surrogate has no JSON form");
  return JSON.stringify(text);
}
