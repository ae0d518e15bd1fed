/** The screens of an organization's pages, and of event types. */
import type { Page } from "playwright-core";
import { callAs, signedIn } from "../../server/src/api/testing/people.ts";
import type { Screen } from "./screen.ts";
import { type BrowserWorld, enter } from "./world.ts";

const send = (page: Page, name: string): Promise<void> =>
  page.getByRole("button", { name, exact: true }).click();

/** A member with that name and role. */
async function somebody(world: BrowserWorld, name: string, role: "DESIGNER" | "AUDITOR"): Promise<string> {
  const email = `${name.toLowerCase().replaceAll(" ", ".")}@acme.example`;
  const { cookie, user } = await signedIn(world.server, { email, name, organization: "acme", role });
  return role === "DESIGNER" ? cookie : user.id;
}

/** Opens that address as a designer. */
const asDesigner =
  (path: string) =>
  async (page: Page, world: BrowserWorld): Promise<void> => {
    const cookie = await somebody(world, "Dora Singh", "DESIGNER");
    await enter(page.context(), world.server.url, { cookie });
    await page.goto(world.server.url + path);
  };

/** The page of one member. */
const ofMember =
  (which: "role" | "remove") =>
  async (page: Page, world: BrowserWorld): Promise<void> => {
    const id = await somebody(world, "Odo Marsh", "AUDITOR");
    await page.goto(`${world.server.url}/orgs/acme/members/${id}/${which}`);
  };

/** The page of a member who is in a team, and did something. */
const ofPerson = async (page: Page, world: BrowserWorld): Promise<void> => {
  const dora = { email: "dora.singh@acme.example", name: "Dora Singh", organization: "acme" };
  const person = await signedIn(world.server, { ...dora, role: "DESIGNER" });
  const { id } = person.user;
  const teams = "/v1/organizations/acme/teams";
  const { body } = await world.server.call("POST", teams, { name: `Writers ${++made}`, role: "AUDITOR" });
  await world.server.call("PUT", `${teams}/${body.id}/members/${id}`);
  for (const name of ["Dora Singh-Marsh", "Dora Singh"])
    await callAs(world.server, person, "PATCH", "/v1/account", { name });
  await page.goto(`${world.server.url}/orgs/acme/people/${id}`);
};

/** The page of one team and its members: a new one each time. */
const ofTeam =
  (which: "" | "/change" | "/remove" | "/members/add", isEmpty = false) =>
  async (page: Page, world: BrowserWorld): Promise<void> => {
    const teams = "/v1/organizations/acme/teams";
    const odo = await somebody(world, "Odo Marsh", "AUDITOR");
    const { body } = await world.server.call("POST", teams, { name: `Reviewers ${++made}`, role: "AUDITOR" });
    if (!isEmpty) await world.server.call("PUT", `${teams}/${body.id}/members/${odo}`);
    await page.goto(`${world.server.url}/orgs/acme/teams/${body.id}${which}`);
  };

/** A download into the browser's own storage; one that must stay incomplete stops at its 250,000 events. */
const downloading = async (page: Page, isWhole: boolean): Promise<void> => {
  await page.addInitScript(`window.showSaveFilePicker = async ({ suggestedName }) =>
    (await navigator.storage.getDirectory()).getFileHandle(suggestedName, { create: true });`);
  if (!isWhole) await page.addInitScript(staying);
  await page.reload();
  await send(page, "Download logs");
};

const staying = `{
  const usual = window.fetch;
  window.fetch = async (address, options) => {
    if (options.redirect === "manual") return usual(address, options);
    const body = new ReadableStream({
      start(stream) {
        stream.enqueue(new TextEncoder().encode("AUTHOR,ORGANIZATION\\n" + "Anne,Acme\\n".repeat(250_000)));
        options.signal.addEventListener("abort", () => stream.error(options.signal.reason));
      },
    });
    return new Response(body, { headers: { "content-type": "text/csv" } });
  };
}`;

