/** `npm run pictures`: regenerates the pictures of docs and README from the demo, in docs/pictures. */
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium, type Page } from "playwright-core";
import { startServer } from "../support/server-process.ts";
import { chromiumFlags, chromiumPath } from "./installed.ts";

const folder = fileURLToPath(new URL("../../docs/pictures", import.meta.url));
const executablePath = chromiumPath();
if (executablePath === undefined)
  throw new Error("No Chromium was found: 'apt-get install chromium-headless-shell'.");

const dataFolder = await mkdtemp(join(tmpdir(), "daybook-pictures-"));
const server = await startServer({ dataFolder, arguments: ["--demo"] });
const browser = await chromium.launch({ executablePath, args: [...chromiumFlags] });
const press = (page: Page, name: string): Promise<void> =>
  page.getByRole("button", { name, exact: true }).click();

try {
  await mkdir(folder, { recursive: true });
  const page = await browser.newPage({
    viewport: { width: 1280, height: 900 },
    locale: "en-GB",
    timezoneId: "Europe/London",
    reducedMotion: "reduce",
  });
  const keep = async (name: string): Promise<void> =>
    void (await page.screenshot({ path: join(folder, `${name}.png`) }));
  const link = (await readFile(join(`${dataFolder}-demo`, "set-up-link"), "utf8")).trim();
  await page.goto(link);
  await page.getByLabel("Your name").fill("Anne Wilson");
  await page.getByLabel("Email address").fill("anne@register.example");
  await page.getByLabel("Password", { exact: true }).fill("correct horse battery staple");
  await press(page, "Set up");
  await page.waitForURL((url) => url.pathname !== "/set-up");

  const register = `${server.url}/orgs/demo-register`;
  await page.goto(`${register}/activity`);
  await page.getByRole("link", { name: /^Details of API client updated/ }).click();
  await page.getByRole("heading", { name: "API client updated" }).waitFor();
  await keep("event");
  await page.goto(`${register}/settings`);
  await keep("settings-download");
  await page.goto(`${register}/api-clients/add`);
  await page.getByLabel("Client name").fill("Statistics dashboard");
  await page.getByLabel("Day").fill("1");
  await page.getByLabel("Month").fill("3");
  await page.getByLabel("Year").fill(String(new Date().getUTCFullYear() + 1));
  await page.getByLabel("Read events").check();
  await press(page, "Continue");
  await press(page, "Add API client");
  await page.getByRole("heading", { name: "API client added" }).waitFor();
  await keep("api-client-token");
  await page.goto(
    `${server.url}/activity?type=API_CLIENT_ADDED&type=API_CLIENT_UPDATED&type=API_CLIENT_REVOKED&type=API_CLIENT_DELETED`,
  );
  await keep("activity");
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await keep("activity-dark");
} finally {
  await browser.close();
  await server.stop();
  for (const made of [dataFolder, `${dataFolder}-demo`]) await rm(made, { recursive: true, force: true });
}
