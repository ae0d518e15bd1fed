/**
 * An organization's settings, its download, its teams, and organizations themselves, with and without scripts. Pages write real files, in
 * the browser's own storage, because a test can't answer the file dialog.
 */
import { readFileSync } from "node:fs";
import type { BrowserContext, Locator, Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { signedIn } from "../../server/src/api/testing/people.ts";
import type { StoredEvent } from "../../server/src/store/contract/events.ts";
import { walksOver } from "../../server/src/store/testing/event-bytes.ts";
import { isMissing, openWindow } from "./chromium.ts";
import { type BrowserWorld, enter, openWorld } from "./world.ts";

const settings = "/orgs/acme/settings";
const csv = "/v1/organizations/acme/audit-log.csv";
const ndjson = "/v1/organizations/acme/audit-log.ndjson";

let world: BrowserWorld;
beforeAll(async () => {
  if (isMissing) return;
  world = await openWorld();
  const events = Array.from({ length: 1_000 }, (_, n) => ({
    type: "NEW_TEAM",
    actor: { type: "user", id: `u_${n % 7}`, name: `Ann "${n % 7}"\r\nof the second floor` },
    targets: [{ type: "team", id: `t_${n}`, name: `Team 🧾 ${n}` }],
    data: { teamId: `t_${n}`, team: `Team 🧾 ${n}` },
  }));
  for (let batch = 0; batch < 3; batch++)
    await world.server.call("POST", "/v1/organizations/acme/events", { events });
});

const press = (page: Page, name: string): Promise<void> =>
  page.getByRole("button", { name, exact: true }).click();

interface PageOpening {
  readonly scripts?: boolean;
  /** Default: Anne's. */
  readonly cookie?: string;
  /** Runs before each page's own script. */
  readonly before?: string;
}

/** A page of Daybook, and the window that it is in. */
async function opened(
  path: string,
  { scripts = true, cookie = world.anne.cookie, before }: PageOpening = {},
): Promise<{ page: Page; context: BrowserContext }> {
  const { context } = await openWindow({ javaScriptEnabled: scripts });
  await enter(context, world.server.url, { cookie });
  if (before !== undefined) await context.addInitScript(before);
  const page = await context.newPage();
  await page.goto(world.server.url + path);
  return { page, context };
}

/** The browser lets a page write files, and the dialog returns the suggested name. */
const writesFiles = `window.showSaveFilePicker = async ({ suggestedName }) =>
  (await navigator.storage.getDirectory()).getFileHandle(suggestedName, { create: true });`;
/** The browser doesn't let pages write files, like most. */
const writesNone = "delete window.showSaveFilePicker;";

/** The names and texts of the files that a page wrote. */
const written = (page: Page): Promise<[string, string][]> =>
  page.evaluate(`(async () => {
    const files = [];
    for await (const [name, file] of (await navigator.storage.getDirectory()).entries())
      files.push([name, await (await file.getFile()).text()]);
    return files;
  })()`);

/** The API's present response: it begins with the earlier one, because the oldest come first. */
const fromApi = async (query = "", path = csv): Promise<string> =>
  (await world.server.call("GET", path + query)).text;

describe.skipIf(isMissing)("an owner downloads the log", () => {
  test.each([
    ["without scripts", { scripts: false }],
    ["where pages write no files", { before: writesNone }],
  ])("as the browser does it: %s", async (_, opening) => {
    const { page, context } = await opened(settings, opening);
    const download = page.waitForEvent("download");
    await press(page, "Download logs");
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/^audit-log-acme-\d{4}-\d\d-\d\d\.csv$/);
    const text = readFileSync(await file.path(), "utf8");
    expect(text.length).toBeGreaterThan(300_000);
    // fetch removes the byte order mark, with which spreadsheets recognize UTF-8
    expect(`\uFEFF${await fromApi("?safe=spreadsheet")}`.startsWith(text)).toBe(true);
    if (!("scripts" in opening))
      await page.getByText("If your browser reports a failure, the file is incomplete").waitFor();
    await context.close();
  });

  test("to the byte, and is told when it is whole, by its name, events and size", async () => {
    const { page, context } = await opened(settings, { before: writesFiles });
    await press(page, "Download logs");
    await page.getByText(/^Saved as audit-log-acme-.*\.csv: 3,0\d\d events, [\d.]+.[KM]B\.$/).waitFor();
    const [[name, text] = ["", ""], ...others] = await written(page);
    expect(name).toMatch(/^audit-log-acme-\d{4}-\d\d-\d\d\.csv$/);
    expect(others).toEqual([]);
    expect(text.length).toBeGreaterThan(300_000);
    expect((await fromApi("?safe=spreadsheet")).startsWith(text)).toBe(true);
    await page.getByText("Choose days, event types and a format").click();
    await page.locator("[name=type][value=NEW_TEAM]").check();
    await page.locator("[name=type][value=REMOVE_TEAM]").check();
    await page.getByLabel("Exact CSV, with plain JSON").check();
    await press(page, "Download");
    await page.getByText(/: 3,000 events, /).waitFor();
    const [[, chosen] = []] = await written(page);
    expect(chosen).toBe(await fromApi("?type=NEW_TEAM&type=REMOVE_TEAM&data=json"));
    await context.close();
  });

  test("as NDJSON, where a line is an event and no cell has quotes", async () => {
    const { page, context } = await opened(settings, { before: writesFiles });
    await page.getByText("Choose days, event types and a format").click();
    await page.locator("[name=type][value=NEW_TEAM]").check();
    await page.getByLabel("CSV for spreadsheets").focus();
    for (let down = 0; down < 3; down++) await page.keyboard.press("ArrowDown");
    expect(await page.getByLabel("NDJSON").isChecked()).toBe(true);
    await press(page, "Download");
    await page.getByText(/^Saved as audit-log-acme-.*\.ndjson: 3,000 events, [\d.]+.[KM]B\.$/).waitFor();
    const [[name = "", text = ""] = []] = await written(page);
    expect(name).toMatch(/^audit-log-acme-\d{4}-\d\d-\d\d\.ndjson$/);
    expect(text).toBe(await fromApi("?type=NEW_TEAM", ndjson));
    await context.close();
  });

  test("and is shown what is wrong with the form before a file is asked for", async () => {
    const { page, context } = await opened(settings, { before: writesFiles });
    await page.getByText("Choose days, event types and a format").click();
    await page.getByLabel("Between the days below").check();
    await press(page, "Download");
    await page.getByRole("link", { name: "Enter the first day" }).waitFor();
    expect(await written(page)).toEqual([]);
    await context.close();
  });
});

