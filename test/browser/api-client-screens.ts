/** Pages of API clients that api-clients.test.ts doesn't visit. */
import type { Page } from "playwright-core";
import type { Screen } from "./screen.ts";
import type { BrowserWorld } from "./world.ts";

const clients = "/v1/organizations/acme/api-clients";
let added = 0;

/** The id of a new one. */
async function newClient({ server }: BrowserWorld): Promise<string> {
  const expiresOn = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10);
  const wanted = { name: `Register sandbox ${++added}`, expiresOn, scopes: ["events:write"] };
  return String((await server.call("POST", clients, wanted)).body.id);
}

const visit = (page: Page, { server }: BrowserWorld, path: string): Promise<unknown> =>
  page.goto(`${server.url}/orgs/acme/api-clients/${path}`);

export const apiClientScreens: readonly Screen[] = [
  {
    name: "api-client-deleted",
    as: "anne",
    path: "/orgs/acme/api-clients",
    act: async (page, world) => {
      const id = await newClient(world);
      await world.server.call("DELETE", `${clients}/${id}`);
      await visit(page, world, id);
      await page.getByText("This API client is deleted").waitFor();
    },
  },
  {
    name: "api-client-rotated-already",
    as: "anne",
    path: "/orgs/acme/api-clients",
    act: async (page, world) => {
      await visit(page, world, `${await newClient(world)}/rotate`);
      await page.getByLabel("At once").check();
      await page.getByRole("button", { name: "Rotate token", exact: true }).click();
      await page.getByRole("heading", { name: "Token rotated" }).waitFor();
      await page.reload();
      await page.getByRole("heading", { name: "This token has already been rotated" }).waitFor();
    },
  },
];
