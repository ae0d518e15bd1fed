/** Screens of second factors, and of confirming one's identity. */
import type { Page } from "playwright-core";
import { planting } from "./planting.ts";
import type { Screen } from "./screen.ts";
import type { BrowserWorld } from "./world.ts";

const one = "/account/second-factor";
const send = (page: Page, name: string): Promise<void> =>
  page.getByRole("button", { name, exact: true }).click();

/** As if the person had one. */
const withFactor =
  (path: string) =>
  ({ server }: BrowserWorld, page: Page): Promise<unknown> => {
    const own = async () => ({ kind: "TOTP" as const, addedAt: 1n, recoveryCodes: 9 });
    return planting(server.services.signIn.factors, { own }, () => page.goto(server.url + path));
  };

/** As if a password had been entered. */
const half = ({ server }: BrowserWorld, page: Page): Promise<unknown> =>
  planting(server.services.signIn, { isHalfSession: async () => true }, () =>
    page.goto(`${server.url}/sign-in/code`),
  );

const recoveryCodes = Array.from({ length: 10 }, (_, i) => `acde-fghj-kmnp-qrs${"acdefghjkm"[i]}`);

export const factorScreens: readonly Screen[] = [
  { name: "second-factor-add", as: "anne", path: `${one}/add` },
  {
    name: "second-factor-add-wrong",
    as: "anne",
    path: `${one}/add`,
    act: async (page) => {
      await page.getByLabel("Code", { exact: true }).fill("000000");
      await send(page, "Add");
    },
    status: 422,
  },
  {
    name: "second-factor-added",
    as: "anne",
    path: `${one}/add`,
    act: async (page, { server }) => {
      await planting(server.services.signIn.factors, { add: async () => ({ recoveryCodes }) }, async () => {
        await send(page, "Add");
        await page.getByText("I have saved them").waitFor();
      });
    },
  },
  {
    name: "account-second-factor",
    as: "anne",
    path: "/account",
    act: async (page, world) => void (await withFactor("/account")(world, page)),
  },
  {
    name: "second-factor-codes",
    as: "anne",
    path: "/account",
    act: async (page, world) => void (await withFactor(`${one}/recovery-codes`)(world, page)),
  },
  {
    name: "second-factor-remove",
    as: "anne",
    path: "/account",
    act: async (page, world) => void (await withFactor(`${one}/remove`)(world, page)),
  },
  {
    name: "sign-in-code",
    path: "/sign-in",
    act: async (page, world) => void (await half(world, page)),
  },
  {
    name: "sign-in-code-wrong",
    path: "/sign-in",
    act: async (page, world) => {
      await half(world, page);
      await page.getByLabel("Code").fill("000000");
      await send(page, "Sign in");
    },
    status: 401,
  },
  { name: "reauthenticate", as: "anne", path: "/reauthenticate?next=/account" },
  {
    name: "reauthenticate-wrong",
    as: "anne",
    path: "/reauthenticate?next=/account",
    act: async (page) => {
      await page.getByLabel("Password", { exact: true }).fill("not the password");
      await send(page, "Confirm");
    },
    status: 422,
  },
  { name: "reauthenticate-provider", as: "zoe", path: "/reauthenticate?next=/account" },
];
