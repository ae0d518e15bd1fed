/**
 * A real Chromium for tests: found on the machine, started once per process, without storage and without access to other hosts. If there
 * is none, the tests are skipped, loudly; with CI=true that is a failure.
 */
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from "playwright-core";
import { afterwards } from "../support/afterwards.ts";
import { chromiumFlags, chromiumPath, chromiumPlaces } from "./installed.ts";

/** In milliseconds, for a machine that is busy with other tests. */
const patience = 120_000;

const found = chromiumPath();

if (found === undefined) {
  const message = `No Chromium was found (${chromiumPlaces.join(", ")}): 'apt-get install chromium-headless-shell', or chromium.`;
  if (process.env.CI === "true") throw new Error(message);
  console.warn(`\n*** ${message} The tests of the pages in a browser are skipped. ***\n`);
}

/** Whether browser tests are skipped. */
export const isMissing: boolean = found === undefined;

/** Pages of one site share a process, which compiles their common code only once. Not for measurements. */
const forTests: readonly string[] = [...chromiumFlags, "--process-per-site"];

/** The test files of a process share it, and Playwright stops it when the process ends. */
let browser: Promise<Browser> | undefined;

/** Where our own pages are. */
const ownHosts: readonly string[] = ["127.0.0.1", "daybook.test"];

/** A separate browser without cookies and cache. Its requests to other hosts are collected and blocked. */
export interface Window {
  readonly context: BrowserContext;
  /** The requested addresses on other hosts. */
  readonly outside: readonly string[];
}

/** Opens one. */
export async function openWindow(options: BrowserContextOptions = {}): Promise<Window> {
  browser ??= chromium.launch({
    executablePath: found as string,
    args: [...forTests],
    timeout: patience,
  });
  const context = await (await browser).newContext({
    locale: "en-GB",
    timezoneId: "Europe/London",
    ...options,
  });
  afterwards(() => context.close());
  context.setDefaultTimeout(patience);
  const outside: string[] = [];
  // only observed: intercepting requests would turn the cache off
  context.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol.startsWith("http") && !ownHosts.includes(hostname)) outside.push(request.url());
  });
  return { context, outside };
}