/** Replaces the store's walks with one of a given length or with a failure. */
async function withWalk(
  rest: (rows: StoredEvent[]) => AsyncGenerator<StoredEvent[]>,
  work: () => Promise<void>,
): Promise<void> {
  const { store, people } = world.server.services;
  const { organizationId } = await people.organization("acme", "everything");
  const rows = await store.events(organizationId, 0, 1n, 500);
  const before = store.within;
  store.within = (rowScope) => ({ ...before(rowScope), ...walksOver(() => rest(rows)) });
  try {
    await work();
  } finally {
    store.within = before;
  }
}
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe.skipIf(isMissing)("a download that doesn't come to its end", () => {
  test("is cancelled: the server reads no further, no file is left, and it can be tried again", async () => {
    const { page, context } = await opened(settings, { before: writesFiles });
    let reading = 0;
    async function* endless(rows: StoredEvent[]): AsyncGenerator<StoredEvent[]> {
      reading++;
      try {
        for (; ; await wait(20)) yield rows;
      } finally {
        reading--;
      }
    }
    await withWalk(endless, async () => {
      await press(page, "Download logs");
      await page.getByText(/^Downloading: [\d,]+ events, [\d.]+.[KM]B so far$/).waitFor();
      expect(reading).toBe(1);
      await page.getByRole("button", { name: "Cancel the download" }).focus();
      await page.keyboard.press("Enter");
      await page.getByText("Download cancelled. No file was saved.").waitFor();
      await expect.poll(() => reading).toBe(0);
      expect(await written(page)).toEqual([]);
    });
    const again = page.getByRole("button", { name: "Download again" });
    expect(await isFocused(again)).toBe(true);
    await page.keyboard.press("Enter");
    await page.getByText(/^Saved as /).waitFor();
    expect(await page.getByRole("button", { name: "Cancel the download" }).isVisible()).toBe(false);
    expect(await written(page)).toHaveLength(1);
    await context.close();
  });

  test("broke off: that is said, and no half file looks whole", async () => {
    const { page, context } = await opened(settings, { before: writesFiles });
    async function* broken(rows: StoredEvent[]): AsyncGenerator<StoredEvent[]> {
      for (let chunk = 0; chunk < 5; chunk++) yield rows;
      throw new Error("the database went away");
    }
    await withWalk(broken, async () => {
      await press(page, "Download logs");
      await page.getByText("The download failed before the file was complete. No file was saved.").waitFor();
      expect(await written(page)).toEqual([]);
    });
    await press(page, "Download again");
    await page.getByText(/^Saved as /).waitFor();
    await context.close();
  });
});

const isFocused = async (of: Locator): Promise<boolean> =>
  (await of.and(of.page().locator(":focus")).count()) === 1;

