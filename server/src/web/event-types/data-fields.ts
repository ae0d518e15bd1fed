/** The members of an event type's data as rows: name, type, whether it is required. All functions are pure. */
import type { DataSchema } from "daybook/catalogue";
import type { Json, JsonObject } from "daybook/internal";

export interface DataField {
  /** With the names around it: `source.owner`, `versions[]`. */
  readonly name: string;
  /** Its type, in words. */
  readonly takes: string;
  readonly required: boolean;
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** All members, including nested ones; empty if the type has no data. */
export function dataFields(schema: DataSchema | null): DataField[] {
  return schema === null ? [] : fieldsOf(schema, "");
}

function fieldsOf(schema: JsonObject, before: string): DataField[] {
  const { properties, required } = schema;
  if (!isObject(properties)) return [];
  const must = new Set(Array.isArray(required) ? required : []);
  return Object.entries(properties).flatMap(([name, member]) => {
    if (!isObject(member)) return [];
    const field = { name: before + name, takes: takes(member), required: must.has(name) };
    return [field, ...fieldsOf(member, `${before}${name}.`), ...itemsOf(member, `${before}${name}[].`)];
  });
}

const itemsOf = ({ items }: JsonObject, before: string): DataField[] =>
  isObject(items) ? fieldsOf(items, before) : [];

/** "text of 1 to 512 characters", "one of OWNER, DESIGNER", "a list of at most 100: text" */
function takes(schema: JsonObject): string {
  const { type, enum: values, items, maxItems } = schema;
  if (Array.isArray(values)) return `one of ${values.map(String).join(", ")}`;
  if (type === "string") return textTaken(schema);
  if (type === "boolean") return "true or false";
  if (type === "integer") return numberTaken("a whole number", schema);
  if (type === "number") return numberTaken("a number", schema);
  if (type === "object") return "an object";
  if (type === "array") {
    const most = typeof maxItems === "number" ? ` of at most ${maxItems.toLocaleString("en-GB")}` : "";
    return isObject(items) ? `a list${most}: ${takes(items)}` : `a list${most}`;
  }
  return "any JSON";
}

const formats: Readonly<Record<string, string>> = {
  date: "a date, YYYY-MM-DD",
  "date-time": "a time with its offset (RFC 3339)",
};

function textTaken({ format, pattern, minLength, maxLength }: JsonObject): string {
  if (typeof format === "string") return formats[format] ?? `text of the format ${format}`;
  const most =
    typeof maxLength === "number" ? ` of at most ${maxLength.toLocaleString("en-GB")} characters` : "";
  const form = typeof pattern === "string" ? `, of the form ${pattern}` : "";
  const least = minLength === 1 ? ", not empty" : "";
  return `text${most}${least}${form}`;
}

const numberTaken = (what: string, { minimum }: JsonObject): string =>
  typeof minimum === "number" ? `${what} from ${minimum.toLocaleString("en-GB")}` : what;
