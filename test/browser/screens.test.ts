/**
 * Every page and state in light, dark and narrow: axe finds nothing, nothing is wider than the window, nothing comes from
 * outside. With SCREENSHOTS=<folder> each is kept as a picture too (`npm run screenshots`).
 */
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { isMissing, openWindow } from "./chromium.ts";
import { type Screen, screens } from "./screens.ts";
import { enter, openWorld, type World } from "./world.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const folder = process.env.SCREENSHOTS;

const looks = {
  light: { colorScheme: "light", width: 1280, height: 800 },
  dark: { colorScheme: "dark", width: 1280, height: 800 },
  narrow: { colorScheme: "light", width: 320, height: 640 },
  "narrow-dark": { colorScheme: "dark", width: 320, height: 640 },
} as const;
type Look = keyof typeof looks;

/** The rules of WCAG 2.2 AA, and axe's best practices; once they hold, a dark page can only break those about colours. */
const all = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const colours = { type: "rule", values: ["color-contrast", "link-in-text-block"] };

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

let world: World;
beforeAll(async () => {
  if (!isMissing) world = await openWorld();
  if (folder !== undefined) mkdirSync(folder, { recursive: true });
});

test.skipIf(isMissing).each(screens)("$name, in each theme and width", async (screen) => {
  const { context, outside } = await openWindow();
  try {
    const page = await open(screen, context);
    await page.evaluate(axe);
    for (const look of Object.keys(looks) as Look[]) await lookAt(page, screen, look);
    expect(outside).toEqual([]);
  } finally {
    await context.close();
  }
});

async function open(screen: Screen, context: BrowserContext): Promise<Page> {
  const { url } = screen.fresh ? world.fresh : world.server;
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

async function lookAt(page: Page, screen: Screen, look: Look): Promise<void> {
  const { colorScheme, width, height } = looks[look];
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  await page.setViewportSize({ width, height });
  expect(await violationsOf(page, colorScheme === "dark" ? colours : all), look).toEqual([]);
  expect(await page.evaluate("document.documentElement.scrollWidth"), `width of ${look}`).toBeLessThanOrEqual(
    width,
  );
  if (folder === undefined) return;
  await page.screenshot({ path: join(folder, `${screen.name}-${look}.png`), fullPage: true });
}

async function violationsOf(page: Page, runOnly: unknown): Promise<string[]> {
  const found = (await page.evaluate(
    `axe.run(document, { runOnly: ${JSON.stringify(runOnly)}, resultTypes: ["violations"] }).then(({ violations }) => violations)`,
  )) as Violation[];
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${help}\n${html}\n${failureSummary}`),
  );
}
