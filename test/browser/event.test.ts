/** The page of one event in a real browser, with and without scripts: changes, neighbors, copying. */
import { readFile } from "node:fs/promises";
import type { BrowserContext, Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { isMissing, openWindow } from "./chromium.ts";
import { type BrowserWorld, enter, openWorld } from "./world.ts";

let world: BrowserWorld;
beforeAll(async () => {
  if (!isMissing) world = await openWorld();
});

const lines = (more: string): string =>
  Array.from({ length: 30 }, (_, n) => `Line ${n}${n === 15 ? more : ""}`).join("\n");

/** Three changes of a target of their own, as one request; their ids. */
async function record(target: string): Promise<string[]> {
  const events = ["", " twice", " thrice"].map((more, n) => ({
    type: "ORGANIZATION_CHANGE",
    actor: { type: "user", id: "u_17", name: "Anne Wilson" },
    targets: [{ type: "organization", id: target, name: `Writers ${n}` }],
    changes: [{ path: "/charter", label: "Charter", from: lines(""), to: lines(` again${more}`) }],
    context: { requestId: `r-${target}` },
  }));
  const { body } = await world.server.call("POST", "/v1/organizations/acme/events", { events });
  return body.receipts.map(({ id }: { id: string }) => id);
}

async function opened(
  id: string,
  javaScriptEnabled: boolean,
): Promise<{ page: Page; context: BrowserContext }> {
  const { context } = await openWindow({
    javaScriptEnabled,
    permissions: ["clipboard-read", "clipboard-write"],
  });
  await enter(context, world.server.url, world.anne);
  const page = await context.newPage();
  await page.goto(`${world.server.url}/orgs/acme/events/${id}`);
  return { page, context };
}

const idOf = (page: Page): string => page.url().split("/").at(-1) ?? "";

describe.skipIf(isMissing).each([
  ["with scripts", true],
  ["without scripts", false],
] as const)("%s", (_name, scripts) => {
  test("the events before and after it of the same target are one click away, and so are related ones", async () => {
    const ids = await record(`t_${scripts}`);
    const { page, context } = await opened(ids[1] ?? "", scripts);
    await page.getByRole("link", { name: "Event before it" }).click();
    await page.waitForURL(/events/);
    expect(idOf(page)).toBe(ids[0]);
    expect(await page.getByRole("link", { name: "Event before it" }).count()).toBe(0);
    for (const id of ids.slice(1)) {
      await page.getByRole("link", { name: "Event after it" }).click();
      await page.waitForURL((url) => url.pathname.endsWith(id));
    }
    expect(await page.getByRole("link", { name: "Event after it" }).count()).toBe(0);
    const related = page.getByRole("listitem").filter({ hasText: "Same request" });
    expect(await related.count()).toBe(2);
    await related.filter({ hasText: "Writers 0" }).getByRole("link").click();
    await page.waitForURL((url) => url.pathname.endsWith(ids[0] ?? ""));
    await context.close();
  });

  test("a long text shows what changed; what didn't unfolds by keyboard", async () => {
    const [id = ""] = await record(`t_diff_${scripts}`);
    const { page, context } = await opened(id, scripts);
    const [was, now] = [page.locator("del"), page.locator("ins")];
    expect(await was.innerText()).toMatch(/^Removed:\s*Line 15\s*$/);
    expect(await now.innerText()).toMatch(/^Added:\s*Line 15 again\s*$/);
    const signOf = (lineOf: typeof was): Promise<string> =>
      lineOf.locator(".db-diff__line").evaluate((line) => getComputedStyle(line, "::before").content);
    expect([await signOf(was), await signOf(now)]).toEqual([
      expect.stringContaining("−"),
      expect.stringContaining("+"),
    ]);
    const first = page.locator(".db-diff__fold").first().getByText("Line 11");
    expect(await first.isVisible()).toBe(false);
    await page.getByText("12 unchanged lines").focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => first.isVisible()).toBe(true);
    await context.close();
  });

  test("it is taken along as a file, and by its link where the browser has scripts", async () => {
    const [id = ""] = await record(`t_take_${scripts}`);
    const { page, context } = await opened(id, scripts);
    const coming = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download JSON" }).click();
    const file = await coming;
    expect(file.suggestedFilename()).toBe(`event-${id}.json`);
    expect(JSON.parse(await readFile(await file.path(), "utf8"))).toMatchObject({ id });
    const copy = page.getByRole("button", { name: "Copy link to this event" });
    expect(await copy.count()).toBe(scripts ? 1 : 0);
    if (scripts) {
      await copy.click();
      await page.getByRole("status").getByText("Copied").first().waitFor({ state: "attached" });
      expect(await page.evaluate("navigator.clipboard.readText()")).toBe(page.url());
    }
    await context.close();
  });
});
