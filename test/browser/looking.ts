/**
 * Checks a page: axe finds nothing, and nothing is wider than the window. With SCREENSHOTS=<folder>, it also takes a picture. The end of
 * each file reports the number of pages and states.
 */
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { afterwards } from "../support/afterwards.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const folder = process.env.SCREENSHOTS;
if (folder !== undefined) mkdirSync(folder, { recursive: true });

const looks = {
  light: { colorScheme: "light", width: 1280, height: 800 },
  dark: { colorScheme: "dark", width: 1280, height: 800 },
  narrow: { colorScheme: "light", width: 320, height: 640 },
} as const;

/**
 * The rules of WCAG 2.2 AA, and axe's best practices. If they hold, a dark page can only break those about colors, and a narrow page
 * those about width, unless it shows other elements or other colors.
 */
const allRules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const ofColours = { type: "rule", values: ["color-contrast", "link-in-text-block"] };
const ofWidth = { type: "rule", values: ["target-size", "scrollable-region-focusable"] };
/** Without rules that apply only to whole pages. */
const inFrames = allRules.filter((tag) => tag !== "best-practice");

const states = new Set<string>();
let looked = 0;

/** Reports the numbers of a file, at its end. */
function report(): void {
  console.info(`axe: ${states.size} pages and states, looked at ${looked} times, found nothing`);
  states.clear();
  looked = 0;
}

/** Checks the page in light, dark and at 320 pixels, without animations; `name` is that of its pictures. */
export async function lookAround(page: Page, name: string): Promise<void> {
  await page.evaluate(axe);
  const look = async (look: keyof typeof looks, rules: () => Promise<unknown>): Promise<void> => {
    const { colorScheme, ...viewport } = looks[look];
    // colors in transition are neither one nor the other
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.setViewportSize(viewport);
    await check(page, { name, look, rules: await rules() });
  };
  await look("light", async () => allRules);
  const wide = await appearanceOf(page);
  await look("narrow", async () => ((await appearanceOf(page)) === wide ? ofWidth : allRules));
  await look("dark", async () => ofColours);
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
}

/** Which elements are visible, their colors, and whether their text is large: the input of all rules but those of width. */
const appearanceOf = (page: Page): Promise<string> =>
  page.evaluate(`[...document.querySelectorAll("body *")].map((element) => {
    const { color, backgroundColor, fontSize, fontWeight, position, clipPath } = getComputedStyle(element);
    const size = parseFloat(fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(fontWeight) >= 700);
    const isVisible = element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    return [isVisible, color, backgroundColor, isLarge, position, clipPath].join();
  }).join("\\n")`);

/** Checks the page of a frame in its present state. */
export async function lookAtFrame(page: Page, name: string, look: string): Promise<void> {
  await page.evaluate(axe);
  await check(page, { name, look, rules: inFrames });
}

interface Looking {
  readonly name: string;
  readonly look: string;
  readonly rules: unknown;
}

async function check(page: Page, { name, look, rules }: Looking): Promise<void> {
  const options = JSON.stringify({ runOnly: rules, resultTypes: ["violations"] });
  const found = await page.evaluate(
    `axe.run(document, ${options}).then(({ violations }) => violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ html, failureSummary }) => [id, help, html, failureSummary].join("\\n"))))`,
  );
  expect(found, `${name}, ${look}`).toEqual([]);
  if (looked === 0) afterwards(report);
  states.add(name);
  looked++;
  const [content, width] = (await page.evaluate(
    "[document.documentElement.scrollWidth, window.innerWidth]",
  )) as [number, number];
  expect(content, `width of ${name}, ${look}`).toBeLessThanOrEqual(width);
  await keepPicture(page, `${name}-${look}`);
}

/** Takes a picture of the whole page, if pictures are on. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  if (folder !== undefined) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
