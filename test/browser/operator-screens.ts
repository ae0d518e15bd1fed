/** Screens of operators: the list, adding, removing. */
import type { Page } from "playwright-core";
import type { Screen } from "./screen.ts";
import type { BrowserWorld } from "./world.ts";

let made = 0;
const send = (page: Page, name: string): Promise<void> =>
  page.getByRole("button", { name, exact: true }).click();

/** Opens a page of an operator who can't sign in yet. */
const ofNew =
  (which: "link" | "remove") =>
  async (page: Page, { server }: BrowserWorld): Promise<void> => {
    const body = { email: `odo.marsh-${++made}@daybook.example`, name: "Odo Marsh" };
    const { operator } = (await server.call("POST", "/v1/operators", body)).body;
    await page.goto(`${server.url}/operators/${operator.id}/${which}`);
  };

export const operatorScreens: readonly Screen[] = [
  {
    name: "operators",
    as: "anne",
    path: "/operators",
    act: async (page, { server }) => {
      const body = { email: "a.rather.long.address@department.company.example", name: "Olive Hart" };
      await server.call("POST", "/v1/operators", body);
      await page.reload();
    },
  },
  {
    name: "operator-add-wrong",
    as: "anne",
    path: "/operators/add",
    act: (page) => send(page, "Add operator"),
    status: 422,
  },
  {
    name: "operator-added",
    as: "anne",
    path: "/operators/add",
    act: async (page) => {
      await page.getByLabel("Email address").fill(`added-${++made}@daybook.example`);
      await send(page, "Add operator");
      await page.getByText("This is the only time").waitFor();
    },
    status: 201,
  },
  { name: "operator-link", as: "anne", path: "/operators", act: ofNew("link") },
  { name: "operator-remove", as: "anne", path: "/operators", act: ofNew("remove") },
];
