/** `npm run docs` runs each test that writes a file, and no test that only takes time. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const read = (path: string): string => readFileSync(`${root}/${path}`, "utf8");

// the recipe sets the variable for a copy of the repository
const others = ["test/house/docs-command.test.ts", "test/recipes/export-format.test.ts"];
const writers = ["library/src", "server/src", "test"]
  .flatMap((folder) =>
    readdirSync(`${root}/${folder}`, { recursive: true }).map((path) => `${folder}/${path}`),
  )
  .filter((path) => path.endsWith(".test.ts"))
  .filter((path) => !others.includes(path) && read(path).includes("process.env.UPDATE_SPEC"));
const filters: string[] = JSON.parse(read("package.json"))
  .scripts.docs.split(" ")
  .filter((word: string) => /^[a-z]+[-./][a-z/.-]+$/.test(word));

test("each file with a test that writes is named by the command, and its test names the command", () => {
  expect(writers.length).toBeGreaterThan(8);
  for (const path of writers) {
    expect(
      filters.some((filter) => path.includes(filter)),
      path,
    ).toBe(true);
    expect(read(path), path).toContain("(npm run docs)");
  }
});

test("each name in the command selects one file that writes", () => {
  for (const filter of filters)
    expect(
      writers.filter((path) => path.includes(filter)),
      filter,
    ).toHaveLength(1);
});
