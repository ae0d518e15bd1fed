/**
 * Measures the activity page: the CPU of rendering it, the CPU of the whole request, and the first paint on a slow phone. Its yardsticks:
 * the same response as a constant, the same events and chart as JSON, and the page of an empty organization.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";
import { chromiumFlags, chromiumPath } from "../test/browser/installed.ts";
import { call, type ServerProcess } from "../test/support/server-process.ts";
import { type Figure, median, percentile } from "./figures.ts";
import { operatorCookie } from "./people.ts";
import { measureRendering } from "./render.ts";

export interface ActivityPageOptions {
  readonly server: ServerProcess;
  readonly organization: string;
  readonly events: number;
}

const rounds = 300;
/** CPU of a process so far, in milliseconds: fields 14 and 15 of /proc/<pid>/stat, in clock ticks (proc(5)). */
function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /, "")
    .split(" ");
  return ((Number(fields[11]) + Number(fields[12])) / ticks) * 1000;
}
const ticks = Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));

interface RequestCost {
  /** Milliseconds of CPU a request. */
  readonly cpu: number;
  /** Milliseconds of each request. */
  readonly times: readonly number[];
  /** The last body. */
  readonly body: string;
  readonly bytes: number;
}

async function costOf(pid: number, url: string, headers: Record<string, string>): Promise<RequestCost> {
  const times: number[] = [];
  let body = "";
  let bytes = 0;
  let before = 0;
  for (let n = -30; n < rounds; n++) {
    if (n === 0) before = cpuOf(pid);
    const startedAt = performance.now();
    const answer = await fetch(url, { headers });
    body = await answer.text();
    if (n >= 0) times.push(performance.now() - startedAt);
    if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
    bytes = Number(answer.headers.get("content-length"));
  }
  return { cpu: (cpuOf(pid) - before) / rounds, times, body, bytes };
}

/** The part of the style sheet's name that changes with its content. */
async function sheetOf(url: string): Promise<string> {
  const page = await fetch(`${url}/sign-in`, { headers: { accept: "text/html" } });
  return /\/assets\/app-(\w+)\.css/.exec(await page.text())?.[1] ?? "";
}

/** Rows for the server and, where there is a Chromium, one for the phone. */
export async function measureActivityPage(options: ActivityPageOptions): Promise<Figure[]> {
  const { server, organization } = options;
  await call(server.url, "POST", "/v1/organizations", { slug: "nothing", name: "Nothing" });
  const cookie = await operatorCookie(server.url);
  const path = `/orgs/${organization}/activity`;
  const pid = server.child.pid as number;
  const ofApi = `${server.url}/v1/organizations/${organization}/events`;
  // of a browser that has the style sheet
  const sheet = await sheetOf(server.url);
  const page = await costOf(pid, server.url + path, {
    cookie: `${cookie}; daybook-sheet=${sheet}`,
    "accept-encoding": "br",
  });
  const list = await costOf(pid, `${ofApi}?limit=25`, { cookie });
  const chart = await costOf(pid, `${ofApi}/histogram`, { cookie });
  const rendered = await measureRendering(
    { slug: organization, name: organization },
    { events: JSON.parse(list.body).events, histogram: JSON.parse(chart.body) },
  );
  const size = `${options.events.toLocaleString("en")} events`;
  const figures: Figure[] = [
    {
      what: "activity page of 25 cards with its chart: rendering and compressing",
      measured: `${rendered.page.toFixed(1)} ms CPU`,
      yardstick: `the same answer as a constant: ${rendered.constant.toFixed(1)} ms CPU`,
      ratio: rendered.page / rendered.constant,
      goal: "<= 2.2 ms",
      met: rendered.page <= 2.2,
    },
    {
      what: `the same over HTTP, with its queries, ${size}`,
      measured: `${page.cpu.toFixed(1)} ms CPU, p99 ${percentile(page.times, 0.99).toFixed(1)} ms, ${(page.bytes / 1024).toFixed(1)} KB`,
      yardstick: `its events and its chart as JSON: ${(list.cpu + chart.cpu).toFixed(1)} ms CPU`,
      ratio: page.cpu / (list.cpu + chart.cpu),
      goal: "-",
      met: true,
    },
  ];
  const executablePath = chromiumPath();
  if (executablePath === undefined) return figures;
  const browser = await chromium.launch({ executablePath, args: [...chromiumFlags] });
  try {
    const full = await onPhone(browser, server.url, { cookie, path });
    const empty = await onPhone(browser, server.url, { cookie, path: "/orgs/nothing/activity" });
    figures.push({
      what: `activity page on a phone (CPU / 4, 1.6 Mbit/s, 150 ms), ${size}`,
      measured: `first contentful paint ${(full.paint / 1000).toFixed(2)} s, ${(full.bytes / 1024).toFixed(1)} KB until it is complete`,
      yardstick: `an empty log: ${(empty.paint / 1000).toFixed(2)} s, ${(empty.bytes / 1024).toFixed(1)} KB`,
      ratio: full.paint / empty.paint,
      goal: "<= 1.0 s, <= 25 KB",
      met: full.paint <= 1000 && full.bytes <= 25 * 1024,
    });
  } finally {
    await browser.close();
  }
  return figures;
}

interface Visit {
  readonly cookie: string;
  readonly path: string;
}

/**
 * Medians of nine first visits, nothing in the cache: milliseconds, and bytes of everything with its headers until the page is complete. The
 * file of the style sheet, for later pages, comes after that.
 */
async function onPhone(
  browser: Browser,
  url: string,
  { cookie, path }: Visit,
): Promise<{ paint: number; bytes: number }> {
  const paints: number[] = [];
  const sizes: number[] = [];
  for (let n = 0; n < 9; n++) {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 3 });
    const [name = "", value = ""] = cookie.split("=");
    await context.addCookies([{ name, value, url }]);
    const page = await context.newPage();
    const phone = await context.newCDPSession(page);
    await phone.send("Network.enable");
    await phone.send("Network.emulateNetworkConditions", {
      offline: false,
      latency: 150,
      downloadThroughput: 1_600_000 / 8,
      uploadThroughput: 750_000 / 8,
    });
    await phone.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    let bytes = 0;
    let complete = 0;
    page.once("load", () => {
      complete = bytes;
    });
    phone.on("Network.loadingFinished", ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    await page.goto(url + path);
    const painted = await page.waitForFunction(
      "performance.getEntriesByName('first-contentful-paint')[0]?.startTime",
    );
    paints.push((await painted.jsonValue()) as number);
    sizes.push(complete);
    await context.close();
  }
  return { paint: median(paints), bytes: median(sizes) };
}
