/**
 * Makes a value that matches a schema of the subset, for the example of a custom type without one. It tries once and can fail; the caller
 * checks the value.
 */
import type { Json, JsonObject } from "daybook/internal";
import { isPlainObject } from "./problems.ts";

/** The maximum size of generated texts and lists. */
const longest = 1_000;

const formats: Readonly<Record<string, string>> = {
  date: "2027-05-31",
  "date-time": "2026-11-22T11:20:31Z",
  email: "anne@example.org",
  uri: "https://example.org/",
};

const number = (value: Json | undefined): number | undefined =>
  typeof value === "number" ? value : undefined;

/** A value for the schema. */
export function sampleOf(schema: JsonObject): Json {
  const whole = withForms(schema);
  if (whole.const !== undefined) return whole.const;
  if (Array.isArray(whole.enum)) return whole.enum[0]!;
  switch (typeOf(whole)) {
    case "object":
      return objectOf(whole);
    case "array":
      return listOf(whole);
    case "integer":
      return numberOf(whole, 1);
    case "number":
      return numberOf(whole, 0);
    case "boolean":
      return true;
    case "null":
      return null;
    default:
      return textOf(whole);
  }
}

/** The schema merged with its allOf, and with the first of its anyOf and oneOf. */
function withForms(schema: JsonObject): JsonObject {
  const { anyOf, oneOf, allOf, ...rest } = schema;
  const lists = [anyOf, oneOf].flatMap((forms) => (Array.isArray(forms) ? [forms[0]!] : []));
  const forms = [...lists, ...(Array.isArray(allOf) ? allOf : [])].filter(isPlainObject);
  let whole: JsonObject = rest;
  for (const form of forms.map(withForms)) {
    const properties = Object.assign({}, whole.properties, form.properties) as JsonObject;
    const required = [...((whole.required as Json[]) ?? []), ...((form.required as Json[]) ?? [])];
    whole = Object.assign({}, whole, form, { properties, required });
  }
  return whole;
}

function typeOf(schema: JsonObject): Json {
  const { type } = schema;
  if (type !== undefined) return Array.isArray(type) ? type[0]! : type;
  if (schema.properties !== undefined || schema.required !== undefined) return "object";
  return schema.items !== undefined || schema.minItems !== undefined ? "array" : "string";
}

function objectOf(schema: JsonObject): JsonObject {
  const made: JsonObject = Object.create(null) as JsonObject;
  for (const [name, part] of Object.entries((schema.properties as JsonObject | undefined) ?? {}))
    if (isPlainObject(part)) made[name] = sampleOf(part);
  const other = isPlainObject(schema.additionalProperties) ? schema.additionalProperties : {};
  for (const name of (schema.required as string[] | undefined) ?? [])
    if (!(name in made)) made[name] = sampleOf(other);
  const least = Math.min(number(schema.minProperties) ?? 0, longest);
  for (let i = 1; Object.keys(made).length < least; i++) made[`example${i}`] ??= sampleOf(other);
  return made;
}

function listOf(schema: JsonObject): Json[] {
  const wanted = Math.max(1, number(schema.minItems) ?? 0);
  const length = Math.min(wanted, number(schema.maxItems) ?? wanted, longest);
  const item = isPlainObject(schema.items) ? schema.items : {};
  return schema.items === false ? [] : Array.from({ length }, () => sampleOf(item));
}

function numberOf(schema: JsonObject, whole: 0 | 1): number {
  const over = number(schema.exclusiveMinimum);
  const under = number(schema.exclusiveMaximum);
  const step = number(schema.multipleOf) ?? (whole === 1 ? 1 : undefined);
  const from = number(schema.minimum) ?? (over === undefined ? undefined : over + (step ?? 0.5));
  const to = number(schema.maximum) ?? (under === undefined ? undefined : under - (step ?? 0.5));
  const near = from ?? Math.min(1, to ?? 1);
  return step === undefined
    ? near
    : (from === undefined ? Math.floor(near / step) : Math.ceil(near / step)) * step;
}

function textOf(schema: JsonObject): string {
  const format = typeof schema.format === "string" ? formats[schema.format] : undefined;
  if (format !== undefined) return format;
  const least = Math.min(number(schema.minLength) ?? 0, longest);
  return "example".padEnd(least, "-").slice(0, Math.max(least, number(schema.maxLength) ?? longest));
}
