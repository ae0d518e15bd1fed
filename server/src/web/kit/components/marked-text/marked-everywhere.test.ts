/** Every page marks texts that people chose: in isolated elements, titles, options and suggestions. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { renderToString } from "../../html/render.ts";
import { Select } from "../select/select.tsx";
import { TextInput } from "../text-input/text-input.tsx";
import { inPlainText } from "./plain-text.ts";

const web = join(import.meta.dirname, "..", "..");
const text = "a\u202eb";

/** Places where the content of a `bdi` is already marked, or is Daybook's own. */
const marksItself = ["marked-text.tsx", "name.tsx", "remarks.tsx", "value.tsx", "chips.tsx"];
const unmarked = /<bdi[^>]*>\{(?![^}]*\bmarked\()/;

test("a text with a direction of its own goes through the marks", () => {
  const files = readdirSync(web, { recursive: true, encoding: "utf8" }).filter(
    (path) =>
      path.endsWith(".tsx") && !path.includes(".test.") && !marksItself.some((file) => path.endsWith(file)),
  );
  expect(files.length).toBeGreaterThan(50);
  expect(files.filter((path) => unmarked.test(readFileSync(join(web, path), "utf8")))).toEqual([]);
  expect(unmarked.test("<bdi>{team.name}</bdi>")).toBe(true);
});

test("where HTML takes characters only, the marks are words", () => {
  expect(inPlainText(`${text} \u0410nne`)).toBe("a[right-to-left override]b \u0410 (Cyrillic letter)nne");
  const select = renderToString(Select({ name: "type", label: "Type", options: [{ value: text, text }] }));
  expect(select).toContain(">a[right-to-left override]b</option>");
  expect(select).toContain(`value="${text}"`);
  const suggestions = [{ value: text, label: text }];
  const input = renderToString(TextInput({ name: "actor", label: "Actor", suggestions }));
  expect(input).toContain('label="a[right-to-left override]b"');
});
