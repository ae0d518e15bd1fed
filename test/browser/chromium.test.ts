/**
 * Tests of the browser tests: a page that requests something from another host is caught, and gets nothing; and planted faults are found,
 * whether they show in light, in dark or at 320 pixels.
 */
import { expect, test } from "vitest";
import { isMissing, openWindow } from "./chromium.ts";
import { lookAround } from "./looking.ts";

test
  .skipIf(isMissing)
  .each([
    "http://example.com/style.css",
    "https://fonts.example.org/a.woff2",
    "http://192.0.2.1/pixel.gif",
    "http://[2001:db8::1]/",
    "http://localhost:9/",
  ])("a page that asks for %s is caught, and gets nothing", async (address) => {
  const { context, outside } = await openWindow();
  const page = await context.newPage();
  const answer = await page.evaluate(
    `fetch(${JSON.stringify(address)}, { mode: "no-cors" }).then(() => "came", ({ name }) => name)`,
  );
  expect(answer).toBe("TypeError");
  expect(outside).toEqual([address]);
  await context.close();
});

test.skipIf(isMissing)("hosts elsewhere are not even looked for", async () => {
  const { context } = await openWindow();
  const page = await context.newPage();
  const failures: unknown[] = [];
  page.on("requestfailed", (request) => failures.push(request.failure()?.errorText));
  for (const host of ["example.com", "192.0.2.1"]) await page.goto(`http://${host}/`).catch(() => undefined);
  expect(failures).toEqual(["net::ERR_NAME_NOT_RESOLVED", "net::ERR_NAME_NOT_RESOLVED"]);
  await context.close();
});

/** A page without a fault but those that are planted in its style and its body. */
const pageWith = (
  style: string,
  body: string,
): string => `<!doctype html><html lang="en"><title>Planted</title>
  <style>body { color: #111; background: #fff } ${style}</style><main><h1>Planted</h1>${body}</main></html>`;

const dark = (style: string): string => `@media (prefers-color-scheme: dark) { ${style} }`;
const narrow = (style: string): string => `@media (max-width: 640px) { ${style} }`;
const small = "display: inline-block; width: 12px; height: 12px; overflow: hidden";
const forScreenReaders = "position: absolute; clip-path: inset(50%)";

test.skipIf(isMissing)("a page without a fault passes", async () => {
  const { context } = await openWindow();
  const page = await context.newPage();
  await page.setContent(pageWith("", "<p>Nothing is wrong.</p>"));
  await lookAround(page, "planted");
  await context.close();
});

test.skipIf(isMissing).each([
  ["a field without a label", "label", "light", "", "<input>"],
  ["pale text", "color-contrast", "light", "p { color: #bbb }", "<p>Pale</p>"],
  ["text that is pale in dark only", "color-contrast", "dark", dark("p { color: #ddd }"), "<p>Pale</p>"],
  [
    "text that is pale at 320 px only",
    "color-contrast",
    "narrow",
    narrow("p { color: #bbb }"),
    "<p>Pale</p>",
  ],
  [
    "text that is too small for its colours at 320 px only",
    "color-contrast",
    "narrow",
    `p { color: #888; font-size: 30px } ${narrow("p { font-size: 16px }")}`,
    "<p>Pale</p>",
  ],
  [
    "targets that are too small at 320 px only",
    "target-size",
    "narrow",
    narrow(`button { ${small}; padding: 0; margin: 0 }`),
    "<button>A</button><button>B</button><button>C</button>",
  ],
  [
    "a field without a label that is shown at 320 px only",
    "label",
    "narrow",
    `input { display: none } ${narrow("input { display: block }")}`,
    "<input>",
  ],
  [
    "a heading that is missing at 320 px only",
    "page-has-heading-one",
    "narrow",
    narrow("h1 { display: none }"),
    "<p>No heading</p>",
  ],
  [
    "text that is pale where only screen readers read it on a wide page",
    "color-contrast",
    "narrow",
    `p { color: #bbb; ${forScreenReaders} } ${narrow("p { position: static; clip-path: none }")}`,
    "<p>Pale</p>",
  ],
  [
    "text that is pale at 320 px, beside what only screen readers read there",
    "color-contrast",
    "narrow",
    narrow(`p { color: #bbb } b { ${forScreenReaders} }`),
    "<b>Word</b><p>Pale</p>",
  ],
  [
    "a heading that is missing at 320 px, beside what only screen readers read there",
    "page-has-heading-one",
    "narrow",
    narrow(`h1 { display: none } b { ${forScreenReaders} }`),
    "<b>Word</b>",
  ],
  ["what is wider than 320 px", "width of planted", "narrow", "p { width: 500px }", "<p>Wide</p>"],
])("%s is found: %s in %s", async (_, rule, look, style, body) => {
  const { context } = await openWindow();
  const page = await context.newPage();
  await page.setContent(pageWith(style, body));
  const found = await lookAround(page, "planted").then(
    () => "nothing",
    ({ message, actual }) => `${message} ${JSON.stringify(actual)}`,
  );
  expect(found).toContain(`planted, ${look}`);
  expect(found).toContain(rule);
  await context.close();
});

test.skipIf(isMissing).each([
  ["on another background", "light", "p { color: #767676 }", "main { background: #ccc }", "<p>Text</p>"],
  [
    "on another background in dark",
    "dark",
    dark("p { color: #555 }"),
    dark("main { background: #333 }"),
    "<p>Text</p>",
  ],
  ["in small letters", "light", "p { color: #888; font-size: 30px }", "p { font-size: 16px }", "<p>Text</p>"],
  ["half transparent", "light", "p { color: #767676 }", "main { opacity: 0.5 }", "<p>Text</p>"],
  ["that was empty before", "light", "p { color: #bbb } p:empty { height: 9px }", "", "<p></p>"],
])("a color that has passed is found %s, in %s", async (_, look, style, more, body) => {
  const { context } = await openWindow();
  const page = await context.newPage();
  await page.setContent(pageWith(style, body));
  await lookAround(page, "planted");
  await page.setContent(pageWith(style + more, "<p>Text</p>"));
  await expect(lookAround(page, "planted")).rejects.toThrow(`planted, ${look}`);
  await context.close();
});
