/** Screens of personal tokens. */
import type { Page } from "playwright-core";
import { planting } from "./planting.ts";
import type { Screen } from "./screen.ts";
import type { BrowserWorld } from "./world.ts";

const path = "/account/tokens/add";
const send = (page: Page): Promise<void> =>
  page.getByRole("button", { name: "Add token", exact: true }).click();

const nightly = {
  id: "token_export",
  name: "Nightly export",
  prefix: "dbk_pat_0nly4n",
  createdAt: 1_796_000_000_000_000n,
  expiresOn: "2027-05-31",
  lastUsedOn: "2026-11-28",
};
const unused = {
  ...nightly,
  id: "token_unused",
  name: "A script with a long name that says which team looks after it and what it is for",
  prefix: "dbk_pat_Exampl",
  lastUsedOn: null,
};
const token = "dbk_pat_0nly4nExampl3thatOpensNothingAtAll0000000000000000";

/** As if the person had these. */
const withTokens =
  (at: string) =>
  ({ server }: BrowserWorld, page: Page): Promise<unknown> =>
    planting(server.services.signIn.tokens, { list: async () => [nightly, unused] }, () =>
      page.goto(server.url + at),
    );

export const personalTokenScreens: readonly Screen[] = [
  {
    name: "account-tokens",
    as: "anne",
    path: "/account",
    act: async (page, world) => void (await withTokens("/account")(world, page)),
  },
  { name: "token-add", as: "anne", path },
  {
    name: "token-add-wrong",
    as: "anne",
    path,
    act: async (page) => {
      await page.getByLabel("Day", { exact: true }).fill("31");
      await send(page);
    },
    status: 422,
  },
  {
    name: "token-added",
    as: "anne",
    path,
    act: async (page, { server }) => {
      const add = async () => ({ ...nightly, token });
      await planting(server.services.signIn.tokens, { add }, async () => {
        await send(page);
        await page.getByText("It is not shown again").waitFor();
      });
    },
  },
  {
    name: "token-end",
    as: "anne",
    path: "/account",
    act: async (page, world) => void (await withTokens("/account/tokens/token_export/end")(world, page)),
  },
];
