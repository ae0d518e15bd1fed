/** docs/access.md matches the table. UPDATE_SPEC=1 regenerates it. */
import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { accessPage } from "./testing/access-page.ts";

test("docs/access.md is what the table says (npm run docs)", () => {
  const path = new URL("../../../docs/access.md", import.meta.url);
  if (process.env.UPDATE_SPEC) writeFileSync(path, accessPage());
  expect(readFileSync(path, "utf8")).toBe(accessPage());
});
