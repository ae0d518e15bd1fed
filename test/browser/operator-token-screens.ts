/** Screens of the operator token. */
import type { Page } from "playwright-core";
import { planting } from "./planting.ts";
import type { Screen } from "./screen.ts";
import type { BrowserWorld } from "./world.ts";

const path = "/operator-token";
const token = "dbk_operator_0nly4nExampl3thatOpensNothingAtAll0000000000000";

/** As if no variable set the token. */
const replaceable =
  (at: string, act: (page: Page) => Promise<void> = async () => {}) =>
  ({ server }: BrowserWorld, page: Page): Promise<void> =>
    planting(
      server.services.operatorToken,
      { isConfigured: false, since: async () => 1_796_000_000_000_000n, replace: async () => token },
      async () => {
        await page.goto(server.url + at);
        await act(page);
      },
    );

export const operatorTokenScreens: readonly Screen[] = [
  { name: "operator-token-configured", as: "anne", path },
  { name: "operator-token", as: "anne", path, act: (page, world) => replaceable(path)(world, page) },
  {
    name: "operator-token-replace",
    as: "anne",
    path,
    act: (page, world) => replaceable(`${path}/replace`)(world, page),
  },
  {
    name: "operator-token-replaced",
    as: "anne",
    path,
    act: (page, world) =>
      replaceable(`${path}/replace`, async () => {
        await page.getByRole("button", { name: "Replace the token", exact: true }).click();
        await page.getByText("It is not shown again").waitFor();
      })(world, page),
  },
];
