/** The members of a shape of the API as rows: name, type, what it is. References lead to the shapes of the document. All functions are pure. */
import type { JsonObject } from "daybook/internal";
import { isObject } from "./document.ts";

export interface ShapeField {
  /** With the names around it: `source.owner`, `versions[]`. */
  readonly name: string;
  /** Its type, in words. */
  readonly takes: string;
  readonly required: boolean;
  readonly description: string | undefined;
}

type Shapes = Readonly<Record<string, JsonObject>>;

/** How deep members of members are listed; those below are in the document. */
const deepest = 4;

/** What a shape can be, each with its name in words: one, unless it has alternatives. */
export function alternatives(schema: JsonObject, shapes: Shapes): { takes: string; fields: ShapeField[] }[] {
  const { anyOf } = resolved(schema, shapes);
  const each = Array.isArray(anyOf) ? anyOf.filter(isObject) : [schema];
  return each.map((one) => ({ takes: takes(one, shapes), fields: shapeFields(one, shapes) }));
}

/** All members of a shape, including nested ones; empty if it has none. */
const shapeFields = (schema: JsonObject, shapes: Shapes): ShapeField[] => fieldsOf(schema, shapes, []);

/** `before`: the names around, one for each level. */
function fieldsOf(schema: JsonObject, shapes: Shapes, before: readonly string[]): ShapeField[] {
  const { properties, required, anyOf, items } = resolved(schema, shapes);
  if (Array.isArray(anyOf))
    return before.length === 0
      ? []
      : anyOf.filter(isObject).flatMap((each) => fieldsOf(each, shapes, before));
  if (isObject(items)) return fieldsOf(items, shapes, [...before.slice(0, -1), `${before.at(-1) ?? ""}[]`]);
  if (!isObject(properties) || before.length >= deepest) return [];
  const must = new Set(Array.isArray(required) ? required : []);
  return Object.entries(properties).flatMap(([name, member]) => {
    if (!isObject(member)) return [];
    const { description } = member;
    const field = {
      name: [...before, name].join("."),
      takes: takes(member, shapes),
      required: must.has(name),
      description: typeof description === "string" ? description : undefined,
    };
    return [field, ...fieldsOf(member, shapes, [...before, name])];
  });
}

/** The schema itself, or the shape that it refers to. */
function resolved(schema: JsonObject, shapes: Shapes): JsonObject {
  const { $ref } = schema;
  return typeof $ref === "string" ? (shapes[nameIn($ref)] ?? {}) : schema;
}

const nameIn = (reference: string): string => reference.split("/").at(-1) ?? "";

/** "text", "one of OWNER, DESIGNER", "a list of Team", "text or null" */
export function takes(schema: JsonObject, shapes: Shapes): string {
  const { $ref, type, enum: values, items, anyOf, const: only, format } = schema;
  if (typeof $ref === "string") return nameIn($ref);
  if (Array.isArray(anyOf)) {
    const each = anyOf.filter(isObject).map((one) => takes(one, shapes));
    return [...new Set(each)].join(" or ");
  }
  if (Array.isArray(values))
    return values.length === 1 ? String(values[0]) : `one of ${values.map(String).join(", ")}`;
  if (only !== undefined) return JSON.stringify(only);
  if (type === "array") return isObject(items) ? `a list: ${takes(items, shapes)}` : "a list";
  if (type === "string" && typeof format === "string") return formats[format] ?? `text (${format})`;
  return types[String(type)] ?? "any JSON";
}

const types: Readonly<Record<string, string>> = {
  string: "text",
  boolean: "true or false",
  integer: "a whole number",
  number: "a number",
  object: "an object",
  null: "null",
};
const formats: Readonly<Record<string, string>> = {
  date: "a date, YYYY-MM-DD",
  "date-time": "a time (RFC 3339)",
};
