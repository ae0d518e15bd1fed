/** spec/errors.md matches the table of codes. UPDATE_SPEC=1 regenerates it. */
import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { codes } from "./codes.ts";
import { errorsPage } from "./testing/errors-page.ts";

test("spec/errors.md lists every code as the table has it (npm run docs)", () => {
  const path = new URL("../../../spec/errors.md", import.meta.url);
  const page = errorsPage(codes);
  if (process.env.UPDATE_SPEC === "1") writeFileSync(path, page);
  expect(readFileSync(path, "utf8")).toBe(page);
});

test("every sentence and every remedy is one that can stand alone", () => {
  for (const [code, row] of Object.entries(codes)) {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(row.title, code).toMatch(/^[A-Z].*\.$/);
    expect(row.remedy, code).toMatch(/^[A-Z].*\.$/);
    expect(`${row.title}${row.remedy}`, code).not.toContain("|");
  }
});
