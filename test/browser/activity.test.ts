/**
 * Activity in Chromium: every filter both ways, the chart, words, the table, folded groups, pages, and new events. Each flow runs with
 * scripts and, if it needs none, without.
 */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { isMissing } from "./chromium.ts";
import { openReading } from "./reading.ts";

const list = "/orgs/globex/activity";
const acme = "/orgs/acme/activity";

const { reading, world } = openReading();

/** Records teams in acme, one after another. */
async function record(...names: readonly string[]): Promise<void> {
  const events = names.map((name) => ({
    type: "NEW_TEAM",
    actor: { type: "user", id: "u_17", name: "Anne Wilson" },
    targets: [{ type: "team", id: `t_${name}`, name }],
    data: { teamId: `t_${name}`, team: name },
  }));
  const { status, text } = await world().server.call("POST", "/v1/organizations/acme/events", { events });
  if (status !== 201) throw new Error(text);
}

const queryOf = (page: Page): string => decodeURIComponent(new URL(page.url()).search);
const arrive = (page: Page, query: string | RegExp): Promise<void> =>
  page.waitForURL((url) => {
    const search = decodeURIComponent(url.search);
    return typeof query === "string" ? search === query : query.test(search);
  });
const titles = (page: Page): Promise<string[]> => page.locator("article h3").allTextContents();

async function choosePeriod(page: Page, text: string): Promise<void> {
  await page.locator("summary", { hasText: "Period: " }).click();
  await page.getByRole("link", { name: text }).click();
}

const show = (page: Page): Promise<void> =>
  page.getByRole("button", { name: "Show events", exact: true }).click();
const remove = (page: Page, name: string): Promise<void> =>
  page.getByRole("link", { name: new RegExp(`^Remove filter ${name}`) }).click();

