/**
 * The files `api.txt` list the exports of each address of the library, so that a review shows each change. UPDATE_SPEC=1 regenerates them.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  addressesOf,
  changeOf,
  emitDeclarations,
  type LibraryAddress,
  surfacesIn,
} from "./public-surface.ts";

const library = fileURLToPath(new URL("../library", import.meta.url));
const addresses = addressesOf(library);
const committed = ({ text }: LibraryAddress): string => readFileSync(join(library, text), "utf8");
const headOf = ({ name }: LibraryAddress): string =>
  `// What the address '${name}' exports; made from the declarations by 'npm run docs'. A change here is a change for its users.\n\n`;
/** The emitted declarations. */
let types: string;
let surfaces: Map<string, string>;

beforeAll(() => {
  types = mkdtempSync(join(tmpdir(), "daybook-public-surface-"));
  emitDeclarations(library, types);
  surfaces = surfacesIn(types, addresses);
});
afterAll(() => rmSync(types, { recursive: true, force: true }));

test.each(addresses)("$name exports what $text lists (npm run docs)", (address) => {
  const surface = headOf(address) + surfaces.get(address.name);
  if (process.env.UPDATE_SPEC === "1") writeFileSync(join(library, address.text), surface);
  const change = changeOf(address, surface, committed(address));
  if (change !== undefined) throw new Error(change);
});

describe("a change is seen:", () => {
  /** What the check says of `daybook` once a text in a file of declarations is another. */
  function changePlanted(file: string, from: string, to: string): string | undefined {
    const path = join(types, file);
    const text = readFileSync(path, "utf8");
    expect(text).toContain(from);
    writeFileSync(path, text.replace(from, to));
    try {
      const address = addresses[0]!;
      const planted = surfacesIn(types, [address]).get(address.name)!;
      return changeOf(address, planted, surfaces.get(address.name)!);
    } finally {
      writeFileSync(path, text);
    }
  }

  test.each([
    ["a name less", "index.d.ts", "type Member, ", "", "- interface Member {"],
    ["a name more", "index.d.ts", "type Member, ", "type Member, scopes as mayDo, ", "+ // mayDo is"],
    [
      "a member of another type",
      "client/daybook.d.ts",
      "get(id: string",
      "get(id: number",
      "+   get(id: number",
    ],
    [
      "an option that became required",
      "client/options.d.ts",
      "timeout?:",
      "timeout:",
      "+   readonly timeout: number | undefined;",
    ],
    [
      "a type that is used and not exported",
      "client/pages.d.ts",
      "signal?:",
      "abort?:",
      "+   readonly abort?: AbortSignal | undefined;",
    ],
    ["a value of a table", "error/local-codes.d.ts", "timeout:", "late:", '+   | "late"'],
  ])("%s", (_, file, from, to, line) => {
    const change = changePlanted(file, from, to);
    expect(change).toContain(`\n${line}`);
    expect(change).toContain("What daybook exports has changed");
    expect(change).toContain("run 'npm run docs' and commit library/src/api.txt");
  });

  test("nothing where the surface is the same", () => {
    const worded = "/** Other words. */\nexport declare class Daybook";
    expect(changePlanted("client/daybook.d.ts", "export declare class Daybook", worded)).toBeUndefined();
  });
});
