/** The links of error pages in a real browser, with and without scripts: each button leads where it says. */
import type { BrowserContext, Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { openServer, type TestServer } from "../../server/src/api/testing/open-server.ts";
import { type SignedInPerson, signedIn } from "../../server/src/api/testing/people.ts";
import { afterwards } from "../support/afterwards.ts";
import { type Line, openLine } from "../support/line.ts";
import { isMissing, openWindow } from "./chromium.ts";
import { enter } from "./world.ts";

let server: TestServer;
let line: Line;
let anne: SignedInPerson;
beforeAll(async () => {
  if (isMissing) return;
  const far = await openServer();
  const near = await openLine(far.databaseUrl);
  line = near.line;
  afterwards(() => line.close());
  server = await openServer({ databaseUrl: near.url });
  await server.call("POST", "/v1/organizations", { slug: "acme", name: "Acme" });
  anne = await signedIn(server, { email: "anne@acme.example", organization: "acme", role: "DESIGNER" });
});

async function newPage(javaScriptEnabled: boolean): Promise<{ page: Page; context: BrowserContext }> {
  const { context } = await openWindow({ javaScriptEnabled });
  await enter(context, server.url, anne);
  return { page: await context.newPage(), context };
}

const titled = (page: Page, name: string): Promise<void> =>
  page.getByRole("heading", { level: 1, name }).waitFor();
const press = (page: Page, name: string): Promise<void> => page.getByRole("button", { name }).click();

describe.skipIf(isMissing).each([
  ["with scripts", true],
  ["without scripts", false],
] as const)("%s", (_name, scripts) => {
  test.each([
    ["/nowhere", "Page not found"],
    ["/orgs/nowhere/activity", "Page not found"],
    ["/activity", "You are not allowed to see this page"],
    ["/sign-out", "Page not found"],
  ])("from %s one gets to one's own log by keyboard", async (path, title) => {
    const { page, context } = await newPage(scripts);
    await page.goto(server.url + path);
    await titled(page, title);
    await page.getByRole("button", { name: "Go to the first page" }).focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(`${server.url}/orgs/acme/activity`);
    await context.close();
  });

  test("while the database is away the page says so, and trying again leads to where one was once it is back", async () => {
    const { page, context } = await newPage(scripts);
    const path = `${server.url}/orgs/acme/activity?view=table`;
    line.cutAtCommit("before", { all: true });
    await server.call("POST", "/v1/organizations", { slug: "globex", name: "Globex" });
    try {
      await page.goto(path);
      await titled(page, "Sorry, Daybook is not available right now");
      await press(page, "Try again");
      await titled(page, "Sorry, Daybook is not available right now");
      expect(await page.getByText("Request id:").innerText()).toMatch(/Request id: \S+/);
    } finally {
      line.mend();
    }
    await press(page, "Try again");
    await page.getByRole("table").waitFor();
    expect(page.url()).toBe(path);
    await context.close();
  });
});