describe.skipIf(isMissing).each([
  ["with scripts", true],
  ["without scripts", false],
] as const)("%s", (_name, javaScriptEnabled) => {
  const options = { javaScriptEnabled };

  test("each filter of the form narrows the list, and its chip widens it again", async () => {
    await reading(
      list,
      async (page) => {
        const open = (): Promise<void> => page.getByText("Filter", { exact: true }).click();
        await open();
        await page.getByLabel("Type", { exact: true }).selectOption("API_CLIENT_REVOKED");
        await page.getByLabel("Outcome").selectOption("denied");
        await page.getByLabel("Actor").fill("user:u_17");
        await page.getByLabel("Target").fill("api_client:client_9");
        await show(page);
        await arrive(page, /target=api_client:client_9/);
        expect(await titles(page)).toEqual(["Tried to revoke an API client"]);
        for (const name of ["Type", "Actor", "Target", "Outcome"]) {
          await remove(page, name);
          await arrive(page, new RegExp(`^(?!.*${name.toLowerCase()}=[^&])`));
        }
        expect((await titles(page)).length).toBeGreaterThan(5);
        await open();
        await page.getByLabel("Actor").fill("Anne");
        await show(page);
        await page.getByRole("link", { name: "Enter an actor as type and id, like user:u_17" }).click();
        expect(await page.getByLabel("Actor").inputValue()).toBe("Anne");
      },
      options,
    );
  });

  test("a value that is clicked is a filter", async () => {
    await reading(
      `${list}?type=API_CLIENT_ADDED`,
      async (page) => {
        await page.getByRole("link", { name: "Anne Wilson", exact: true }).first().click();
        await arrive(page, "?type=API_CLIENT_ADDED&actor=user:u_17");
        await remove(page, "Type");
        await arrive(page, "?actor=user:u_17");
        await page.getByRole("link", { name: "Register sandbox", exact: true }).first().click();
        await arrive(page, "?actor=user:u_17&target=api_client:client_9");
        await page.getByRole("link", { name: "Denied", exact: true }).click();
        await arrive(page, "?actor=user:u_17&target=api_client:client_9&outcome=denied");
        expect(await titles(page)).toEqual(["Tried to revoke an API client"]);
        await page.getByRole("link", { name: "Remove all filters" }).click();
        await arrive(page, "");
      },
      options,
    );
  });

  test("spans that end now, a range of days, and a bar of the chart", async () => {
    await reading(
      list,
      async (page) => {
        await choosePeriod(page, "24 hours");
        await arrive(page, "?period=24h");
        expect(await titles(page)).not.toContain("Organization changed");
        await choosePeriod(page, "30 days");
        await arrive(page, "?period=30d");
        const day = await page.evaluate("new Date(Date.now() - 9 * 86400000).toLocaleDateString('en-CA')");
        await page.getByText("Filter", { exact: true }).click();
        await page.getByLabel("First day").fill(String(day));
        await page.getByLabel("Last day").fill(String(day));
        await show(page);
        await arrive(page, new RegExp(`from=${day}&to=${day}`));
        expect(await titles(page)).toEqual(["API client added"]);
        await choosePeriod(page, "Any time");
        await arrive(page, "");
        const fiveDaysAgo = await page.evaluate(
          "new Date(Date.now() - 5 * 86400000).toLocaleDateString('en-GB', { dateStyle: 'long' })",
        );
        await page.getByRole("link", { name: `2 events on ${fiveDaysAgo}` }).click();
        await arrive(page, /^\?from=(.*)&to=\1$/);
        expect(await titles(page)).toEqual(["Tried to revoke an API client", "API client updated"]);
        // again: an hour of that day
        await page.getByRole("link", { name: /^2 events on .* from .* to / }).click();
        await arrive(page, /^\?from=.*T.*&to=.*T/);
        expect(await titles(page)).toEqual(["Tried to revoke an API client", "API client updated"]);
        expect(await page.getByRole("link", { name: "Skip the chart" }).count()).toBe(0);
      },
      options,
    );
  });

  test("words, the table, and words in the table", async () => {
    await reading(
      list,
      async (page) => {
        await page.locator("#q").fill("portal");
        await page.locator("#q").press("Enter");
        await arrive(page, "?q=portal");
        expect(await page.getByText("There is a problem").count()).toBe(0);
        expect(await page.locator("#q").inputValue()).toBe("portal");
        expect(await titles(page)).toEqual(["API client added"]);
        await page.getByRole("link", { name: "Table", exact: true }).click();
        await arrive(page, "?q=portal&view=table");
        expect(await page.getByRole("row", { name: /API client added/ }).count()).toBe(1);
        await remove(page, "Search");
        await arrive(page, "?view=table");
        for (const [folded, events] of [
          ["14 drafts saved", 14],
          [/^3 related events/, 3],
        ] as const) {
          await page.getByRole("link", { name: folded }).click();
          await arrive(page, /&type=.*&actor=.*&from=.*&to=/);
          expect(await page.getByRole("row", { name: /^\d\d:\d\d:\d\d / }).count()).toBe(events);
          await page.goBack();
        }
      },
      options,
    );
  });

  test("drafts and what one act caused unfold", async () => {
    await reading(
      list,
      async (page) => {
        for (const folded of ["14 drafts saved", "And 2 more of the same act"]) {
          const fold = page.locator("details", { hasText: folded });
          expect(await fold.locator("article").first().isVisible()).toBe(false);
          await page.getByText(folded).click();
          expect(await fold.locator("article").first().isVisible()).toBe(true);
        }
      },
      options,
    );
  });

  test("older pages, back one by one, and back to the newest at once", async () => {
    await record(...Array.from({ length: 60 }, (_, n) => `Number ${n}`));
    await reading(
      `${acme}?type=NEW_TEAM`,
      async (page) => {
        const go = (name: string): Promise<void> =>
          page.getByRole("link", { name: `${name} page`, exact: true }).click();
        const newest = await titles(page);
        const first = await page.locator("article").first().textContent();
        expect(newest).toHaveLength(25);
        await go("Older");
        await arrive(page, /cursor=/);
        if (javaScriptEnabled) await page.getByRole("link", { name: "Older page" }).scrollIntoViewIfNeeded();
        else await page.getByRole("link", { name: "Count all events" }).click();
        await page.getByText(/^26–50 of \d+$/).waitFor();
        await go("Older");
        await arrive(page, /trail=/);
        await go("Newer");
        await arrive(page, /^(?!.*trail=).*cursor=/);
        await go("Older");
        await arrive(page, /trail=/);
        await go("Newest");
        await arrive(page, "?type=NEW_TEAM");
        expect((await page.locator("article").first().textContent())?.slice(0, 60)).toBe(first?.slice(0, 60));
      },
      options,
    );
  });
});

test.skipIf(isMissing)(
  "by keyboard alone: the form is filled and sent, a bar is chosen, and the chart skipped",
  async () => {
    await reading(list, async (page) => {
      const focused = (): Promise<string> => page.evaluate("document.activeElement.textContent.trim()");
      const tabTo = async (words: RegExp): Promise<void> => {
        for (let n = 0; n < 60 && !words.test(await focused()); n++) await page.keyboard.press("Tab");
        expect(await focused()).toMatch(words);
      };
      await tabTo(/^Filter$/);
      await page.keyboard.press("Enter");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab");
      expect(await page.evaluate("document.activeElement.id")).toBe("outcome");
      await page.keyboard.type("Denied");
      await page.keyboard.press("Tab");
      await page.keyboard.type("user:u_17");
      await page.keyboard.press("Enter");
      await arrive(page, /actor=user:u_17/);
      expect(await titles(page)).toEqual(["Tried to revoke an API client"]);

      await page.goto(world().server.url + list);
      await tabTo(/^Skip the chart$/);
      await page.keyboard.press("Enter");
      expect(await page.evaluate("document.activeElement.id")).toBe("events");
      await page.goto(world().server.url + list);
      await tabTo(/^\d+ events? on \d+ \w+ \d{4}$/);
      // its text is visible while it has the focus
      expect(
        await page.evaluate("getComputedStyle(document.activeElement.querySelector('span')).opacity"),
      ).toBe("1");
      await page.keyboard.press("Tab");
      const words = await focused();
      await page.keyboard.press("Enter");
      await arrive(page, /from=/);
      expect(words).toMatch(/events? on/);
    });
  },
);

