/**
 * What the second script adds to activity, in Chromium: rows that open, the count, the breakdown, keys, suggestions; and the same without
 * scripts, if there is such a thing.
 */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { isMissing } from "./chromium.ts";
import { openReading } from "./reading.ts";

const list = "/orgs/globex/activity";

const { reading } = openReading();

const arrive = (page: Page, query: string | RegExp): Promise<void> =>
  page.waitForURL((url) => {
    const search = decodeURIComponent(url.search);
    return typeof query === "string" ? search === query : query.test(search);
  });
const titles = (page: Page): Promise<string[]> => page.locator("article h3").allTextContents();

describe.skipIf(isMissing).each([
  ["with scripts", true],
  ["without scripts", false],
] as const)("%s", (_name, javaScriptEnabled) => {
  const options = { javaScriptEnabled };

  test("the row of an event opens in place and closes, and keeps the filter", async () => {
    await reading(
      `${list}?view=table&actor=user:u_17`,
      async (page) => {
        const opener = page.getByRole("link", { name: "API client updated at a glance" });
        await opener.click();
        await arrive(page, /actor=user:u_17.*&open=/);
        await page.getByRole("cell", { name: /Was Sandbox Now Register sandbox.*Open event/s }).waitFor();
        expect(await opener.getAttribute("aria-expanded")).toBe("true");
        await page.reload();
        await page.getByRole("button", { name: "Open event" }).waitFor();
        await opener.click();
        await arrive(page, /^(?!.*open=).*actor=user:u_17/);
        expect(await page.getByRole("button", { name: "Open event" }).count()).toBe(0);
        await opener.click();
        await page.getByRole("button", { name: "Open event" }).click();
        await page.getByRole("heading", { name: "API client updated", level: 1 }).waitFor();
      },
      options,
    );
  });

  test("the chart is split, and a part leads to its events", async () => {
    await reading(
      list,
      async (page) => {
        await page.getByRole("link", { name: "outcome", exact: true }).click();
        await arrive(page, "?split=outcome");
        const legend = page.getByRole("list", { name: "Parts of the bars" });
        expect(await legend.innerText()).toMatch(/Success \d+\s+Denied \d+/);
        await legend.getByRole("link", { name: "Denied" }).click();
        await arrive(page, "?split=outcome&outcome=denied");
        expect(await titles(page)).toEqual(["Tried to revoke an API client"]);
      },
      options,
    );
  });

  test("how many there are and what they have most", async () => {
    await reading(
      `${list}?type=NEW_DRAFT_API`,
      async (page) => {
        await page.getByText("14 events", { exact: true }).waitFor();
        if (!javaScriptEnabled) await page.getByRole("link", { name: "Break these events down" }).click();
        await page.getByRole("region", { name: "Breakdown" }).getByText("Of all 14 events").waitFor();
        await page.getByRole("link", { name: /^Bob Marsh.* 14$/ }).click();
        await arrive(page, /type=NEW_DRAFT_API&actor=user:u_23/);
      },
      options,
    );
  });
});

/** Whether the second script has come. */
const hasTools = (page: Page): Promise<void> =>
  page.getByRole("button", { name: "Keyboard shortcuts" }).waitFor();

test.skipIf(isMissing)("keys: to the search, from row to row, into one, and the list of keys", async () => {
  await reading(`${list}?view=table`, async (page) => {
    await hasTools(page);
    const focused = (): Promise<string> => page.evaluate("document.activeElement.textContent.trim()");
    const rows = await page.locator(".db-cell--title").allTextContents();
    await page.keyboard.press("j");
    expect(await focused()).toBe(rows[0]);
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("k");
    expect(await focused()).toBe(rows[1]);
    const mark = "getComputedStyle(document.activeElement.closest('tr').firstElementChild).boxShadow";
    expect(await page.evaluate(mark)).toContain("3px 0px");
    for (let n = 0; n < 25 && !/^Tried to revoke/.test(await focused()); n++) await page.keyboard.press("j");
    await page.keyboard.press("ArrowRight");
    await page.getByRole("button", { name: "Open event" }).waitFor();
    await page.keyboard.press("o");
    await page.getByRole("button", { name: "Open event" }).waitFor({ state: "detached" });
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keys" }).waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog", { name: "Keys" }).waitFor({ state: "hidden" });
    await page.keyboard.press("/");
    await page.keyboard.type("j/?");
    expect(await page.locator("#q").inputValue()).toBe("j/?");
    await page.locator("#q").fill("");
    await page.locator("h1").click();
    await page.keyboard.press("Control+j");
    expect(await page.evaluate("document.activeElement.matches('body, main')")).toBe(true);
    await page.keyboard.press("j");
    const title = await focused();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: title, level: 1 }).waitFor();
  });
});

test.skipIf(isMissing)("keys move through cards and folded groups too", async () => {
  await reading(list, async (page) => {
    await hasTools(page);
    const focused = (): Promise<string> => page.evaluate("document.activeElement.textContent.trim()");
    for (let n = 0; n < 25 && !/^14 drafts saved/.test(await focused()); n++) await page.keyboard.press("j");
    expect(await focused()).toMatch(/^14 drafts saved/);
    await page.keyboard.press("o");
    await page.keyboard.press("j");
    expect(await focused()).toMatch(/^Details of API draft/);
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/events\//);
  });
});

test.skipIf(isMissing)(
  "suggestions: by keyboard and by pointer, of qualifiers and their values",
  async () => {
    await reading(list, async (page) => {
      await hasTools(page);
      const box = page.getByRole("combobox", { name: "Search", exact: true });
      const found = page.getByRole("listbox", { name: "Suggestions" });
      await box.waitFor();
      await box.pressSequentially("act");
      await page.getByRole("option", { name: /^actor:/ }).waitFor();
      expect(await box.getAttribute("aria-expanded")).toBe("true");
      await box.press("ArrowDown");
      expect(await box.getAttribute("aria-activedescendant")).toBe("suggestion-0");
      await box.press("Enter");
      expect(await box.inputValue()).toBe("actor:");
      await box.pressSequentially("ann");
      await page.getByRole("option", { name: /^Anne Wilson/ }).click();
      expect(await box.inputValue()).toBe("actor:user:u_17 ");
      expect(await box.getAttribute("aria-expanded")).toBe("false");
      await box.pressSequentially("outcome:");
      await found.getByRole("option", { name: "Denied" }).waitFor();
      await box.press("Escape");
      await found.waitFor({ state: "hidden" });
      await box.pressSequentially("den");
      await found.getByRole("option", { name: "Denied" }).waitFor();
      await box.press("ArrowUp");
      await box.press("Enter");
      await box.press("Enter");
      await arrive(page, "?q=actor:user:u_17+outcome:denied");
      expect(await titles(page)).toEqual(["Tried to revoke an API client"]);
    });
  },
);

test.skipIf(isMissing)("what is live stays in its place while the filter is open", async () => {
  await reading(list, async (page) => {
    const live = page.getByText("Live", { exact: true });
    await live.waitFor();
    for (const viewport of [
      { width: 1366, height: 768 },
      { width: 390, height: 844 },
    ]) {
      await page.setViewportSize(viewport);
      const before = await live.boundingBox();
      await page.getByText("Filter", { exact: true }).click();
      expect(await live.boundingBox()).toEqual(before);
      await page.getByText("Filter", { exact: true }).click();
    }
  });
});
