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

const width = 110;

/** One line if the text fits; `before` is the text before it on that line. */
function objectType(schema: JsonObject, indent: string, before: string): string {
  const required = (schema.required ?? []) as string[];
  const members = Object.entries(object(schema.properties)).map(([name, part]) => {
    const start = `${name}${required.includes(name) ? "" : "?"}: `;
    return start + typeOf(object(part), `${indent}  `, `${indent}  ${start}`);
  });
  const line = `{ ${members.join("; ")} }`;
  if (!line.includes("\n") && before.length + line.length + 1 <= width) return line;
  return `{\n${members.map((member) => `${indent}  ${member};\n`).join("")}${indent}}`;
}

function typeOf(schema: JsonObject, indent: string, before: string): string {
  if (schema.enum !== undefined)
    return (schema.enum as string[]).map((value) => JSON.stringify(value)).join(" | ");
  if (schema.anyOf !== undefined)
    return (schema.anyOf as JsonObject[]).map((part) => typeOf(part, indent, before)).join(" | ");
  switch (schema.type) {
    case "object":
      return objectType(schema, indent, before);
    case "array": {
      const item = typeOf(object(schema.items), indent, before);
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

/** The whole text of the file. Types whose `data` have the same shape share one name, that of the first. */
export function eventDataSource(types: readonly EventType[]): string {
  const shapes = new Map<string, EventType[]>();
  for (const type of types) {
    if (type.data === null) continue;
    const shape = typeOf(type.data, "", "");
    shapes.set(shape, [...(shapes.get(shape) ?? []), type]);
  }
  const aliases = new Map<string, string>();
  let text = header;
  for (const alike of shapes.values()) {
    const alias = aliasOf(alike[0]!.name);
    for (const type of alike) aliases.set(type.name, alias);
    const start = `export type ${alias} = `;
    text += `/** ${alike.map((type) => type.name).join(", ")} */\n${start}${typeOf(alike[0]!.data!, "", start)};\n\n`;
  }
  text += "/** The type of `data` by the name of the event type; undefined if the type has no `data`. */\n";
  text += "export interface EventData {\n";
  for (const type of types) text += `  ${type.name}: ${aliases.get(type.name) ?? "undefined"};\n`;
  return `${text}}\n\n/** The name of an event type of the catalogue. */\nexport type EventTypeName = keyof EventData;\n`;
}
