/** Setting up, signing in and out, in a real browser, with and without scripts. */
import type { BrowserContext, Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { openServer, type TestServer } from "../../server/src/api/testing/open-server.ts";
import { isMissing, openWindow } from "./chromium.ts";
import { anne, type BrowserWorld, enter, openWorld, password } from "./world.ts";

let world: BrowserWorld;
beforeAll(async () => {
  if (!isMissing) world = await openWorld();
});

const withScripts = [
  ["with scripts", true],
  ["without scripts", false],
] as const;

/** A page in a separate browser. */
async function newPage(javaScriptEnabled = true): Promise<{ page: Page; context: BrowserContext }> {
  const { context } = await openWindow({ javaScriptEnabled });
  return { page: await context.newPage(), context };
}

const send = (page: Page, name: string): Promise<void> =>
  page.getByRole("button", { name, exact: true }).click();
const passwordField = (page: Page): ReturnType<Page["getByLabel"]> =>
  page.getByLabel("Password", { exact: true });

async function fillSignIn(page: Page, email: string, secret: string): Promise<void> {
  await page.getByLabel("Email address").fill(email);
  await passwordField(page).fill(secret);
  await send(page, "Sign in");
}

const pathOf = (page: Page): string => page.url().replace(/^https?:\/\/[^/]+/, "");

describe.skipIf(isMissing).each(withScripts)("%s", (_name, scripts) => {
  test("the first person sets up by the link that the server printed, and is signed in", async () => {
    const server = await openServer();
    const code = (await server.services.signIn.offerSetUp())?.code ?? "";
    const { page, context } = await newPage(scripts);
    await page.goto(server.url);
    expect(pathOf(page)).toBe("/set-up");
    await page.goto(`${server.url}/set-up#${code}`);
    if (scripts) {
      // removed from the address, so that no history has it
      await expect.poll(() => page.url()).toBe(`${server.url}/set-up`);
      expect(await page.getByLabel("Set-up code").isVisible()).toBe(false);
    } else {
      await page.getByLabel("Set-up code").fill(`${server.url}/set-up#${code}`);
    }
    await page.getByLabel("Your name").fill(anne.name);
    await page.getByLabel("Email address").fill(anne.email);
    await passwordField(page).fill("too short");
    await send(page, "Set up");
    expect(await page.title()).toMatch(/^Error: Set up Daybook/);
    expect(await page.getByLabel("Your name").inputValue()).toBe(anne.name);
    expect(await passwordField(page).inputValue()).toBe("");
    await passwordField(page).fill(password);
    await send(page, "Set up");
    await page.getByText(anne.name).first().waitFor();
    await page.goto(`${server.url}/account`);
    expect(await page.getByText(anne.email).count()).toBeGreaterThan(0);
    // there is no second first account
    await page.goto(`${server.url}/set-up`);
    expect(await page.getByText("Daybook is already set up").count()).toBe(1);
    await context.close();
    await server.close();
  });

  test("a wrong password says so, keeps the address and nothing else; the right one leads where one was going", async () => {
    const { page, context } = await newPage(scripts);
    await page.goto(`${world.server.url}/account/name`);
    expect(pathOf(page)).toBe("/sign-in?next=%2Faccount%2Fname");
    await fillSignIn(page, anne.email, "wrong");
    expect(await page.title()).toBe("Error: Sign in - Daybook");
    const summary = page.getByRole("alert");
    expect(await summary.innerText()).toContain("The email address or the password is incorrect.");
    expect(await summary.getByRole("link").getAttribute("href")).toBe("#email");
    const field = page.getByLabel("Email address");
    expect(await field.inputValue()).toBe(anne.email);
    expect(await field.getAttribute("aria-describedby")).toBe("email-error");
    expect(await passwordField(page).inputValue()).toBe("");
    if (scripts) {
      expect(await page.locator(":focus").getAttribute("class")).toBe("govuk-error-summary");
      await summary.getByRole("link").click();
      expect(await page.locator(":focus").getAttribute("id")).toBe("email");
    }
    await fillSignIn(page, anne.email, password);
    await page.waitForURL(`${world.server.url}/account/name`);
    await context.close();
  });

  test.each(["//evil.example/", "https://evil.example/", "/\\evil.example", "/\t/evil.example"])(
    "who signs in at next=%j stays on this site",
    async (next) => {
      const { page, context } = await newPage(scripts);
      await page.goto(`${world.server.url}/sign-in?next=${encodeURIComponent(next)}`);
      await fillSignIn(page, anne.email, password);
      await page.waitForURL((url) => url.pathname !== "/sign-in");
      expect(page.url().startsWith(`${world.server.url}/`)).toBe(true);
      await context.close();
    },
  );

  test("who signs out is out, also when they go back", async () => {
    const { page, context } = await newPage(scripts);
    await enter(context, world.server.url, await world.signInAnne());
    await page.goto(`${world.server.url}/account`);
    await page.getByText("Account: Anne Wilson").click();
    await send(page, "Sign out");
    await page.waitForURL(`${world.server.url}/sign-in`);
    expect(await page.getByRole("alert").innerText()).toContain("You are signed out.");
    await page.reload();
    expect(await page.getByRole("alert").count()).toBe(0);
    await page.goto(`${world.server.url}/account`);
    expect(pathOf(page)).toBe("/sign-in?next=%2Faccount");
    await context.close();
  });

  test("a password is chosen by the code of a link", async () => {
    const email = `locked-${scripts}@acme.example`;
    const token = await world.invite(email);
    const accepted = { token, name: "Locked Out", password };
    await world.server.call("POST", "/v1/invitations/accept", accepted, { cookie: "" });
    const by = {
      actor: { type: "system", id: "test" },
      recordedBy: { type: "server", id: "daybook" },
    } as const;
    const { link } = await world.server.services.signIn.resetUser({ email, initiator: by });
    const { page, context } = await newPage(scripts);
    await page.goto(`${world.server.url}/password#${link?.code}`);
    if (!scripts) await page.getByLabel("Code").fill(link?.code ?? "");
    await page.getByLabel("New password").fill("another horse battery");
    await send(page, "Choose password");
    await page.waitForURL((url) => url.pathname !== "/password");
    await page.goto(`${world.server.url}/account`);
    expect(await page.getByText(email).count()).toBeGreaterThan(0);
    await context.close();
  });
});

describe.skipIf(isMissing)("in a browser", () => {
  test("signing in takes the keyboard only, and what has the focus shows it", async () => {
    const { page, context } = await newPage();
    await page.goto(`${world.server.url}/sign-in?next=/account`);
    const focused = (): Promise<string> => page.locator(":focus").innerText();
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("Skip to main content");
    expect(await page.locator(":focus").boundingBox()).toMatchObject({ width: expect.any(Number) });
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await page.locator(":focus").getAttribute("id")).toBe("email");
    await page.keyboard.type(anne.email);
    await page.keyboard.press("Tab");
    await page.keyboard.type("wrong");
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("Show");
    await page.keyboard.press("Enter");
    expect(await passwordField(page).getAttribute("type")).toBe("text");
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("Sign in");
    const outline = "getComputedStyle(document.activeElement).outlineStyle";
    expect(await page.evaluate(outline)).toBe("solid");
    await page.keyboard.press("Enter");
    await page.getByText("There is a problem").waitFor();
    // from the summary to the field, and on
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.type(password);
    await page.keyboard.press("Enter");
    await page.waitForURL(`${world.server.url}/account`);
    // a menu opens and closes by keyboard, and gives the focus back
    await page.getByText("Account: Anne Wilson").focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("Account");
    await page.keyboard.press("Escape");
    expect(await page.getByText("Sign out", { exact: true }).isVisible()).toBe(false);
    expect(await focused()).toContain("Anne Wilson");
    await context.close();
  });

  test("forms work over plain http at a name, where browsers don't say where a request comes from", async () => {
    const { page, context } = await newPage();
    await page.goto(`${at("daybook.test", world.server)}/sign-in?next=/account`);
    await fillSignIn(page, anne.email, password);
    await page.waitForURL("http://daybook.test:*/account");
    await context.close();
  });

  test("another site's form is refused with a page that says so", async () => {
    const { page, context } = await newPage();
    await enter(context, world.server.url, world.anne);
    await page.route("http://127.0.0.1:1/", (route) =>
      route.fulfill({
        contentType: "text/html",
        body: `<form method="post" action="${world.server.url}/account/name"><input name="name" value="Eve"><button>Win</button></form>`,
      }),
    );
    await page.goto("http://127.0.0.1:1/");
    await send(page, "Win");
    await page.getByRole("heading", { name: "This request came from another site" }).waitFor();
    await page.goto(`${world.server.url}/account`);
    expect(await page.getByText("Anne Wilson").count()).toBeGreaterThan(0);
    await context.close();
  });
});

const at = (host: string, { url }: Pick<TestServer, "url">): string => url.replace("127.0.0.1", host);
