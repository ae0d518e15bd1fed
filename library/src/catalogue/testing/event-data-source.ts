/**
 * Generates `event-data.ts`, the TypeScript types of `data`, from the schemas of the catalogue, so that the two can't differ. It supports
 * only the keywords of `data-schema.ts`, and throws for any other.
 */
import type { Json, JsonObject } from "../../event/index.ts";
import type { EventType } from "../event-type.ts";

const header = `/**
 * The TypeScript types of each event type's \`data\`, and their list. This file is generated from the schemas of the
 * catalogue (\`UPDATE_SPEC=1 npx vitest run library/src/catalogue\`); don't edit it.
 */

`;

const object = (value: Json | undefined): JsonObject => value as JsonObject;

/** What a member is called: the words of its name, `expiresOn` as "Expires on". */
function wordsOf(name: string): string {
  const words = name.replace(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The limits of a member in words; empty where its type says all. */
function limitsOf(schema: JsonObject): string {
  const { type, format, minLength, maxLength, minimum, maxItems, pattern } = schema;
  if (format === "date") return ": a date, `2027-05-31`";
  if (format === "date-time") return ": a time with its offset, RFC 3339";
  if (type === "array") return `: at most ${maxItems}`;
  if (type === "integer") return `: a whole number from ${minimum}`;
  if (pattern !== undefined) return `: at most ${maxLength} characters that match \`${pattern}\``;
  return maxLength === undefined
    ? ""
    : `: ${minLength === undefined ? 0 : minLength} to ${maxLength} characters`;
}

/** What stands above each member: nothing, the words of its name, or its limits too. */
type MemberDocs = "none" | "names" | "limits";

/** A member a line, below its docstring. */
function objectType(schema: JsonObject, indent: string, docs: MemberDocs): string {
  const required = (schema.required ?? []) as string[];
  const members = Object.entries(object(schema.properties)).map(([name, part]) => {
    const start = `${name}${required.includes(name) ? "" : "?"}: `;
    const inner = `${indent}  `;
    const limits = docs === "limits" ? limitsOf(object(part)) : "";
    const doc = docs === "none" ? "" : `${inner}/** ${wordsOf(name)}${limits}. */\n`;
    return `${doc}${inner}${start}${typeOf(object(part), inner, docs)};\n`;
  });
  return `{\n${members.join("")}${indent}}`;
}

function typeOf(schema: JsonObject, indent: string, docs: MemberDocs): string {
  if (schema.enum !== undefined)
    return (schema.enum as string[]).map((value) => JSON.stringify(value)).join(" | ");
  if (schema.anyOf !== undefined)
    return (schema.anyOf as JsonObject[]).map((part) => typeOf(part, indent, docs)).join(" | ");
  switch (schema.type) {
    case "object":
      return objectType(schema, indent, docs);
    case "array": {
      const item = typeOf(object(schema.items), indent, docs);
      return item.includes(" ") ? `(${item})[]` : `${item}[]`;
    }
    case "integer":
      return "number";
    case "string":
    case "boolean":
    case "null":
      return schema.type;
    default:
      throw new Error(`No TypeScript type for the schema ${JSON.stringify(schema)}`);
  }
}

const aliasOf = (name: string): string =>
  `${name
    .toLowerCase()
    .split("_")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("")}Data`;

/** The type of `data` that these event types share; limits stand there only if they are the same for all of them. */
function documented(alike: readonly EventType[]): string {
  const [text = "", ...others] = new Set(alike.map(({ data }) => typeOf(data!, "", "limits")));
  return others.length === 0 ? text : typeOf(alike[0]!.data!, "", "names");
}

/** The whole text of the file. Types whose `data` have the same shape share one name, that of the first. */
export function eventDataSource(types: readonly EventType[]): string {
  const shapes = new Map<string, EventType[]>();
  for (const type of types) {
    if (type.data === null) continue;
    const shape = typeOf(type.data, "", "none");
    shapes.set(shape, [...(shapes.get(shape) ?? []), type]);
  }
  const aliases = new Map<string, string>();
  let text = header;
  for (const alike of shapes.values()) {
    const alias = aliasOf(alike[0]!.name);
    for (const type of alike) aliases.set(type.name, alias);
    const start = `export type ${alias} = `;
    text += `/** The data of ${alike.map((type) => type.name).join(", ")}. */\n${start}${documented(alike)};\n\n`;
  }
  text += "/** The type of `data` by the name of the event type; undefined if the type has no `data`. */\n";
  text += "export interface EventData {\n";
  for (const type of types)
    text += `  /** ${type.title}. */\n  ${type.name}: ${aliases.get(type.name) ?? "undefined"};\n`;
  return `${text}}\n\n/** The name of an event type of the catalogue. */\nexport type EventTypeName = keyof EventData;\n`;
}