/** Advances the page's own clock; its requests are recorded. */
async function pass(page: Page, ms: number): Promise<void> {
  await page.clock.runFor(ms);
  await page.waitForTimeout(300);
}
/** From now on, its clock can be advanced. */
async function holdTime(page: Page): Promise<void> {
  await page.clock.install();
  await page.reload();
}

test.skipIf(isMissing)(
  "what comes meanwhile is counted and moves nothing; paused it is not, and what doesn't match never is",
  async () => {
    const requests: string[] = [];
    await reading(`${acme}?type=NEW_TEAM&q=live`, async (page) => {
      page.on("request", (request) => {
        if (request.url().includes("/histogram")) requests.push(request.url());
      });
      await holdTime(page);
      const before = await page.locator("#events").boundingBox();
      await page.getByText("Live", { exact: true }).waitFor();
      await record("Live one", "Live two", "Something else");
      await world().server.services.followers.now();
      await pass(page, 5_000);
      const link = page.getByRole("link", { name: "2 new events", exact: true });
      await link.waitFor();
      expect(await page.title()).toMatch(/^\(2\) Activity/);
      expect(await page.locator("#events").boundingBox()).toEqual(before);
      expect(await page.getByRole("status").filter({ has: link }).count()).toBe(1);

      await page.getByRole("button", { name: /^Pause/ }).click();
      await page.getByText("Paused", { exact: true }).waitFor();
      const sofar = requests.length;
      await record("Live three");
      await world().server.services.followers.now();
      await pass(page, 60_000);
      expect(requests).toHaveLength(sofar);
      await page.getByRole("button", { name: /^Resume/ }).click();
      await page.getByRole("link", { name: "3 new events", exact: true }).click();
      await page.waitForLoadState("load");
      expect(await page.locator("article").count()).toBe(3);
      expect(await page.title()).toMatch(/^Activity/);
    });
  },
);

test.skipIf(isMissing)(
  "nobody is asked while the tab is hidden, at once when it is shown, and no more once it is refused",
  async () => {
    await reading(acme, async (page) => {
      await holdTime(page);
      let requests = 0;
      let status = 200;
      await page.route("**/histogram?*", (route) => {
        requests++;
        return status === 200 ? route.continue() : route.fulfill({ status, body: "{}" });
      });
      const turn = (hidden: boolean): Promise<unknown> =>
        page.evaluate(`Object.defineProperty(document, "hidden", { value: ${hidden}, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));`);
      await turn(true);
      await pass(page, 60_000);
      expect(requests).toBe(0);
      await turn(false);
      // the next request waits for the response to the last one
      const passUntil = async (times: number): Promise<void> => {
        while (requests < times) {
          await pass(page, 5_000);
          await page.waitForTimeout(100);
        }
      };
      await expect.poll(() => requests, { timeout: 30_000 }).toBe(1);
      await passUntil(2);
      status = 401;
      await passUntil(3);
      await page.getByText("Not live", { exact: true }).waitFor();
      await pass(page, 300_000);
      expect(requests).toBe(3);
    });
  },
);

test.skipIf(isMissing)("the link of a view is copied; nothing of that is there without scripts", async () => {
  await reading(
    `${list}?outcome=denied`,
    async (page) => {
      await page.getByRole("button", { name: "Copy link to this view" }).click();
      await page.getByRole("button", { name: "Copied" }).waitFor();
      expect(await page.evaluate("navigator.clipboard.readText()")).toBe(page.url());
      expect(queryOf(page)).toBe("?outcome=denied");
    },
    { permissions: ["clipboard-read", "clipboard-write"] },
  );
  await reading(
    list,
    async (page) => {
      expect(await page.getByRole("button", { name: /Copy|Pause/ }).count()).toBe(0);
      expect(await page.getByText("Live", { exact: true }).isVisible()).toBe(false);
      await page.getByRole("link", { name: "As JSON" }).click();
      expect(await page.textContent("body")).toContain('"events":[');
    },
    { javaScriptEnabled: false },
  );
});
