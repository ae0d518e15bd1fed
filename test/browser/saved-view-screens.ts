/** Screens of saved views. */
import type { Page } from "playwright-core";
import { planting } from "./planting.ts";
import type { Screen } from "./screen.ts";
import type { BrowserWorld } from "./world.ts";

const path = "/orgs/acme/views";
const add = `${path}/add?q=-outcome:success&type=NEW_TEAM&actor=user:u_17&period=7d&view=table`;
const made = { version: 1, createdAt: 1_796_000_000_000_000n };
const views = [
  {
    id: "view_1",
    name: "My clients",
    forEveryone: false,
    search: { target: ["api_client:client_9"] },
    ...made,
  },
  {
    id: "view_2",
    name: "Everything that the developer portal recorded about keys and secrets since the audit",
    forEveryone: false,
    search: { q: "recorded-by:api_client:client_7 changed:/expiresOn", layout: "table" as const },
    ...made,
  },
  {
    id: "view_3",
    name: "Refused today",
    forEveryone: true,
    search: { outcome: ["denied" as const] },
    ...made,
  },
  { id: "view_4", name: "New owners", forEveryone: true, search: { q: "after:2026-01-01 OWNER" }, ...made },
  {
    id: "view_5",
    name: "Expiring clients",
    forEveryone: true,
    search: { type: ["API_CLIENT_EXPIRES_SOON"] },
    ...made,
  },
];

/** As if there were these. */
const withViews =
  (at: string) =>
  ({ server }: BrowserWorld, page: Page): Promise<unknown> =>
    planting(server.services.savedViews, { list: async () => views, view: async () => views[1]! }, () =>
      page.goto(server.url + at),
    );

const planted = (name: string, at: string): Screen => ({
  name,
  as: "anne",
  path,
  act: async (page, world) => void (await withViews(at)(world, page)),
});

export const savedViewScreens: readonly Screen[] = [
  { name: "views-empty", as: "anne", path },
  planted("views", path),
  planted("activity-views", "/orgs/acme/activity"),
  planted("activity-views-current", "/orgs/acme/activity?outcome=denied"),
  planted("activity-views-other", "/orgs/acme/activity?q=team"),
  { name: "view-save", as: "anne", path: add },
  {
    name: "view-save-wrong",
    as: "anne",
    path: `${path}/add?q=actor:"Grace`,
    act: (page) => page.getByRole("button", { name: "Save view", exact: true }).click(),
    status: 422,
  },
  planted("view-change", `${path}/view_2/change`),
  planted("view-delete", `${path}/view_3/delete`),
];
