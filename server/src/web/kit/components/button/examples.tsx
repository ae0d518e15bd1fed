/** Examples of buttons. */

import { A } from "../../address/address.tsx";
import type { Examples } from "../example.ts";
import { Button, ButtonGroup, LinkButton } from "./button.tsx";

export const buttons: Examples = {
  component: "Button",
  examples: [
    { name: "main", shown: <Button>Save and continue</Button> },
    { name: "secondary", shown: <Button kind="secondary">Secondary button</Button> },
    { name: "warning", shown: <Button kind="warning">Revoke API client</Button> },
    { name: "as a link", shown: <Button kind="link">End session</Button> },
    {
      name: "small",
      shown: (
        <Button size="small" kind="secondary">
          Copy
        </Button>
      ),
    },
    { name: "disabled", shown: <Button disabled>Save and continue</Button> },
    { name: "a link that looks like one", shown: <LinkButton href="/">Link button</LinkButton> },
    {
      name: "group",
      shown: (
        <ButtonGroup>
          <Button kind="warning">Delete API client</Button>
          <A href="/account">Cancel</A>
        </ButtonGroup>
      ),
    },
  ],
};
