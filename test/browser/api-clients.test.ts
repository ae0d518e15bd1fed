/** API clients from the first to the last page and in the log, by the owner of the organization, with and without scripts. */
import type { BrowserContext, Locator, Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { isMissing, openWindow } from "./chromium.ts";
import { lookAround } from "./looking.ts";
import { type BrowserWorld, enter, openWorld } from "./world.ts";

const at = "/orgs/acme/api-clients";
const nextYear = String(new Date().getUTCFullYear() + 1);

let world: BrowserWorld;
beforeAll(async () => {
  if (!isMissing) world = await openWorld();
});

const press = (page: Page, name: string): Promise<void> =>
  page.getByRole("button", { name, exact: true }).click();
const titled = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole("heading", { level: 1, name }).waitFor();
const visit = (page: Page, path: string): Promise<unknown> => page.goto(world.server.url + path);

async function opened(context: BrowserContext): Promise<Page> {
  await enter(context, world.server.url, world.anne);
  const page = await context.newPage();
  await visit(page, at);
  return page;
}

/** The form, up to check answers. */
async function fill(page: Page, name: string): Promise<void> {
  await visit(page, `${at}/add`);
  await page.getByLabel("Client name").fill(name);
  await page.getByLabel("Day").fill("1");
  await page.getByLabel("Month").fill("3");
  await page.getByLabel("Year").fill(nextYear);
  await page.getByLabel("Record events").check();
  await page.getByLabel("Read events").check();
  await press(page, "Continue");
  await titled(page, /Check your answers/);
}

/** "seen" if the focused element is in the window (browsers round to a pixel), with an outline; else a description. */
const seenFocus = `(() => {
  const { x, y, width, height } = document.activeElement.getBoundingClientRect();
  const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
  const isInWindow = x >= -1 && y >= -1 && x + width <= innerWidth + 1 && y + height <= innerHeight + 1;
  const isSeen = outlineStyle !== "none" && outlineWidth !== "0px" && isInWindow;
  return isSeen ? "seen" : document.activeElement.outerHTML.slice(0, 200) + [x, y, width, height, outlineWidth];
})()`;
const focusIn = (page: Page, selector: string): Promise<boolean> =>
  page.evaluate(`document.activeElement.closest("${selector}") !== null`);
/** More than there are on any of these pages. */
const mostStops = 40;

/** Moves the focus there with Tab alone, from where the page has put it; every focused element on the way must be visible. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  for (let stops = 0; stops < mostStops; stops++) {
    await page.keyboard.press("Tab");
    expect(await page.evaluate(seenFocus), `stop ${stops + 1} on the way to ${wanted}`).toBe("seen");
    if (await wanted.evaluate((element) => element.matches(":focus"))) return;
  }
  throw new Error(`${wanted} is not reached by keyboard`);
}

/** Moves the focus there, and presses it. */
async function pressByKeyboard(
  page: Page,
  role: "button" | "link",
  name: string,
  key: "Enter" | "Space" = "Enter",
): Promise<void> {
  await tabTo(page, page.getByRole(role, { name, exact: true }));
  await page.keyboard.press(key);
}

async function typeByKeyboard(page: Page, label: string, text: string): Promise<void> {
  await tabTo(page, page.getByLabel(label, { exact: true }));
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type(text);
}

async function checkByKeyboard(page: Page, label: string): Promise<void> {
  await tabTo(page, page.getByLabel(label, { exact: true }));
  await page.keyboard.press("Space");
}

/** The text of the newest card with a title: who did it when, and its rows. */
async function cardOf(page: Page, title: string): Promise<string> {
  const card = page.getByRole("article", { name: title }).first();
  return (await card.innerText()).replace(/\s+/g, " ");
}

/** The four changes of one client in both activity logs. */
async function findLogged(page: Page, path: string, names: { added: string; now: string }): Promise<void> {
  await visit(page, path);
  const expiry = `Expiry date 1 March ${nextYear}`;
  const by = "By Anne Wilson( user_\\w+)? on \\d+ \\w+ \\d{4} at \\d+:\\d\\d[ap]m";
  const says = async (title: string, ...rows: string[]): Promise<void> =>
    expect(await cardOf(page, title), `${path}: ${title}`).toMatch(new RegExp([by, ...rows].join(".*")));
  await says("API client added", `Client name ${names.added}`, expiry);
  if (names.now !== names.added)
    await says("API client updated", `Client name .*${names.added}.*${names.now}`, expiry);
  await says("API client revoked", `Client name ${names.now}`, expiry);
  await says("API client deleted", `Client name ${names.now}`, expiry);
}

test.skipIf(isMissing)(
  "an owner adds a client and copies its token, renames, rotates, revokes and deletes it, all by keyboard",
  {
    timeout: 240_000,
  },
  async () => {
    const { context, outside } = await openWindow({ permissions: ["clipboard-read", "clipboard-write"] });
    const page = await opened(context);
    await page.getByText("There are no API clients.").waitFor();
    await lookAround(page, "api-clients-none");
    await pressByKeyboard(page, "button", "Add API client");
    await titled(page, "Add API client");
    await lookAround(page, "api-client-add");
    await typeByKeyboard(page, "Day", "31");
    await pressByKeyboard(page, "button", "Continue");
    await page.getByRole("alert").waitFor();
    expect(await focusIn(page, ".govuk-error-summary")).toBe(true);
    await pressByKeyboard(page, "link", "Enter a client name");
    expect(await page.evaluate("document.activeElement.id")).toBe("name");
    await lookAround(page, "api-client-add-wrong");

    await page.keyboard.type("Register sandbox");
    await typeByKeyboard(page, "Day", "1");
    await typeByKeyboard(page, "Month", "3");
    await typeByKeyboard(page, "Year", nextYear);
    await checkByKeyboard(page, "Record events");
    await checkByKeyboard(page, "Read events");
    await page.keyboard.press("Enter");
    await titled(page, /Check your answers/);
    await lookAround(page, "api-client-check");
    await pressByKeyboard(page, "button", "Change client name");
    await titled(page, "Add API client");
    expect(await page.getByLabel("Client name").inputValue()).toBe("Register sandbox");
    expect(await page.getByLabel("Read events").isChecked()).toBe(true);
    await pressByKeyboard(page, "button", "Continue");
    await titled(page, /Check your answers/);
    await pressByKeyboard(page, "button", "Add API client", "Space");
    await titled(page, "API client added");
    await lookAround(page, "api-client-added");
    const token = (await page.locator(".db-copy code").textContent()) ?? "";
    await pressByKeyboard(page, "button", "Copy token");
    await page.getByRole("status").filter({ hasText: "Copied" }).waitFor();
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe(token);
    expect(await focusIn(page, ".db-copy")).toBe(true);
    expect(page.url()).not.toContain(token);
    await page.reload();
    await titled(page, "This API client has already been added");
    expect(await page.content()).not.toContain(token);
    await lookAround(page, "api-client-added-already");

    await pressByKeyboard(page, "button", "See this API client");
    await titled(page, "Register sandbox");
    await pressByKeyboard(page, "link", "Change client name");
    await titled(page, "Change client name");
    await lookAround(page, "api-client-name");
    await typeByKeyboard(page, "Client name", "Register live");
    await page.keyboard.press("Enter");
    await page.getByText("API client renamed.").waitFor();
    expect(await focusIn(page, ".govuk-notification-banner")).toBe(true);
    await pressByKeyboard(page, "link", "Rotate token");
    await titled(page, "Rotate token");
    await tabTo(page, page.getByLabel("At once"));
    for (const _ of ["In 1 hour", "In 1 day"]) await page.keyboard.press("ArrowDown");
    expect(await page.getByLabel("In 1 day").isChecked()).toBe(true);
    await lookAround(page, "api-client-rotate");
    await pressByKeyboard(page, "button", "Rotate token");
    await titled(page, "Token rotated");
    expect(await page.locator(".db-copy code").textContent()).not.toBe(token);
    await lookAround(page, "api-client-rotated");
    await pressByKeyboard(page, "button", "See this API client");
    await titled(page, "Register live");
    await pressByKeyboard(page, "button", "Revoke");
    await titled(page, "Revoke API client");
    await typeByKeyboard(page, "Reason (optional)", "The token was found in a public repository");
    await lookAround(page, "api-client-revoke");
    await pressByKeyboard(page, "button", "Revoke API client");
    await page.getByText("API client revoked.").waitFor();
    await lookAround(page, "api-client");
    await pressByKeyboard(page, "button", "Delete");
    await titled(page, "Delete API client");
    await lookAround(page, "api-client-delete");
    await pressByKeyboard(page, "button", "Delete API client");
    await page.getByText("API client deleted.").waitFor();
    for (const path of ["/activity", "/orgs/acme/activity"])
      await findLogged(page, path, { added: "Register sandbox", now: "Register live" });
    expect(outside).toEqual([]);
    await context.close();
  },
);

test.skipIf(isMissing)("the same without scripts; and many are listed", { timeout: 240_000 }, async () => {
  const { context } = await openWindow({ javaScriptEnabled: false });
  const page = await opened(context);
  const soon = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
  for (const name of ["A".repeat(100), "שלום ירושלים", "🧾 <script>alert(1)</script>"]) {
    const body = { name, expiresOn: soon, scopes: ["events:write"] };
    await world.server.call("POST", "/v1/organizations/acme/api-clients", body);
  }
  for (let i = 1; i <= 15; i++) {
    const body = { name: `Importer ${i}`, expiresOn: `${nextYear}-03-01`, scopes: ["events:import"] };
    await world.server.call("POST", "/v1/organizations/acme/api-clients", body);
  }
  await fill(page, "Without scripts");
  await press(page, "Add API client");
  await titled(page, "API client added");
  expect(await page.locator(".db-copy code").textContent()).toMatch(/^dbk_live_/);
  await page.getByRole("link", { name: "All API clients" }).click();
  await page.getByRole("link", { name: "Without scripts" }).click();
  await page.getByRole("button", { name: "Revoke" }).click();
  await press(page, "Revoke API client");
  await page.getByText("API client revoked.").waitFor();
  await page.getByRole("button", { name: "Delete" }).click();
  await press(page, "Delete API client");
  for (const path of ["/activity", "/orgs/acme/activity"])
    await findLogged(page, path, { added: "Without scripts", now: "Without scripts" });
  await visit(page, at);
  await page.getByRole("link", { name: /^Next/ }).click();
  await page
    .getByText(/^Expires (in|tomorrow|today)/)
    .first()
    .waitFor();
  await context.close();

  const { context: within } = await openWindow();
  const list = await opened(within);
  await lookAround(list, "api-clients");
  await list.getByRole("link", { name: /^Next/ }).click();
  await list.waitForURL(/after=/);
  await lookAround(list, "api-clients-older");
  await list.getByRole("link", { name: /script/ }).click();
  await titled(list, /script/);
  await lookAround(list, "api-client-hostile");
  await within.close();
});
