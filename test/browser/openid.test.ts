/** Signing in through an identity provider in a real browser, with the provider's own pages, with and without scripts. */
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openServer, type TestServer } from "../../server/src/api/testing/open-server.ts";
import { signedIn } from "../../server/src/api/testing/people.ts";
import { type Provider, startProvider } from "../support/operations-provider.ts";
import { freePort } from "../support/server-process.ts";
import { isMissing, openWindow } from "./chromium.ts";
import { anne } from "./world.ts";

/** A person whose address the provider has not verified. */
const mallory = { email: anne.email, email_verified: false, name: "Mallory" };

let provider: Provider;
let server: TestServer;
beforeAll(async () => {
  if (isMissing) return;
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  provider = await startProvider([publicUrl], { mallory });
  server = await openServer({ port, publicUrl, openid: provider.openid });
  const code = (await server.services.signIn.offerSetUp())?.code;
  await server.call("POST", "/v1/set-up", { code, ...anne }, { cookie: "" });
  await server.call("POST", "/v1/organizations", { slug: "acme", name: "Acme" });
});
afterAll(() => provider?.stop());

async function newPage(javaScriptEnabled: boolean): Promise<{ page: Page; context: BrowserContext }> {
  const { context } = await openWindow({ javaScriptEnabled });
  return { page: await context.newPage(), context };
}

const toProvider = (page: Page): Promise<void> =>
  page.getByRole("button", { name: "Sign in with your organization\u2019s account" }).click();

/** Through the provider's forms, up to its redirect. */
async function enterAs(page: Page, login: string): Promise<void> {
  await page.getByPlaceholder("Enter any login").fill(login);
  await page.getByPlaceholder("and password").fill("any");
  await page.getByRole("button", { name: "Sign-in" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
}

const atHome = (page: Page): Promise<void> => page.waitForURL((url) => url.origin === server.url);

describe.skipIf(isMissing).each([
  ["with scripts", true],
  ["without scripts", false],
] as const)("%s", (_name, scripts) => {
  test("who has a place here is signed in, where they were going", async () => {
    const { login, email, name } = provider.newLogin();
    await signedIn(server, { email, name, organization: "acme" });
    const { page, context } = await newPage(scripts);
    await page.goto(`${server.url}/orgs/acme/members`);
    await toProvider(page);
    await page.waitForURL((url) => url.origin !== server.url);
    await enterAs(page, login);
    await page.waitForURL(`${server.url}/orgs/acme/members`);
    await page.getByRole("heading", { level: 1, name: "Members" }).waitFor();
    expect(await page.getByText(email).count()).toBeGreaterThan(0);
    await context.close();
  });

  test("who signs out is signed out there too, once they say so, and comes back", async () => {
    const { login } = provider.newLogin();
    const { page, context } = await newPage(scripts);
    await page.goto(`${server.url}/account`);
    await toProvider(page);
    await enterAs(page, login);
    await page.waitForURL(`${server.url}/account`);
    await page.locator("summary", { hasText: "Account" }).click();
    await page.getByRole("button", { name: "Sign out", exact: true }).click();
    await page.getByRole("button", { name: "Yes, sign me out" }).click();
    await page.waitForURL(`${server.url}/sign-in`);
    expect(await page.getByRole("main").innerText()).toContain("You are signed out, here and of your");
    await toProvider(page);
    await page.getByPlaceholder("Enter any login").waitFor();
    await context.close();
  });

  test("whom nobody here knows yet is signed in, and told what to do next", async () => {
    const { login } = provider.newLogin();
    const { page, context } = await newPage(scripts);
    await page.goto(server.url);
    await toProvider(page);
    await enterAs(page, login);
    await page.waitForURL(`${server.url}/orgs`);
    await page.getByText("There are no organizations that you can see.").waitFor();
    await context.close();
  });

  test("who cancels there is told so, and can start again", async () => {
    const { page, context } = await newPage(scripts);
    await page.goto(`${server.url}/sign-in?next=/account`);
    await toProvider(page);
    await page.getByRole("link", { name: "Cancel" }).click();
    await atHome(page);
    await page.getByRole("heading", { level: 1, name: "You could not be signed in" }).waitFor();
    expect(await page.getByRole("main").innerText()).toContain(
      "The identity provider refused the sign-in, or you cancelled it.",
    );
    expect(await page.title()).toBe("You could not be signed in - Daybook");
    await page.getByRole("button", { name: "Go to the sign-in page" }).click();
    // the page to continue with is still known
    await page.waitForURL(`${server.url}/sign-in?next=%2Faccount`);
    await toProvider(page);
    await enterAs(page, provider.newLogin().login);
    await page.waitForURL(`${server.url}/account`);
    await context.close();
  });

  test("whose address the provider doesn't vouch for is refused, and signed in as nobody", async () => {
    const { page, context } = await newPage(scripts);
    await page.goto(`${server.url}/sign-in`);
    await toProvider(page);
    await enterAs(page, "mallory");
    await page.getByRole("heading", { level: 1, name: "You could not be signed in" }).waitFor();
    const main = await page.getByRole("main").innerText();
    expect(main).toContain("no verified email address for you");
    expect(main).not.toContain(anne.email);
    await page.goto(`${server.url}/account`);
    expect(page.url()).toBe(`${server.url}/sign-in?next=%2Faccount`);
    await context.close();
  });
});
