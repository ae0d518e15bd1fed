/**
 * Generates the TypeScript types of `data` from the schemas of the catalogue, so that the two can't differ: a file in `event-data` for each
 * subject, and the list in `event-data.ts`. It supports only the keywords of `data-schema.ts`, and throws for any other.
 */
import type { Json, JsonObject } from "../../event/index.ts";
import type { EventType } from "../event-type.ts";

const headerOf = (what: string): string => `/**
 * ${what} This file is generated from the schemas of the
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

/** The event types whose `data` have the same shape: they share one name, that of the first. */
interface DataShape {
  readonly alias: string;
  readonly alike: readonly EventType[];
}

function shapesOf(types: readonly EventType[]): DataShape[] {
  const byShape = new Map<string, EventType[]>();
  for (const type of types) {
    if (type.data === null) continue;
    const shape = typeOf(type.data, "", "none");
    byShape.set(shape, [...(byShape.get(shape) ?? []), type]);
  }
  return [...byShape.values()].map((alike) => ({ alias: aliasOf(alike[0]!.name), alike }));
}

/** The types of `data` of one subject. */
const subjectSource = (subject: string, shapes: readonly DataShape[]): string =>
  headerOf(`The TypeScript types of \`data\`, of the subject "${subject}".`) +
  shapes
    .map(
      ({ alias, alike }) =>
        `\n/** The data of ${alike.map(({ name }) => name).join(", ")}. */\nexport type ${alias} = ${documented(alike)};\n`,
    )
    .join("");

/** As the formatter writes it: in one line of at most 110 characters. */
function importOf(subject: string, shapes: readonly DataShape[]): string {
  const names = shapes.map(({ alias }) => alias).toSorted((a, b) => a.localeCompare(b, "en"));
  const from = `from "./event-data/${subject}.ts";\n`;
  const line = `import type { ${names.join(", ")} } ${from}`;
  return line.length <= 111 ? line : `import type {\n  ${names.join(",\n  ")},\n} ${from}`;
}

/** The list of all types, with the names of their `data`. */
function listSource(
  types: readonly EventType[],
  bySubject: ReadonlyMap<string, readonly DataShape[]>,
): string {
  const aliases = new Map(
    [...bySubject.values()].flat().flatMap(({ alias, alike }) => alike.map(({ name }) => [name, alias])),
  );
  const subjects = [...bySubject].toSorted(([a], [b]) => (a < b ? -1 : 1));
  let text = headerOf("The list of event types, with the TypeScript type of each one's `data`.");
  for (const [subject, shapes] of subjects) text += importOf(subject, shapes);
  text += "\n";
  for (const [subject] of subjects) text += `export type * from "./event-data/${subject}.ts";\n`;
  text += "\n/** The type of `data` by the name of the event type; undefined if the type has no `data`. */\n";
  text += "export interface EventData {\n";
  for (const { name, title } of types)
    text += `  /** ${title}. */\n  ${name}: ${aliases.get(name) ?? "undefined"};\n`;
  return `${text}}\n\n/** The name of an event type of the catalogue. */\nexport type EventTypeName = keyof EventData;\n`;
}

/** The text of each file, by its path in `catalogue`. */
export function eventDataSources(types: readonly EventType[]): ReadonlyMap<string, string> {
  const bySubject = new Map<string, DataShape[]>();
  for (const shape of shapesOf(types)) {
    const subject = shape.alike[0]!.about;
    bySubject.set(subject, [...(bySubject.get(subject) ?? []), shape]);
  }
  return new Map([
    ["event-data.ts", listSource(types, bySubject)],
    ...[...bySubject].map(
      ([subject, shapes]) => [`event-data/${subject}.ts`, subjectSource(subject, shapes)] as const,
    ),
  ]);
}
