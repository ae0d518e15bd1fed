/** The types of `data` are those of the catalogue: written from its schemas, and compared here. UPDATE_SPEC=1 rewrites them. */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { eventTypes } from "../catalogue/index.ts";
import type { Json, JsonObject } from "../event/index.ts";
import type { EventOf } from "./typed-event.ts";

const path = fileURLToPath(new URL("event-data.ts", import.meta.url));

function typeText(schema: JsonObject): string {
  if (Array.isArray(schema.enum)) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if ("const" in schema) return JSON.stringify(schema.const);
  switch (schema.type) {
    case "string":
      return "string";
    case "integer":
    case "number":
      return "number";
    case "boolean":
      return "boolean";
    case "array": {
      const items = typeText(schema.items as JsonObject);
      return /^\w+$/.test(items) ? `readonly ${items}[]` : `readonly (${items})[]`;
    }
    case "object": {
      const members = membersOf(schema);
      return members.join(" ").length < 80
        ? `{ ${members.join(" ").replace(/;$/, "")} }`
        : `{\n    ${members.join("\n    ")}\n  }`;
    }
    default:
      throw new Error(`a schema of no known type: ${JSON.stringify(schema)}`);
  }
}

function membersOf(schema: JsonObject): string[] {
  const required = (schema.required as Json[] | undefined) ?? [];
  return Object.entries(schema.properties as JsonObject).map(
    ([name, member]) => `${name}${required.includes(name) ? "" : "?"}: ${typeText(member as JsonObject)};`,
  );
}

const pascal = (name: string): string =>
  name.toLowerCase().replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** The whole file: an interface for each shape, named for the first type that has it, and the map of the types. */
function fileText(): string {
  const shapes = new Map<string, string>();
  const rows: string[] = [];
  for (const type of eventTypes) {
    if (type.writer !== "producer") continue;
    const body = type.data === null ? "" : membersOf(type.data).join("\n  ");
    if (body !== "" && !shapes.has(body)) shapes.set(body, `${pascal(type.name)}Data`);
    rows.push(`  /** ${type.title} */\n  ${type.name}: ${shapes.get(body) ?? "undefined"};`);
  }
  return [
    "/** What `data` holds, by event type. Written from the catalogue by event-data.test.ts; don't edit it by hand. */",
    ...[...shapes].map(([body, name]) => `\nexport interface ${name} {\n  ${body}\n}`),
    `\n/** The event types that a producer may record; \`undefined\` where the type takes no data. */\nexport interface EventData {\n${rows.join("\n")}\n}\n`,
  ].join("\n");
}

test("the types of data are those of the catalogue", () => {
  if (process.env.UPDATE_SPEC) writeFileSync(path, fileText());
  expect(readFileSync(path, "utf8")).toBe(fileText());
});

test("TypeScript takes a right event, and refuses a wrong one", () => {
  const take = <const T extends string>(event: EventOf<T>): string => event.type;
  const actor = { type: "user", id: "u_17" } as const;
  take({ type: "NEW_TEAM", actor, data: { teamId: "t_4", team: "Payments" } });
  take({ type: "invoice.paid", actor, data: { amount: 12 } });
  take({ type: "invoice.paid" as string, actor });
  // @ts-expect-error: the team has no name
  take({ type: "NEW_TEAM", actor, data: { teamId: "t_4" } });
  // @ts-expect-error: data is required
  take({ type: "NEW_TEAM", actor });
  // @ts-expect-error: this type takes no data
  take({ type: "ORGANIZATION_CHANGE", actor, data: { name: "Acme" } });
  expect(take({ type: "ORGANIZATION_CHANGE", actor })).toBe("ORGANIZATION_CHANGE");
});
