/** Anne's windows: pages that she reads, in one world for the tests of a file, which ask nothing of other hosts. */
import type { Page } from "playwright-core";
import { beforeAll, expect } from "vitest";
import { isMissing, openWindow } from "./chromium.ts";
import { type BrowserWorld, enter, openWorld } from "./world.ts";

interface Reading {
  /** Once the tests run. */
  readonly world: () => BrowserWorld;
  /** Works on a page in a window of its own, which is closed after the work. */
  readonly reading: (
    path: string,
    work: (page: Page) => Promise<void>,
    options?: Parameters<typeof openWindow>[0],
  ) => Promise<void>;
}

/** Opens the world before the tests of the file, with its events indexed. */
export function openReading(): Reading {
  let world: BrowserWorld;
  beforeAll(async () => {
    if (isMissing) return;
    world = await openWorld();
    await world.server.services.followers.now();
  });
  return {
    world: () => world,
    async reading(path, work, options = {}) {
      const { context, outside } = await openWindow({ timezoneId: "UTC", ...options });
      try {
        await enter(context, world.server.url, world.anne);
        const page = await context.newPage();
        await page.goto(world.server.url + path);
        await work(page);
        expect(outside).toEqual([]);
      } finally {
        await context.close();
      }
    },
  };
}
