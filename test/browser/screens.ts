/** Every page and state to check: by axe in each theme and width, and by people as pictures. A new page adds rows here. */
import type { Page } from "playwright-core";
import { signedIn } from "../../server/src/api/testing/people.ts";
import { apiClientScreens } from "./api-client-screens.ts";
import { errorScreens } from "./error-screens.ts";
import { eventScreens } from "./event-screens.ts";
import { factorScreens } from "./factor-screens.ts";
import { operatorScreens } from "./operator-screens.ts";
import { operatorTokenScreens } from "./operator-token-screens.ts";
import { organizationScreens } from "./organization-screens.ts";
import { personalTokenScreens } from "./personal-token-screens.ts";
import { planting } from "./planting.ts";
import { savedViewScreens } from "./saved-view-screens.ts";
import type { Screen } from "./screen.ts";
import { anne, type BrowserWorld, enter, password } from "./world.ts";

const send = (page: Page, name: string): Promise<void> =>
  page.getByRole("button", { name, exact: true }).click();

/** Opens an invitation for that address through its link. */
const openInvitation =
  (email: string) =>
  async (page: Page, world: BrowserWorld): Promise<void> => {
    await page.goto(`${world.server.url}/invitation#${await world.invite(email)}`);
    await page.waitForURL(`${world.server.url}/invitation`);
    await page.getByRole("heading", { name: "Join Acme" }).waitFor();
  };

const teamCreated = (name: string): object => ({
  type: "NEW_TEAM",
  actor: { type: "user", id: "u_17", name: "Anne Wilson" },
  targets: [{ type: "team", id: "t_1", name }],
  data: { teamId: "t_1", team: name },
});

/** Opens an invitation for a person with an account, signed in or not. */
const openKnown =
  (isSignedIn: boolean) =>
  async (page: Page, world: BrowserWorld): Promise<void> => {
    const email = `known-${++invited}@elsewhere.example`;
    const person = await signedIn(world.server, { email, name: "Carol Price" });
    if (isSignedIn) await enter(page.context(), world.server.url, person);
    await openInvitation(email)(page, world);
  };

let invited = 0;

