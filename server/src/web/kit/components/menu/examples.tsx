/** Examples of menus. */

import { A } from "../../address/address.tsx";
import type { Examples } from "../example.ts";
import { Menu } from "./menu.tsx";

export const menus: Examples = {
  component: "Menu",
  examples: [
    {
      name: "organizations",
      shown: (
        <Menu name="Acme" hidden="Organization" icon="chevrons-up-down">
          <A href="/orgs/acme" aria-current="true">
            Acme
          </A>
          <A href="/orgs/globex">Globex</A>
          <hr class="db-menu__line" />
          <A href="/orgs">All organizations</A>
        </Menu>
      ),
    },
  ],
};
