/** Functions for the catalogue's JSON Schemas (2020-12); each returns a plain object. */
import type { JsonObject } from "../event/index.ts";
import { memberRoles } from "../resources/index.ts";
import type { DataSchema } from "./event-type.ts";

type SchemaMembers = Readonly<Record<string, DataSchema>>;

/** An object with exactly these members; a member whose name ends in `?` is optional. */
export function members(all: SchemaMembers): DataSchema {
  const properties: JsonObject = {};
  const required: string[] = [];
  for (const [name, schema] of Object.entries(all)) {
    const optional = name.endsWith("?");
    const bare = optional ? name.slice(0, -1) : name;
    properties[bare] = schema;
    if (!optional) required.push(bare);
  }
  return {
    type: "object",
    properties,
    ...(required.length > 0 ? { required } : {}),
    additionalProperties: false,
  };
}

/** A string of 1 to `maxLength` characters (Unicode code points). */
export const text = (maxLength = 512): DataSchema => ({ type: "string", minLength: 1, maxLength });

/** A string of a fixed form. `pattern` must be anchored, and match in time linear in the length. */
export const form = (pattern: string, maxLength: number): DataSchema => ({
  type: "string",
  maxLength,
  pattern,
});

/** One of these strings. */
export const choice = (...values: string[]): DataSchema => ({ type: "string", enum: values });

/** A list of at most `maxItems`. */
export const list = (items: DataSchema, maxItems: number): DataSchema => ({ type: "array", items, maxItems });

/** A whole number from `minimum` that a double holds exactly. */
export const whole = (minimum: number): DataSchema => ({
  type: "integer",
  minimum,
  maximum: Number.MAX_SAFE_INTEGER,
});

export const yesNo: DataSchema = { type: "boolean" };

/** An id of 1 to 256 characters, opaque to Daybook. */
export const identifier: DataSchema = text(256);

/** A full date, `2027-05-31` (RFC 3339 full-date). */
export const date: DataSchema = { type: "string", format: "date" };

/** A time with its offset, `2026-11-22T11:20:31Z` (RFC 3339 date-time). */
export const time: DataSchema = { type: "string", format: "date-time" };

/** Lower-case hexadecimal SHA-256. */
export const digest: DataSchema = form("^[0-9a-f]{64}$", 64);

/** The credential of a token in an event: base64url(SHA-256("daybook credential\n" || SHA-256 of the token)). */
export const credential: DataSchema = form("^[A-Za-z0-9_-]{43}$", 43);

/** The first characters of a token, to trace a leaked one. */
export const tokenPrefix: DataSchema = text(64);

/** An email address without further checks: text on both sides of an @, and no spaces. */
export const email: DataSchema = form("^\\S+@[^\\s@]+$", 320);

/** The number of denied attempts in one event. */
export const count: DataSchema = whole(1);

/** A member's role in an organization. */
export const role: DataSchema = choice(...memberRoles);