/** Presses Tab until that element has the focus. */
async function tabTo(page: Page, of: Locator): Promise<void> {
  await of.waitFor();
  for (let tabs = 0; tabs < 60; tabs++) {
    await page.keyboard.press("Tab");
    if (await isFocused(of)) return;
  }
  throw new Error(`${of} can't be reached by Tab.`);
}

async function tabAndPress(page: Page, of: Locator, key = "Enter"): Promise<void> {
  await tabTo(page, of);
  await page.keyboard.press(key);
}

describe.skipIf(isMissing).each([true, false])("with scripts: %s", (scripts) => {
  const word = scripts ? "One" : "Two";

  test.each(["DESIGNER", "CONSUMER"] as const)(
    "a %s is told why they can't download, and whom to ask",
    async (role) => {
      const email = `${role.toLowerCase()}@acme.example`;
      const { cookie } = await signedIn(world.server, { email, organization: "acme", role });
      const { page, context } = await opened(settings, { scripts, cookie });
      const name = role === "DESIGNER" ? "Designer" : "Consumer";
      await page.getByText(`You cannot download logs. Your role here is ${name}.`).waitFor();
      await page.getByText("Ask an owner for the file, or for the auditor role:").waitFor();
      expect(await page.getByRole("listitem").filter({ hasText: "Anne Wilson" }).count()).toBe(1);
      expect(await page.getByRole("button", { name: "Download logs" }).count()).toBe(0);
      expect(await page.title()).not.toMatch(/Anne/);
      await context.close();
    },
  );

  test("an owner changes the details, and the log says what was changed", async () => {
    const { page, context } = await opened(settings, { scripts });
    await page.getByRole("link", { name: "Change details" }).click();
    await page.getByLabel("Location").fill(`Leeds ${word}`);
    await press(page, "Save");
    await page.getByText("Organization details saved.").waitFor();
    await page.getByRole("link", { name: "Activity", exact: true }).click();
    await page.getByText(`Leeds ${word}`).first().waitFor();
    await context.close();
  });

  test("an operator adds an organization, and finds that in the log of everything", async () => {
    const { page, context } = await opened("/account", { scripts });
    await page
      .getByRole("navigation", { name: "Service" })
      .getByRole("link", { name: "All organizations" })
      .click();
    await page.getByRole("button", { name: "Add organization" }).click();
    await press(page, "Add organization");
    await page.getByRole("link", { name: "Enter an organization name." }).waitFor();
    await page.getByLabel("Name").fill(`Hooli ${word}`);
    await page.getByLabel("Slug").fill(`hooli-${word.toLowerCase()}`);
    await press(page, "Add organization");
    await page.getByText("Organization added.").waitFor();
    await page.getByText("Invite the first owner").waitFor();
    await page.goto(`${world.server.url}/activity?type=ORGANIZATION_ADDED`);
    await page
      .getByRole("heading", { name: `Hooli ${word}` })
      .first()
      .waitFor();
    await context.close();
  });

  test("teams by keyboard alone: added, filled, changed, emptied, removed", async () => {
    await signedIn(world.server, {
      email: "odo@acme.example",
      name: "Odo Marsh",
      organization: "acme",
      role: "AUDITOR",
    });
    const { page, context } = await opened("/orgs/acme/activity", { scripts });
    const button = (name: string): Locator => page.getByRole("button", { name, exact: true });
    await tabAndPress(page, page.getByRole("link", { name: "Teams", exact: true }));
    await page.getByText("There are no teams.").waitFor();
    await tabAndPress(page, button("Add team"));
    await tabTo(page, page.getByLabel("Team name"));
    await page.keyboard.type(`Reviewers ${word}`);
    await tabTo(page, page.getByLabel("No role"));
    await page.keyboard.press("ArrowDown");
    expect(await page.getByLabel("Designer").isChecked()).toBe(true);
    await tabAndPress(page, button("Add team"));
    await page.getByText("Team added. It has no members yet.").waitFor();
    await tabAndPress(page, button("Add members"));
    await tabAndPress(page, button("Add to team"));
    await page.getByRole("link", { name: "Select who to add" }).waitFor();
    await tabAndPress(page, page.getByLabel("Odo Marsh"), "Space");
    await tabAndPress(page, button("Add to team"));
    await page.getByText("Members added to the team.").waitFor();
    await tabAndPress(page, button("Remove Odo Marsh from the team"));
    await page.getByText("The member is out of the team.").waitFor();
    await tabAndPress(page, button("Change name or role"));
    await tabTo(page, page.getByLabel("Team name"));
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.type("Payments");
    await page.keyboard.press("Enter");
    await page.getByText("Team changed.").waitFor();
    await tabAndPress(page, button("Remove team"));
    await tabAndPress(page, button("Remove team"));
    await page.getByText("Team removed.").waitFor();
    await context.close();
  });
});
