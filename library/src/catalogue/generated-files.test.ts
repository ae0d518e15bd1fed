/** The generated files match the catalogue. UPDATE_SPEC=1 regenerates them. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { eventTypes } from "./catalogue.ts";
import { eventDataSources } from "./testing/event-data-source.ts";
import { eventTypesPage } from "./testing/event-types-page.ts";

function compare(path: string, text: string): void {
  const url = new URL(path, import.meta.url);
  if (process.env.UPDATE_SPEC === "1") writeFileSync(url, text);
  expect(readFileSync(url, "utf8")).toBe(text);
}

test("spec/event-types.md says of every type what the catalogue says (npm run docs)", () => {
  compare("../../../spec/event-types.md", eventTypesPage(eventTypes));
});

test("the TypeScript types of data are those of the schemas (npm run docs)", () => {
  const sources = eventDataSources(eventTypes);
  for (const [path, text] of sources) compare(`./${path}`, text);
  // no file of a subject that is gone
  const files = readdirSync(new URL("./event-data", import.meta.url)).map((file) => `event-data/${file}`);
  expect(["event-data.ts", ...files].toSorted()).toEqual([...sources.keys()].toSorted());
});
