/** The shapes of the icons are those of the package; `npm run docs` makes the file anew. */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { iconNames } from "./names.ts";

const require = createRequire(import.meta.url);

test("icons.ts holds the shapes of lucide's icons of those names", () => {
  const nodes = require("lucide-static/icon-nodes.json") as Record<string, unknown>;
  const { version } = require("lucide-static/package.json") as { version: string };
  expect(iconNames.filter((name) => nodes[name] === undefined)).toEqual([]);
  expect([...iconNames]).toEqual([...iconNames].sort());
  const rows = iconNames.map((name) => `  ${JSON.stringify(name)}: ${JSON.stringify(nodes[name])},\n`);
  const text = `/** The shapes of the icons, from lucide ${version} (ISC licence, https://lucide.dev/license), made by \`npm run docs\`. */
import type { IconName } from "./names.ts";

/** Elements of an SVG of 24 by 24, drawn by strokes. */
type IconShapes = readonly (readonly [string, Readonly<Record<string, string>>])[];

// biome-ignore format: as the test writes it
export const icons: Readonly<Record<IconName, IconShapes>> = {
${rows.join("")}};
`;
  const path = new URL("icons.ts", import.meta.url);
  if (process.env.UPDATE_SPEC) writeFileSync(path, text);
  expect(readFileSync(path, "utf8")).toBe(text);
});
