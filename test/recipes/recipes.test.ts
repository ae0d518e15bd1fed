/** The recipes of CONTRIBUTING name files that exist, and commands whose files exist. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const [, text = ""] =
  /^## Recipes\n([\s\S]*?)^## /m.exec(readFileSync(join(root, "CONTRIBUTING.md"), "utf8")) ?? [];
const recipes = text.split(/^(?=\*\*)/m).slice(1);

test("there is a recipe for each kind of addition", () => {
  expect(recipes.map((recipe) => /^\*\*([^*]+)/.exec(recipe)?.[1])).toEqual([
    "Export format",
    "Event type",
    "Sink",
    "Route",
    "Page",
    "Store method",
    "Migration",
    "Error code",
  ]);
});

test.each(recipes)("%s", (recipe) => {
  const paths = [...recipe.matchAll(/\b(?:library|server|test|spec)\/[\w./-]*/g)].map(([path]) => path);
  expect(paths.length).toBeGreaterThan(1);
  // a placeholder follows the folder
  for (const path of paths) expect([path, existsSync(join(root, path))]).toEqual([path, true]);
  expect(recipe).toMatch(/^.*`npx vitest run [^`]+`/);
});
