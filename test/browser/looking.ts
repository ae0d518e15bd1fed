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
import { isFull } from "../support/strength.ts";
import { type Changes, changes, keepWide, kindsOfText } from "./appearance.ts";

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
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const allRules = { runOnly: tags };
const ofNoText = { runOnly: tags, rules: { "color-contrast": { enabled: false } } };
const ofColours = { runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] } };
const ofWidth = { runOnly: { type: "rule", values: ["target-size", "scrollable-region-focusable"] } };
/** Without rules that apply only to whole pages. */
const inFrames = { runOnly: tags.filter((tag) => tag !== "best-practice") };

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
  const show = async (look: keyof typeof looks): Promise<void> => {
    const { colorScheme, ...viewport } = looks[look];
    // colors in transition are neither one nor the other
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.setViewportSize(viewport);
  };
  await show("light");
  await checkTexts(page, (isNew) => check(page, { name, look: "light", rules: isNew ? allRules : ofNoText }));
  await page.evaluate(keepWide);
  await show("narrow");
  await checkNarrow(page, name);
  await show("dark");
  await checkTexts(page, (isNew) =>
    check(page, { name, look: "dark", rules: isNew ? ofColours : undefined }),
  );
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
}

/** Checks the rules about width, and all of them in what differs from the wide page. */
async function checkNarrow(page: Page, name: string): Promise<void> {
  const looking = { name, look: "narrow" };
  const { isOther, parts } = await page.evaluate<Changes>(changes);
  if (isOther) return check(page, { ...looking, rules: allRules });
  if (parts !== "" && !passed.has(parts)) {
    await check(page, { ...looking, rules: allRules, within: "{ include: globalThis.parts }" });
    passed.add(parts);
  }
  return check(page, { ...looking, rules: ofWidth });
}

/** Does a check that knows whether the page has texts of a kind that none of the pages before had. */
async function checkTexts(page: Page, work: (isNew: boolean) => Promise<void>): Promise<void> {
  const kinds = await page.evaluate<string[]>(kindsOfText);
  await work(isFull || kinds.some((kind) => !passed.has(kind)));
  for (const kind of kinds) passed.add(kind);
}

/** What axe has passed: kinds of text, and parts of pages at 320 pixels. Most pages have the same header. */
const passed = new Set<string>();

/** Checks the page of a frame in its present state. */
export async function lookAtFrame(page: Page, name: string, look: string): Promise<void> {
  await page.evaluate(axe);
  await check(page, { name, look, rules: inFrames });
}

interface Looking {
  readonly name: string;
  readonly look: string;
  /** Axe's options; without, it isn't run. */
  readonly rules: object | undefined;
  /** JavaScript: what axe looks at. Default: the document. */
  readonly within?: string;
}

async function check(page: Page, { name, look, rules, within = "document" }: Looking): Promise<void> {
  const found = rules === undefined ? [] : await page.evaluate<string[]>(violations(within, rules));
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

const violations = (within: string, rules: object): string =>
  `axe.run(${within}, ${JSON.stringify({ ...rules, resultTypes: ["violations"] })}).then(({ violations }) =>
    violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ html, failureSummary }) => [id, help, html, failureSummary].join("\\n"))))`;

/** Takes a picture of the whole page, if pictures are on. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  if (folder !== undefined) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
