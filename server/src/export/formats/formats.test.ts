/** Tests for every format of the list, and the library's generated file. */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { exportFormats } from "./formats.ts";
import { librarySource } from "./testing/library-source.ts";

const inRepository = (path: string): string => fileURLToPath(new URL(`../../../../${path}`, import.meta.url));

test("library/src/catalogue/export-formats.ts says what the list says (npm run docs)", () => {
  const path = "library/src/catalogue/export-formats.ts";
  const formatter = inRepository("node_modules/@biomejs/biome/bin/biome");
  const text = execFileSync(process.execPath, [formatter, "format", `--stdin-file-path=${path}`], {
    cwd: inRepository("."),
    input: librarySource(exportFormats),
    encoding: "utf8",
  });
  if (process.env.UPDATE_SPEC === "1") writeFileSync(inRepository(path), text);
  expect(readFileSync(inRepository(path), "utf8")).toBe(text);
});

test.each(exportFormats.map((format) => [format.name, format] as const))(
  "%s has names that fit into addresses and file names",
  (_, { name, extension, mediaType, contentType, options }) => {
    for (const word of [name, extension]) expect(word).toMatch(/^[a-z][a-z0-9]*$/);
    for (const option of options) expect(option.name).toMatch(/^[a-z]+$/);
    expect(mediaType).toMatch(/^[a-z]+\/[a-z0-9.+-]+$/);
    expect(contentType.split(";")[0]).toBe(mediaType);
  },
);

test("no name and no choice of the form stands for two formats", () => {
  const names = exportFormats.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  const choices = exportFormats.flatMap((format) => format.choices.map(({ value }) => value));
  expect(new Set(choices).size).toBe(choices.length);
});

/** The one-word names that every download has: of the client, of the query, and of the command line. */
const taken = "actor by context format from help json org outcome output signal target to type url".split(
  " ",
);

test("an option has the same values in each format that has it, and a choice names values that there are", () => {
  const values = new Map<string, readonly string[]>();
  for (const { options, choices } of exportFormats) {
    for (const option of options) {
      expect(taken).not.toContain(option.name);
      expect(values.get(option.name) ?? option.values).toEqual(option.values);
      values.set(option.name, option.values);
    }
    for (const choice of choices)
      for (const [name, value] of Object.entries(choice.options))
        expect(options.find((option) => option.name === name)?.values).toContain(value);
  }
});
