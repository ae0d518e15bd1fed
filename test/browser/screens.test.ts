/**
 * Every page and state in light, dark and narrow: axe finds nothing, nothing is wider than the window, nothing comes from other hosts. With
 * SCREENSHOTS=<folder>, it also takes pictures (`npm run screenshots`).
 */
import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { isMissing, openWindow, type Window } from "./chromium.ts";
import { lookAround } from "./looking.ts";
import type { Screen } from "./screen.ts";
import { screens } from "./screens.ts";
import { type BrowserWorld, enter, openWorld } from "./world.ts";

let world: BrowserWorld;
let looking: Window;
/** Most screens follow each other in one page: a new one takes a process, and compiles styles and scripts again. */
let usual: Page;
beforeAll(async () => {
  if (isMissing) return;
  world = await openWorld();
  looking = await openWindow();
  usual = await newPage();
});

test.skipIf(isMissing).each(screens)("$name, in each theme and width", async (screen) => {
  await looking.context.clearCookies();
  const page = screen.ownPage ? await newPage() : usual;
  await open(page, screen);
  await lookAround(page, screen.name);
  if (screen.ownPage) await page.close();
  expect(looking.outside).toEqual([]);
});

/** The status of the last page that was loaded. */
let status = 0;

async function newPage(): Promise<Page> {
  const page = await looking.context.newPage();
  page.on("response", (response) => {
    if (response.request().isNavigationRequest()) status = response.status();
  });
  return page;
}

async function open(page: Page, screen: Screen): Promise<void> {
  const { url } = screen.fresh ? await world.fresh() : world.server;
  if (screen.as !== undefined) await enter(looking.context, url, world[screen.as]);
  await page.goto(url + screen.path);
  await screen.act?.(page, world);
  await page.waitForLoadState("load");
  expect(status).toBe(screen.status ?? 200);
}
