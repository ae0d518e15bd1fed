/**
 * Every page and state in light, dark and narrow: axe finds nothing, nothing is wider than the window, nothing comes from other hosts. With
 * SCREENSHOTS=<folder>, it also takes pictures (`npm run screenshots`).
 */
import type { BrowserContext, Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { isMissing, openWindow, type Window } from "./chromium.ts";
import { lookAround } from "./looking.ts";
import type { Screen } from "./screen.ts";
import { screens } from "./screens.ts";
import { type BrowserWorld, enter, openWorld } from "./world.ts";

let world: BrowserWorld;
let looking: Window;
beforeAll(async () => {
  if (isMissing) return;
  world = await openWorld();
  looking = await openWindow();
  // stays open: while a page of the site exists, its process lives, with compiled styles, scripts and axe
  const { context } = looking;
  await (await context.newPage()).goto(`${world.server.url}/event-types`);
});

test.skipIf(isMissing).each(screens)("$name, in each theme and width", async (screen) => {
  const { context, outside } = looking;
  await context.clearCookies();
  const page = await open(screen, context);
  await lookAround(page, screen.name);
  await page.close();
  expect(outside).toEqual([]);
});

async function open(screen: Screen, context: BrowserContext): Promise<Page> {
  const { url } = screen.fresh ? await world.fresh() : world.server;
  if (screen.as !== undefined) await enter(context, url, world[screen.as]);
  const page = await context.newPage();
  let status = 0;
  page.on("response", (response) => {
    if (response.request().isNavigationRequest()) status = response.status();
  });
  await page.goto(url + screen.path);
  await screen.act?.(page, world);
  await page.waitForLoadState("load");
  expect(status).toBe(screen.status ?? 200);
  return page;
}
