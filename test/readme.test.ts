/** README's commands and program work as written, for a reader who used the set-up link; its counts are right. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { eventTypes } from "daybook/catalogue";
import { beforeAll, expect, test } from "vitest";
import { guideAt, openReader, type Reader } from "./support/guides.ts";

const readme = guideAt("README.md");
let reader: Reader;

beforeAll(async () => {
  reader = await openReader();
}, 300_000);

test("the blocks run in order: library installed, event recorded, CSV downloaded", async () => {
  const project = join(reader.home, "my-app");
  const [program] = readme.blocks("js");
  // README says to save it under this name
  expect(readme.text).toContain("Save this as `record.mjs`");
  mkdirSync(project, { recursive: true });
  writeFileSync(join(project, "record.mjs"), program as string);

  const [organization, installed, , receipt] = reader.run(readme.blocks("bash"));
  expect(organization).toContain('"slug":"acme"');
  expect(installed).toContain("added 1 package");
  expect(receipt).toContain("leafHash");
  const csv = readFileSync(join(project, "acme.csv"), "utf8");
  expect(csv).toMatch(/"Anne Wilson","Acme","API_CLIENT_UPDATED",.*Register sandbox/);
}, 300_000);

test("the counts are right", () => {
  const producers = eventTypes.filter(({ writer }) => writer === "producer").length;
  const own = eventTypes.length - producers;
  expect(readme.text).toContain(
    `**${eventTypes.length} event types**, ${producers} of them of API platforms and ${own} of Daybook itself`,
  );
  expect(guideAt("CHANGELOG.md").text).toContain(
    `**${producers} event types** of API platforms and API clients, ${own} of Daybook's own`,
  );
});

test("README has at most 1,200 words", () => {
  expect(readme.text.split(/\s+/).filter((word) => word !== "").length).toBeLessThanOrEqual(1200);
});

test("README's three figures are those of docs/performance.md", () => {
  const performance = guideAt("docs/performance.md").text;
  const figures = [
    ["8,111 events per second", "| 8111 events/s, p99"],
    ["takes up to 58 ms (p99)", "p99 57.9 ms, at most 1 request"],
    ["139,968 rows per second", "| 139968 rows/s,"],
  ] as const;
  for (const [claimed, measured] of figures) {
    expect(readme.text).toContain(claimed);
    expect(performance).toContain(measured);
  }
});
