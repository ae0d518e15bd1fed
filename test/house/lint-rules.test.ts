/** The rules that the linter keeps: each catches the fault that is planted for it, with the project's own configuration. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** The linter's output about files, by name. */
function lint(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "daybook-lint-"));
  folders.push(folder);
  const {
    vcs: _ours,
    $schema: _there,
    ...rules
  } = JSON.parse(readFileSync(join(root, "biome.json"), "utf8"));
  writeFileSync(join(folder, "biome.json"), JSON.stringify(rules));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const biome = join(root, "node_modules/.bin/biome");
  const { stdout, stderr } = spawnSync(biome, ["lint", "."], { cwd: folder, encoding: "utf8" });
  return stdout + stderr;
}

test("two files that import each other, even if only types", () => {
  const one = 'import type { Two } from "./two.ts";\nexport type One = Two | 1;\n';
  const two = 'import type { One } from "./one.ts";\nexport type Two = One | 2;\n';
  expect(lint({ "one.ts": one, "two.ts": two })).toContain("lint/suspicious/noImportCycles");
  expect(lint({ "one.ts": one, "two.ts": "export type Two = 2;\n" })).not.toContain("noImportCycles");
});

test("a function of over 70 lines, but for a test's", () => {
  const body = (lines: number): string =>
    `export function long(): void {\n${'  console.log("a line");\n'.repeat(lines)}}\n`;
  expect(lint({ "long.ts": body(71) })).toContain("lint/complexity/noExcessiveLinesPerFunction");
  expect(lint({ "long.ts": body(60) })).not.toContain("noExcessiveLinesPerFunction");
  expect(lint({ "long.test.ts": body(71) })).not.toContain("noExcessiveLinesPerFunction");
});
