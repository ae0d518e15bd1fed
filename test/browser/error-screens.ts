/** The pages of errors. Some are planted: server/src/web/app/refuse.test.ts has the real ones. */
import { type Code, DaybookError } from "daybook";
import type { Page } from "playwright-core";
import { planting } from "./planting.ts";
import type { Screen } from "./screen.ts";
import type { BrowserWorld } from "./world.ts";

/** Opens a page that reads who needs to be set up, which fails. */
const failing =
  (error: Error) =>
  async (page: Page, { server }: BrowserWorld): Promise<void> => {
    const needsSetUp = (): Promise<never> => Promise.reject(error);
    await planting(server.services.signIn, { needsSetUp }, () => page.goto(server.url));
  };

const planted = (code: Code, retryAfter?: number): Error =>
  new DaybookError(code, retryAfter === undefined ? {} : { retryAfter });

export const errorScreens: readonly Screen[] = [
  { name: "errors", path: "/docs/errors" },
  { name: "api-reference", path: "/docs" },
  { name: "api-operation", path: "/docs/operations/addApiClient" },
  { name: "not-found", path: "/nowhere", status: 404 },
  { name: "not-found-signed-in", as: "anne", path: "/orgs/nowhere/nothing", status: 404 },
  { name: "not-allowed", as: "zoe", path: "/activity", status: 403 },
  { name: "not-a-page", as: "zoe", path: "/sign-out", status: 405 },
  {
    name: "too-long",
    path: "/sign-in",
    act: async (page) => {
      await page.getByLabel("Email address").fill("a".repeat(70_000));
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
      await page.getByRole("heading", { name: "The text is too long" }).waitFor();
    },
    status: 413,
  },
  {
    name: "too-many",
    path: "/sign-in",
    act: failing(planted("too-many-requests", 40)),
    status: 429,
  },
  { name: "failure", path: "/sign-in", act: failing(new Error("planted")), status: 500 },
  { name: "unavailable", path: "/sign-in", act: failing(planted("store-unavailable", 1)), status: 503 },
  { name: "openid-away", path: "/sign-in", act: failing(planted("openid-unavailable", 5)), status: 503 },
  { name: "openid-refused", path: "/sign-in", act: failing(planted("openid-refused")), status: 401 },
];
