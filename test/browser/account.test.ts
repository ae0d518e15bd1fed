/** The account page in a real browser: name, password, sessions, display settings. */
import type { BrowserContext, Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { isMissing, openWindow } from "./chromium.ts";
import { anne, type BrowserWorld, enter, openWorld, password } from "./world.ts";

const send = (page: Page, name: string): Promise<void> =>
  page.getByRole("button", { name, exact: true }).click();

describe.skipIf(isMissing).each([
  ["with scripts", true],
  ["without scripts", false],
] as const)("%s", (_name, scripts) => {
  let world: BrowserWorld;
  beforeAll(async () => {
    world = await openWorld();
  });

  async function open(path: string): Promise<{ page: Page; context: BrowserContext }> {
    const { context } = await openWindow({ javaScriptEnabled: scripts });
    await enter(context, world.server.url, await world.signInAnne());
    const page = await context.newPage();
    await page.goto(world.server.url + path);
    return { page, context };
  }

  test("a name is changed, said once, and in the log", async () => {
    const { page, context } = await open("/account");
    await page.getByRole("link", { name: "Change name" }).click();
    const field = page.getByLabel("Name");
    expect(await field.inputValue()).toBe(anne.name);
    await field.fill(" ");
    await send(page, "Save");
    expect(await page.title()).toMatch(/^Error: /);
    await field.fill("Anne <b>Wilson</b> 👩‍💻");
    await send(page, "Save");
    await page.waitForURL(`${world.server.url}/account`);
    expect(await page.getByRole("alert").innerText()).toContain("Your name has been changed.");
    expect(await page.getByText("Anne <b>Wilson</b> 👩‍💻").count()).toBeGreaterThan(1);
    await page.reload();
    expect(await page.getByRole("alert").count()).toBe(0);
    const { body } = await world.server.call("GET", "/v1/organizations/acme/events?type=USER_CHANGED");
    expect(body.events[0].context.interface).toBe("ui");
    await page.goto(`${world.server.url}/account/name`);
    await page.getByLabel("Name").fill(anne.name);
    await send(page, "Save");
    await context.close();
  });

  test("another session is ended, and works no more", async () => {
    const other = await open("/account");
    const { page, context } = await open("/account");
    const mine = page.getByText("This session");
    expect(await mine.count()).toBe(1);
    const before = await page.getByRole("button", { name: /^End / }).count();
    await page.getByRole("button", { name: /^End / }).first().click();
    await page.getByText("The session has ended.").waitFor();
    expect(await page.getByRole("button", { name: /^End / }).count()).toBe(before - 1);
    await other.page.goto(`${world.server.url}/account/name`);
    expect(new URL(other.page.url()).pathname).toBe("/sign-in");
    await other.context.close();
    await context.close();
  });

  test("a first page has the style sheet within, and looks as later ones, which load it", async () => {
    const { page, context } = await open("/account");
    const look = (): Promise<unknown> =>
      page.evaluate(
        "['body', 'h1', 'main a', '.db-header'].map((name) => { const { color, font, padding } = getComputedStyle(document.querySelector(name)); return [color, font, padding] })",
      );
    // of the answer, because scripts may have loaded the page once more, for the time zone
    const sheetsIn = async (path: string): Promise<number[]> => {
      const html = (await (await page.goto(`${world.server.url}${path}`))?.text()) ?? "";
      return [html.split("<style").length - 1, html.split('rel="stylesheet"').length - 1];
    };
    await context.clearCookies({ name: "daybook-sheet" });
    expect(await sheetsIn("/account")).toEqual([1, 0]);
    const first = await look();
    // the script says so once the file is loaded
    if (scripts) await page.waitForFunction("document.cookie.includes('daybook-sheet')");
    expect(await sheetsIn("/account")).toEqual(scripts ? [0, 1] : [1, 0]);
    expect(await look()).toEqual(first);
    await context.close();
  });

  test("how pages are shown is kept: the theme, and the zone of every time", async () => {
    const { page, context } = await open("/account");
    if (scripts) await page.getByText("Times are in Europe/London").waitFor();
    else expect(await page.getByText("Times are in UTC").count()).toBe(1);
    await page.getByRole("link", { name: "Change theme" }).click();
    await page.getByLabel("Dark").check();
    await page.getByLabel("Time zone").selectOption("Asia/Tokyo");
    await send(page, "Save");
    await page.waitForURL(`${world.server.url}/account`);
    expect(await page.locator("html").getAttribute("data-theme")).toBe("dark");
    expect(await page.getByText("Times are in Asia/Tokyo.").count()).toBe(1);
    await page.getByRole("link", { name: "Change theme" }).click();
    await page.getByLabel("Same as the system").check();
    await page.getByLabel("Time zone").selectOption("");
    await send(page, "Save");
    expect(await page.locator("html").getAttribute("data-theme")).toBe(null);
    await context.close();
  });

  test("the password is changed with the current one, and all other sessions end", async () => {
    const other = await open("/account");
    const { page, context } = await open("/account/password");
    await page.getByLabel("Current password").fill("not this one");
    await page.getByLabel("New password").fill("a new horse battery");
    await send(page, "Save");
    expect(await page.title()).toMatch(/^Error: /);
    expect(await page.getByLabel("New password").inputValue()).toBe("");
    await page.getByLabel("Current password").fill(password);
    await page.getByLabel("New password").fill("a new horse battery");
    await send(page, "Save");
    await page.getByText("Your password has been changed.").waitFor();
    await other.page.reload();
    expect(new URL(other.page.url()).pathname).toBe("/sign-in");
    await page.goto(`${world.server.url}/account/password`);
    await page.getByLabel("Current password").fill("a new horse battery");
    await page.getByLabel("New password").fill(password);
    await send(page, "Save");
    await page.getByText("Your password has been changed.").waitFor();
    await other.context.close();
    await context.close();
  });

  test("who signs out everywhere is out everywhere", async () => {
    const other = await open("/account");
    const { page, context } = await open("/account");
    await send(page, "Sign out everywhere");
    await page.getByText("You are signed out everywhere.").waitFor();
    await other.page.reload();
    expect(new URL(other.page.url()).pathname).toBe("/sign-in");
    await other.context.close();
    await context.close();
  });
});
