/** Generates `spec/event-types.md`, the page of event types, from the catalogue. */
import type { Json, JsonObject } from "../../event/index.ts";
import type { Condition, EventType, Variant } from "../event-type.ts";

const header = `# Event types

This page lists the built-in event types of Daybook.
It is generated from the catalogue (\`UPDATE_SPEC=1 npx vitest run library/src/catalogue\`); [catalogue.md](catalogue.md) explains the columns.
A \`?\` marks an optional member, and (p) a personal one. Other members are refused.

`;

const titles: Readonly<Record<EventType["about"], string>> = {
  "api-clients": "API clients",
  apis: "APIs",
  domains: "Domains",
  organizations: "Organizations and members",
  teams: "Teams",
  billing: "Billing",
  log: "The log itself",
  access: "Access",
  custom: "Custom",
};

const object = (value: Json | undefined): JsonObject => value as JsonObject;

function bounds(schema: JsonObject, words: readonly (readonly [string, string])[]): string {
  const texts = words.flatMap(([word, text]) =>
    schema[word] === undefined ? [] : [`${text} ${schema[word]}`],
  );
  return texts.length === 0 ? "" : ` ${texts.join(", ")}`;
}

function form(schema: JsonObject): string {
  if (schema.enum !== undefined) return (schema.enum as string[]).join(", ");
  if (schema.anyOf !== undefined) return (schema.anyOf as JsonObject[]).map(form).join(" or ");
  switch (schema.type) {
    case "object":
      return `{ ${membersOf(schema, []).join("; ")} }`;
    case "array":
      return `list${bounds(schema, [
        ["minItems", "from"],
        ["maxItems", "up to"],
      ])} of ${form(object(schema.items))}`;
    case "integer":
      return `whole number${bounds(schema, [["minimum", "from"]])}`;
    case "boolean":
      return "true or false";
    case "null":
      return "null";
    default:
      if (schema.format !== undefined) return String(schema.format);
      return schema.pattern === undefined
        ? `text of ${schema.minLength} to ${schema.maxLength}`
        : `text like \`${schema.pattern}\`, up to ${schema.maxLength}`;
  }
}

function membersOf(schema: JsonObject, personal: readonly string[]): string[] {
  const required = (schema.required ?? []) as string[];
  return Object.entries(object(schema.properties)).map(([name, part]) => {
    const mark = personal.includes(`/${name}`) ? " (p)" : "";
    return `\`${name}\`${required.includes(name) ? "" : "?"}${mark}: ${form(object(part))}`;
  });
}

function changesOf(type: EventType): string {
  return Object.entries(type.labels)
    .map(([path, label]) => {
      const mark = type.secret.changes.includes(path)
        ? " (secret)"
        : type.personal.changes.includes(path)
          ? " (p)"
          : "";
      return `\`${path}\` ${label}${mark}`;
    })
    .join(", ");
}

/** A condition in words: "`/data/how` is LEFT". */
function conditionOf(condition: Condition): string {
  if ("is" in condition) return `\`${condition.path}\` is ${condition.is}`;
  if ("sameAs" in condition) return `\`${condition.path}\` is the same as \`${condition.sameAs}\``;
  return `\`${condition.path}\` is there`;
}

function variantOf({ when, ...words }: Variant): string {
  const texts = [words.title, words.sentence, words.refusedTitle, words.refusedSentence];
  return `- Where ${when.map(conditionOf).join(" and ")}: ${texts.filter((text) => text !== undefined).join("; ")}`;
}

function section(type: EventType): string {
  const data = type.data === null ? [] : membersOf(type.data, type.personal.data);
  const changes = changesOf(type);
  const lines = [
    `### ${type.name}`,
    "",
    `**${type.title}.** ${type.description}`,
    "",
    `- Sentence: ${type.sentence}`,
    `- Denied or failed: ${type.refusedTitle}; ${type.refusedSentence}`,
    ...type.variants.map(variantOf),
    `- Version ${type.version}, since ${type.since}; operation: ${type.operation}; written by: ${type.writer === "server" ? "the server only" : "anyone with the scope"}`,
    `- First target: ${type.firstTarget.length === 0 ? "none needed" : type.firstTarget.map((name) => `\`${name}\``).join(" or ")}`,
    ...(type.card.length === 0
      ? []
      : [
          `- Card: ${type.card.map((row) => `${row.label} (${row.was === undefined ? "" : `\`${row.was}\` to `}\`${row.path}\`)`).join(", ")}`,
        ]),
    ...(changes === "" ? [] : [`- Changes with labels: ${changes}`]),
    ...(data.length === 0 ? ["- `data`: none"] : ["- `data`:", ...data.map((line) => `  - ${line}`)]),
    "",
    "```json",
    JSON.stringify(type.example, null, 2),
    "```",
    "",
  ];
  return `${lines.join("\n")}\n`;
}

/** The whole text of the page: a list of all names, then a section for each type. */
export function eventTypesPage(types: readonly EventType[]): string {
  const abouts = [...new Set(types.map((type) => type.about))];
  const rows = types.map(
    (type) =>
      `| [${type.name}](#${type.name.toLowerCase()}) | ${type.title} | ${type.firstTarget.join(", ") || "-"} | ${type.writer} |`,
  );
  const list = `| name | title | first target | writer |\n|---|---|---|---|\n${rows.join("\n")}\n\n`;
  const parts = abouts.map(
    (about) =>
      `## ${titles[about]}\n\n${types
        .filter((type) => type.about === about)
        .map(section)
        .join("")}`,
  );
  return `${header}${list}${parts.join("")}`.trimEnd().concat("\n");
}
