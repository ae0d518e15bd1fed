/** A schema that differs from the library's type doesn't compile, whichever of the two has changed. TypeScript's language service tells. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { API, type Diagnostic, type Project } from "typescript/unstable/sync";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const schemas = fileURLToPath(new URL(".", import.meta.url));
const modules = fileURLToPath(new URL("../../../../node_modules/", import.meta.url));

/** The schema of a team, and the type that the library declares. */
const schema = `{
  id: Type.String(),
  name: Type.String(),
  role: Type.Union([Type.Enum(["DESIGNER", "CONSUMER", "AUDITOR"]), Type.Null()]),
  members: Type.Integer(),
  createdAt: Type.String(),
  by: Type.Object({ id: Type.String(), name: Type.Optional(Type.String()) }),
  data: Type.Optional(anyObject()),
}`;
const type = `{
  readonly id: string;
  readonly name: string;
  readonly role: "DESIGNER" | "CONSUMER" | "AUDITOR" | null;
  readonly members: number;
  readonly createdAt: string;
  readonly by: { readonly id: string; readonly name?: string };
  readonly data?: JsonObject;
}`;

const faults: readonly (readonly [string, string, string, string])[] = [
  ["a schema with a member more", schema.replace("{", "{ more: Type.String(),"), type, "more"],
  ["a schema with a member less", schema.replace("name: Type.String(),", ""), type, "name"],
  [
    "a schema with an optional member",
    schema.replace("Type.Integer()", "Type.Optional(Type.Integer())"),
    type,
    "members",
  ],
  ["a schema with another type", schema.replace("Type.Integer()", "Type.String()"), type, "members"],
  ["a schema with a value less", schema.replace(', "AUDITOR"', ""), type, "role"],
  [
    "a schema that differs deep inside",
    schema.replace("Type.Optional(Type.String())", "Type.String()"),
    type,
    "by",
  ],
  ["a type with a member more", schema, type.replace("{", "{ more: string;"), "more"],
  ["a type with an optional member more", schema, type.replace("{", "{ more?: string;"), "more"],
  ["a type with a member less", schema, type.replace("readonly name: string;", ""), "name"],
  ["a type with an optional member", schema, type.replace("createdAt:", "createdAt?:"), "createdAt"],
  ["a type with another type", schema, type.replace("members: number", "members: bigint"), "members"],
  ["a type with a value more", schema, type.replace('"AUDITOR"', '"AUDITOR" | "OWNER"'), "role"],
];

let folder: string;
let api: API;
let project: Project;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "daybook-schemas-"));
  const files = ["right.ts", ...faults.map((_, i) => `fault-${i}.ts`)];
  const codes = [[schema, type], ...faults.map(([, changed, other]) => [changed, other])];
  for (const [i, name] of files.entries())
    writeFileSync(join(folder, name), sourceOf(codes[i]![0]!, codes[i]![1]!));
  const config = join(folder, "tsconfig.json");
  const compilerOptions = {
    ...{ module: "nodenext", target: "es2023", lib: ["es2023"], types: [], strict: true, noEmit: true },
    ...{ exactOptionalPropertyTypes: true, allowImportingTsExtensions: true, skipLibCheck: true },
    paths: {
      typebox: [join(modules, "typebox")],
      "daybook/internal": [join(modules, "daybook/dist/internal/index.d.ts")],
    },
  };
  writeFileSync(config, JSON.stringify({ compilerOptions, files }));
  api = new API({ cwd: folder });
  project = api.updateSnapshot({ openProjects: [config] }).getProject(config)!;
});
afterAll(() => {
  api?.close();
  rmSync(folder, { recursive: true, force: true });
});

const sourceOf = (changed: string, declared: string): string => `import { type TSchema, Type } from "typebox";
import type { JsonObject } from "daybook/internal";
import type { Describes } from "${schemas}alike.ts";
import { anyObject } from "${schemas}shapes.ts";
interface Declared ${declared}
const shape = <S extends TSchema>(schema: S & Describes<Declared, S>): TSchema => schema;
export const checked: TSchema = shape(Type.Object(${changed}));
export type Kept = JsonObject;
`;

const textOf = ({ text, messageChain = [] }: Diagnostic): string =>
  [text, ...messageChain.map(textOf)].join("\n");

/** What TypeScript reports about a file. */
const messagesOf = (name: string): string[] =>
  project.program.getSemanticDiagnostics(join(folder, name)).map(textOf);

test("a schema that describes the type compiles", () => {
  expect(messagesOf("right.ts")).toEqual([]);
});

describe("doesn't compile, and the message names the member:", () => {
  test.each(faults.map(([title, , , member], i) => [title, member, `fault-${i}.ts`]))(
    "%s",
    (_, member, name) => {
      expect(messagesOf(name as string).join("\n")).toContain(`DiffersFromTheLibraryIn<"${member}">`);
    },
  );
});
