/** The pages of an organization, and of the event types, that are looked at. */
import type { Page } from "playwright-core";
import { signedIn } from "../../server/src/api/testing/people.ts";
import type { Screen } from "./screens.ts";
import { enter, type World } from "./world.ts";

const send = (page: Page, name: string): Promise<void> =>
  page.getByRole("button", { name, exact: true }).click();

/** Somebody of that name and role among the members. */
async function somebody(world: World, name: string, role: "DESIGNER" | "AUDITOR"): Promise<string> {
  const email = `${name.toLowerCase().replaceAll(" ", ".")}@acme.example`;
  const { cookie, user } = await signedIn(world.server, { email, name, organization: "acme", role });
  return role === "DESIGNER" ? cookie : user.id;
}

/** Looks at that address as a designer. */
const asDesigner =
  (path: string) =>
  async (page: Page, world: World): Promise<void> => {
    const cookie = await somebody(world, "Dora Singh", "DESIGNER");
    await enter(page.context(), world.server.url, { cookie });
    await page.goto(world.server.url + path);
  };

/** The page of one member. */
const ofMember =
  (which: "role" | "remove") =>
  async (page: Page, world: World): Promise<void> => {
    const id = await somebody(world, "Odo Marsh", "AUDITOR");
    await page.goto(`${world.server.url}/orgs/acme/members/${id}/${which}`);
  };

let invited = 0;

export const organizationScreens: readonly Screen[] = [
  { name: "settings", as: "anne", path: "/orgs/acme/settings" },
  {
    name: "settings-download",
    as: "anne",
    path: "/orgs/acme/settings/download?range=dates&from-day=31&from-month=2&from-year=2026",
    status: 422,
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
      await send(page, "Make invitation");
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
      await send(page, "Make invitation");
    },
    status: 201,
  },
  { name: "event-types", path: "/event-types" },
  { name: "event-type", path: "/event-types/API_CLIENT_REVOKED" },
  { name: "event-type-many-fields", as: "anne", path: "/event-types/FORK_API" },
];
