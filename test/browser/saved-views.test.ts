/** Saved views in Chromium: saving a search, opening it again, changing and deleting it, with and without scripts, on a phone, by keyboard. */
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { isMissing } from "./chromium.ts";
import { openReading } from "./reading.ts";

const list = "/orgs/globex/activity";

const { reading, world } = openReading();

const row = (page: Page) => page.getByRole("navigation", { name: "Saved views" });
const press = (page: Page, name: string): Promise<void> =>
  page.getByRole("button", { name, exact: true }).click();

describe.skipIf(isMissing).each([
  ["with scripts", true],
  ["without scripts", false],
] as const)("%s", (words, javaScriptEnabled) => {
  test("a search is saved, opened from the line above the list, changed and deleted", async () => {
    await reading(
      list,
      async (page) => {
        const name = `Revoked ${words}`;
        await page.getByLabel("Search", { exact: true }).fill("type:API_CLIENT_REVOKED");
        await press(page, "Search");
        await row(page).getByRole("link", { name: "Save view" }).click();
        await page.getByLabel("Name", { exact: true }).fill(name);
        await press(page, "Save view");
        await page.getByText("View saved.").waitFor();
        const link = row(page).getByRole("link", { name });
        expect(await link.getAttribute("aria-current")).toBe("true");

        await page.goto(world().server.url + list);
        expect(await link.getAttribute("aria-current")).toBeNull();
        await link.click();
        await page.waitForURL(/q=type:API_CLIENT_REVOKED/);

        await row(page).getByRole("link", { name: "All views" }).click();
        await page.getByRole("link", { name: `Change ${name}` }).click();
        await page.getByLabel("Table", { exact: true }).check();
        await press(page, "Save");
        await page.getByText("View changed.").waitFor();
        expect(page.url()).toContain("view=table");

        await page.goto(`${world().server.url}/orgs/globex/views`);
        await page.getByRole("link", { name: `Delete ${name}` }).click();
        await press(page, "Delete view");
        await page.getByText("View deleted.").waitFor();
      },
      { javaScriptEnabled },
    );
  });
});

describe.skipIf(isMissing)("many views", () => {
  beforeAll(async () => {
    for (let n = 1; n <= 12; n++) {
      const body = { name: `View number ${n}`, forEveryone: true, search: { q: `word${n}` } };
      const { status } = await world().server.call("POST", "/v1/organizations/globex/views", body);
      expect(status).toBe(201);
    }
  });

  test("stay in one line, which scrolls within itself on a phone; the keyboard reaches the last", async () => {
    await reading(
      list,
      async (page) => {
        const wide = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(wide).toBe(0);
        const height = (await row(page).boundingBox())?.height ?? 0;
        expect(height).toBeLessThan(48);
        const last = row(page).getByRole("link").last();
        await row(page).getByRole("link").first().focus();
        for (let n = 0; n < 12; n++) await page.keyboard.press("Tab");
        expect(await last.evaluate((link) => link === document.activeElement)).toBe(true);
        const box = await last.boundingBox();
        expect((box?.x ?? 999) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
        await page.keyboard.press("Enter");
        await page.waitForURL(/q=word9/);
      },
      { viewport: { width: 390, height: 844 } },
    );
  });
});