export const screens: readonly Screen[] = [
  { name: "set-up", path: "/set-up", fresh: true },
  {
    name: "set-up-wrong",
    path: "/set-up",
    fresh: true,
    act: async (page, world) => {
      await page.getByLabel("Set-up code").fill((await world.fresh()).code);
      await page.getByLabel("Your name").fill("Anne Wilson");
      await page.getByLabel("Email address").fill("anne@acme.example");
      await page.getByLabel("Password", { exact: true }).fill("short");
      await send(page, "Set up");
    },
    status: 422,
  },
  { name: "set-up-done", path: "/set-up" },
  { name: "sign-in", path: "/sign-in" },
  {
    name: "sign-in-wrong",
    path: "/sign-in",
    act: async (page) => {
      await page.getByLabel("Email address").fill(anne.email);
      await page.getByLabel("Password", { exact: true }).fill("not the password");
      await send(page, "Sign in");
    },
    status: 401,
  },
  {
    name: "sign-in-provider",
    path: "/sign-in",
    act: (page, { server }) =>
      planting(server.services.signIn, { ways: { passwords: true, openid: true } }, () => page.reload()),
  },
  {
    name: "signed-out",
    path: "/sign-in",
    act: async (page, { server }) => {
      await page.getByLabel("Email address").fill(anne.email);
      await page.getByLabel("Password", { exact: true }).fill(password);
      await send(page, "Sign in");
      await page.waitForURL((url) => url.pathname !== "/sign-in");
      await page.goto(`${server.url}/account`);
      await page.getByText("Account: Anne Wilson").click();
      await send(page, "Sign out");
    },
  },
  {
    name: "signing-out-at-provider",
    path: "/sign-in",
    // it continues without a click: this response leaves the page as it is
    act: async (page, { server }) => {
      await page.route("**/sign-out/openid", (route) => route.fulfill({ status: 204 }), { times: 1 });
      await page.context().addCookies([{ name: "daybook-signing-out", value: "planted", url: server.url }]);
      const led = page.waitForResponse("**/sign-out/openid");
      await page.goto(`${server.url}/signed-out`);
      await led;
    },
    status: 204,
  },
  { name: "choose-password", path: "/password" },
  { name: "invitation-link", path: "/invitation" },
  {
    name: "invitation-link-wrong",
    path: "/invitation",
    act: async (page) => {
      await page.getByLabel("Link of the invitation").fill("https://daybook.example/invitation#dbk_nonsense");
      await send(page, "Continue");
    },
    status: 404,
  },
  {
    name: "invitation-new",
    path: "/invitation",
    act: (page, world) => openInvitation(`new-${++invited}@acme.example`)(page, world),
  },
  { name: "invitation-sign-in", path: "/invitation", act: openKnown(false) },
  { name: "invitation-accept", path: "/invitation", act: openKnown(true) },
  {
    name: "invitation-other-account",
    as: "anne",
    path: "/invitation",
    act: (page, world) => openInvitation(`other-${++invited}@acme.example`)(page, world),
  },
  { name: "start-empty", as: "zoe", path: "/" },
  { name: "account", as: "anne", path: "/account" },
  {
    name: "account-menu",
    as: "anne",
    path: "/account",
    act: (page) => page.getByText("Account: Anne Wilson").click(),
  },
  { name: "account-name", as: "anne", path: "/account/name" },
  {
    name: "account-name-wrong",
    as: "anne",
    path: "/account/name",
    act: async (page) => {
      await page.getByLabel("Name").fill("");
      await send(page, "Save");
    },
    status: 422,
  },
  { name: "account-password", as: "anne", path: "/account/password" },
  { name: "account-display", as: "anne", path: "/account/display" },
  ...factorScreens,
  ...operatorScreens,
  ...operatorTokenScreens,
  ...personalTokenScreens,
  ...savedViewScreens,
  { name: "activity", as: "anne", path: "/orgs/globex/activity" },
  {
    name: "activity-unfolded",
    as: "anne",
    path: "/orgs/globex/activity",
    act: async (page) => {
      await page.getByText("14 drafts saved").click();
      await page.getByText(/^And 2 more of the same act/).click();
      await page.getByText("Filter", { exact: true }).click();
    },
  },
  {
    name: "activity-day",
    as: "anne",
    path: "/orgs/globex/activity?period=7d",
    act: async (page) => {
      await page.getByRole("link", { name: /^15 events on / }).click();
      await page.waitForURL(/from=/);
      await page
        .getByRole("link", { name: / events? on .* from / })
        .first()
        .focus();
      await page.getByText("As curl").click();
    },
  },
  {
    name: "activity-live",
    as: "anne",
    path: "/orgs/acme/activity?type=NEW_TEAM",
    act: async (page, { server }) => {
      await server.call("POST", "/v1/organizations/acme/events", teamCreated("Writers"));
      await page.getByRole("link", { name: "1 new event", exact: true }).waitFor();
      await page.getByRole("button", { name: "Pause" }).click();
    },
  },
  {
    name: "activity-far-back",
    as: "anne",
    path: "/activity",
    act: async (page, { server }) => {
      await server.call("POST", "/v1/organizations", { slug: "initech", name: "Initech" });
      // long ago: the newest events of all organizations stay the same
      const occurredAt = "2024-05-01T12:00:00Z";
      const events = Array.from({ length: 80 }, (_, n) => ({ ...teamCreated(`Team ${n}`), occurredAt }));
      await server.call("POST", "/v1/organizations/initech/events", { events });
      await page.goto(`${server.url}/orgs/initech/activity?view=table`);
      for (const further of [/cursor=/, /trail=/]) {
        await page.getByRole("link", { name: "Older page" }).click();
        await page.waitForURL(further);
      }
    },
  },
  { name: "activity-all", as: "anne", path: "/activity" },
  {
    name: "activity-filtered",
    as: "anne",
    path: "/orgs/globex/activity?type=API_CLIENT_REVOKED&type=API_CLIENT_UPDATED&actor=user:u_17&period=30d",
  },
  { name: "activity-table", as: "anne", path: "/activity?view=table" },
  {
    name: "activity-table-open",
    as: "anne",
    path: "/orgs/globex/activity?view=table",
    act: async (page) => {
      await page.getByRole("button", { name: "Keyboard shortcuts" }).waitFor();
      await page.getByRole("link", { name: "API client updated at a glance" }).click();
      await page.getByRole("button", { name: "Open event" }).waitFor();
    },
  },
  { name: "activity-split", as: "anne", path: "/orgs/globex/activity?split=outcome&view=table" },
  { name: "activity-split-by-type", as: "anne", path: "/orgs/globex/activity?split=type" },
  {
    name: "activity-suggestions",
    as: "anne",
    path: "/orgs/globex/activity",
    act: async (page) => {
      const box = page.getByRole("combobox", { name: "Search", exact: true });
      await box.waitFor();
      await box.pressSequentially("an");
      await page.getByRole("option", { name: /^Anne Wilson/ }).waitFor();
      await box.press("ArrowDown");
    },
  },
  {
    name: "activity-keys",
    as: "anne",
    path: "/orgs/globex/activity?view=table",
    act: (page) => page.getByRole("button", { name: "Keyboard shortcuts" }).click(),
  },
  { name: "activity-unreadable", as: "anne", path: "/orgs/globex/activity?q=after:yesterday" },
  { name: "activity-meant", as: "anne", path: "/orgs/globex/activity?q=types:API_SAVED" },
  { name: "activity-of-target", as: "anne", path: "/orgs/globex/targets/api_client/client_9" },
  { name: "activity-of-actor", as: "anne", path: "/orgs/globex/actors/user/u_17" },
  { name: "person", as: "anne", path: "/orgs/globex/people/u_17" },
  { name: "person-unknown", as: "anne", path: "/orgs/globex/people/nobody" },
  { name: "activity-wrong", as: "anne", path: "/orgs/globex/activity?actor=Anne&from=yesterday&page=2" },
  {
    name: "activity-behind",
    as: "anne",
    path: "/orgs/globex/activity?q=sandbox",
    act: (page, { server: { services } }) => {
      const { events } = services.search;
      const behind: typeof events = async (...query) => ({
        ...(await events(...query)),
        searched: { upTo: null, behind: 1_200 },
      });
      return planting(services.search, { events: behind }, () => page.reload());
    },
  },
  { name: "activity-nothing", as: "anne", path: "/orgs/globex/activity?outcome=failed" },
  {
    name: "event",
    as: "anne",
    path: "/orgs/globex/activity?type=API_CLIENT_UPDATED",
    act: (page) => page.getByRole("link", { name: "Details of API client updated" }).first().click(),
  },
  {
    name: "event-long",
    as: "anne",
    path: "/orgs/globex/activity?type=ORGANIZATION_CHANGE",
    act: async (page) => {
      await page.getByRole("link", { name: "Details of Organization changed" }).first().click();
      await page.getByText("As JSON").click();
      await page.getByText("As curl").click();
    },
  },
  {
    name: "event-hostile",
    as: "anne",
    path: "/orgs/globex/activity?type=API_CLIENT_DELETED",
    act: (page) => page.getByRole("link", { name: "Details of API client deleted" }).first().click(),
  },
  { name: "frame-opening", path: "/view" },
  { name: "frame-ended", path: "/view/viewer_0/orgs/globex/activity", status: 401 },
  {
    name: "frame-activity",
    path: "/view",
    act: async (page, { server }) => {
      const { body } = await server.call("POST", "/v1/viewer-sessions", {
        organization: "globex",
        role: "CONSUMER",
        viewer: { id: "customer-7", name: "Carol Price" },
        onlyTarget: { type: "api_client", id: "client_9" },
      });
      await page.goto(String(body.url));
      await page.waitForURL(/\/targets\/api_client\/client_9$/);
    },
  },
  ...eventScreens,
  ...apiClientScreens,
  ...organizationScreens,
  ...errorScreens,
  { name: "gallery", path: "/gallery" },
];
