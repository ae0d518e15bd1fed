/** From an invitation's link to membership, in a real browser, with and without scripts. */
import type { BrowserContext, Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { signedIn } from "../../server/src/api/testing/people.ts";
import { isMissing, openWindow } from "./chromium.ts";
import { type BrowserWorld, enter, openWorld, password } from "./world.ts";

let world: BrowserWorld;
beforeAll(async () => {
  if (!isMissing) world = await openWorld();
});

const send = (page: Page, name: string): Promise<void> =>
  page.getByRole("button", { name, exact: true }).click();

describe.skipIf(isMissing).each([
  ["with scripts", true],
  ["without scripts", false],
] as const)("%s", (_name, scripts) => {
  /** Opens a link as in a mail; without scripts, the code must be pasted. */
  async function open(token: string): Promise<{ page: Page; context: BrowserContext }> {
    const { context } = await openWindow({ javaScriptEnabled: scripts });
    const page = await context.newPage();
    const link = `${world.server.url}/invitation#${token}`;
    await page.goto(link);
    if (!scripts) {
      await page.getByLabel("Link of the invitation").fill(link);
      await send(page, "Continue");
    }
    return { page, context };
  }

  const rolesOf = async (email: string): Promise<string[]> => {
    const { body } = await world.server.call("GET", "/v1/organizations/acme/members");
    const members = body.members as { role: string; user: { email: string } }[];
    return members.filter(({ user }) => user.email === email).map(({ role }) => role);
  };

  test("who has no account makes one and is a member", async () => {
    const email = `bob-${scripts}@acme.example`;
    const { page, context } = await open(await world.invite(email, "AUDITOR"));
    await page.getByRole("heading", { name: "Join Acme" }).waitFor();
    expect(page.url()).toBe(`${world.server.url}/invitation`);
    expect(await page.getByText("Auditor", { exact: false }).count()).toBeGreaterThan(0);
    await page.getByLabel("Your name").fill("Bob Marsh");
    await page.getByLabel("Password", { exact: true }).fill(email);
    await send(page, "Accept invitation");
    expect(await page.title()).toBe("Error: Invitation - Daybook");
    expect(await page.getByRole("alert").innerText()).toContain("neither your email address nor your name");
    expect(await page.getByLabel("Your name").inputValue()).toBe("Bob Marsh");
    await page.getByLabel("Password", { exact: true }).fill(password);
    await send(page, "Accept invitation");
    await page.waitForURL((url) => !url.pathname.startsWith("/invitation"));
    expect(await rolesOf(email)).toEqual(["AUDITOR"]);
    // the link is used up
    await page.goto(`${world.server.url}/invitation`);
    await page.getByRole("heading", { name: "Open your invitation" }).waitFor();
    await context.close();
  });

  test("who has an account signs in and accepts", async () => {
    const email = `carol-${scripts}@elsewhere.example`;
    const { page, context } = await open(await world.invite(email));
    await page.getByRole("heading", { name: "Join Acme" }).waitFor();
    // they made an account elsewhere meanwhile
    const carol = await signedIn(world.server, { email, name: "Carol" });
    await page.reload();
    await page.getByRole("button", { name: "Sign in to accept" }).click();
    await page.waitForURL((url) => url.pathname === "/sign-in");
    expect(new URL(page.url()).searchParams.get("next")).toBe("/invitation");
    await enter(context, world.server.url, carol);
    await page.reload();
    await page.waitForURL(`${world.server.url}/invitation`);
    await send(page, "Accept invitation");
    await page.waitForURL((url) => !url.pathname.startsWith("/invitation"));
    expect(await rolesOf(email)).toEqual(["DESIGNER"]);
    await context.close();
  });

  test("who is signed in with another address is told so", async () => {
    const { page, context } = await open(await world.invite(`dave-${scripts}@acme.example`));
    await page.getByRole("heading", { name: "Join Acme" }).waitFor();
    await enter(context, world.server.url, world.zoe);
    await page.reload();
    await page.getByText("This invitation is for a different email address").waitFor();
    expect(await page.getByRole("button", { name: "Accept invitation" }).count()).toBe(0);
    await context.close();
  });

  test("a link that is no invitation's is refused where it is pasted", async () => {
    const { context } = await openWindow({ javaScriptEnabled: scripts });
    const page = await context.newPage();
    await page.goto(`${world.server.url}/invitation`);
    await page
      .getByLabel("Link of the invitation")
      .fill("https://daybook.example/invitation#dbk_invite_nonsense");
    await send(page, "Continue");
    expect(await page.getByRole("alert").innerText()).toContain("There is no such invitation.");
    expect(await page.title()).toBe("Error: Open your invitation - Daybook");
    await context.close();
  });
});
