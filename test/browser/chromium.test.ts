/** Tests of the browser tests: a page that requests something from another host is caught, and gets nothing. */
import { expect, test } from "vitest";
import { isMissing, openWindow } from "./chromium.ts";

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