let made = 0;
let invited = 0;

export const organizationScreens: readonly Screen[] = [
  { name: "person-member", as: "anne", path: "/orgs/acme/members", act: ofPerson },
  { name: "settings", as: "anne", path: "/orgs/acme/settings" },
  { name: "viewer-sessions-none", as: "anne", path: "/orgs/globex/viewer-sessions" },
  {
    name: "viewer-sessions",
    as: "anne",
    path: "/orgs/acme/viewer-sessions",
    act: async (page, { server }) => {
      await server.call("POST", "/v1/viewer-sessions", {
        organization: "acme",
        role: "CONSUMER",
        viewer: { id: "customer-7", name: "Carol Price" },
        onlyTarget: { type: "api_client", id: "client_9" },
      });
      await page.reload();
      await page.getByText("Carol Price").first().waitFor();
    },
  },
  {
    name: "settings-formats",
    as: "anne",
    path: "/orgs/acme/settings",
    act: async (page) => {
      await page.getByText("Choose days, event types and a format").click();
      await page.getByLabel("NDJSON").check();
    },
  },
  {
    name: "settings-download",
    as: "anne",
    path: "/orgs/acme/settings/download?range=dates&from-day=31&from-month=2&from-year=2026&type=NEW_TEAM&actor=anne",
    status: 422,
  },
  {
    name: "settings-downloading",
    as: "anne",
    ownPage: true,
    path: "/orgs/acme/settings",
    act: async (page) => {
      await downloading(page, false);
      await page.getByText("Downloading: 250,000 events").waitFor();
    },
  },
  {
    name: "settings-download-cancelled",
    as: "anne",
    ownPage: true,
    path: "/orgs/acme/settings",
    act: async (page) => {
      await downloading(page, false);
      await page.getByRole("button", { name: "Cancel the download" }).click();
      await page.getByText("Download cancelled. No file was saved.").waitFor();
    },
  },
  {
    name: "settings-downloaded",
    as: "anne",
    ownPage: true,
    path: "/orgs/acme/settings",
    act: async (page) => {
      await downloading(page, true);
      await page.getByText("Saved as audit-log-acme-").waitFor();
    },
  },
  { name: "settings-designer", path: "/event-types", act: asDesigner("/orgs/acme/settings") },
  { name: "settings-details", as: "anne", path: "/orgs/acme/settings/details" },
  {
    name: "settings-details-meanwhile",
    as: "anne",
    path: "/orgs/acme/settings/details",
    act: async (page, world) => {
      const location = `Leeds ${Math.random()}`.slice(0, 9);
      await world.server.call("PATCH", "/v1/organizations/acme/settings", { location });
      await page.getByLabel("Location").fill("York");
      await send(page, "Save");
    },
    status: 412,
  },
  {
    name: "members",
    as: "anne",
    path: "/orgs/acme/members",
    act: async (page, world) => {
      await somebody(world, "Odo Marsh", "AUDITOR");
      await world.invite(`guest-${++invited}@acme.example`, "CONSUMER");
      await page.reload();
    },
  },
  { name: "members-not-found", as: "anne", path: "/orgs/acme/members?q=nobody" },
  { name: "member-role", as: "anne", path: "/orgs/acme/members", act: ofMember("role") },
  { name: "member-remove", as: "anne", path: "/orgs/acme/members", act: ofMember("remove") },
  { name: "leave-only-owner", as: "anne", path: "/orgs/acme/leave" },
  { name: "leave", path: "/event-types", act: asDesigner("/orgs/acme/leave") },
  {
    name: "invite-wrong",
    as: "anne",
    path: "/orgs/acme/members/invite",
    act: async (page) => {
      await page.getByLabel("Email address").fill("guest@");
      await send(page, "Create invitation");
    },
    status: 422,
  },
  {
    name: "invite-made",
    as: "anne",
    path: "/orgs/acme/members/invite",
    act: async (page) => {
      await page.getByLabel("Email address").fill(`made-${++invited}@acme.example`);
      await page.getByLabel("Auditor").check();
      await send(page, "Create invitation");
    },
    status: 201,
  },
  { name: "teams-none", as: "anne", path: "/orgs/globex/teams" },
  {
    name: "teams",
    as: "anne",
    path: "/orgs/acme/teams",
    act: async (page, world) => {
      await ofTeam("")(page, world);
      const long = { name: `${"Ünternehmens­weite Zusammenarbeit ".repeat(4)}${++made}` };
      await world.server.call("POST", "/v1/organizations/acme/teams", long);
      await page.getByRole("link", { name: "Teams", exact: true }).first().click();
      await page.waitForURL(/\/teams$/);
    },
  },
  { name: "team", as: "anne", path: "/orgs/acme/teams", act: ofTeam("") },
  { name: "team-empty", as: "anne", path: "/orgs/acme/teams", act: ofTeam("", true) },
  { name: "team-members-add", as: "anne", path: "/orgs/acme/teams", act: ofTeam("/members/add") },
  {
    name: "team-members-add-wrong",
    as: "anne",
    path: "/orgs/acme/teams",
    act: async (page, world) => {
      await ofTeam("/members/add")(page, world);
      await send(page, "Add to team");
    },
    status: 422,
  },
  { name: "team-change", as: "anne", path: "/orgs/acme/teams", act: ofTeam("/change") },
  { name: "team-remove", as: "anne", path: "/orgs/acme/teams", act: ofTeam("/remove") },
  {
    name: "team-add-wrong",
    as: "anne",
    path: "/orgs/acme/teams/add",
    act: (page) => send(page, "Add team"),
    status: 422,
  },
  {
    name: "organizations",
    as: "anne",
    path: "/orgs",
    act: async (page, world) => {
      const closed = { slug: `closed-${++made}`, name: "Closed long ago" };
      await world.server.call("POST", "/v1/organizations", closed);
      await world.server.call("POST", `/v1/organizations/${closed.slug}/close`);
      await page.reload();
    },
  },
  {
    name: "organization-closed",
    as: "anne",
    path: "/orgs",
    act: async (page, { server }) => {
      const closed = { slug: `closed-${++made}`, name: "Closed long ago" };
      await server.call("POST", "/v1/organizations", closed);
      await server.call("POST", `/v1/organizations/${closed.slug}/close`);
      await page.goto(`${server.url}/orgs/${closed.slug}/settings`);
      await page.getByText("This organization is closed").waitFor();
    },
  },
  { name: "organizations-not-found", as: "anne", path: "/orgs?q=nothing%20like%20it" },
  { name: "organization-close", as: "anne", path: "/orgs/acme/settings/close" },
  {
    name: "organization-close-wrong",
    as: "anne",
    path: "/orgs/acme/settings/close",
    act: (page) => send(page, "Close organization"),
    status: 422,
  },
  { name: "organizations-own", path: "/event-types", act: asDesigner("/orgs") },
  { name: "organizations-none", as: "zoe", path: "/orgs" },
  { name: "organization-add", as: "anne", path: "/orgs/add" },
  {
    name: "organization-add-wrong",
    as: "anne",
    path: "/orgs/add",
    act: (page) => send(page, "Add organization"),
    status: 422,
  },
  { name: "event-types", path: "/event-types" },
  { name: "event-type", path: "/event-types?type=API_CLIENT_REVOKED" },
  { name: "event-types-organization", as: "anne", path: "/orgs/acme/event-types" },
  { name: "event-type-organization", as: "anne", path: "/orgs/acme/event-types?type=AUDIT_LOG_DOWNLOADED" },
  { name: "event-type-many-fields", as: "anne", path: "/event-types?type=FORK_API" },
];
