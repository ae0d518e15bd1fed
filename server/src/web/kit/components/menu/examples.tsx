/** Examples of menus. */
import type { Examples } from "../example.ts";
import { Menu } from "./menu.tsx";

export const menus: Examples = {
  component: "Menu",
  examples: [
    {
      name: "organizations",
      shown: (
        <Menu name="Acme" hidden="Organization" icon="chevrons-up-down">
          <a href="/orgs/acme" aria-current="true">
            Acme
          </a>
          <a href="/orgs/globex">Globex</a>
          <hr class="db-menu__line" />
          <a href="/orgs">All organizations</a>
        </Menu>
      ),
    },
  ],
};
