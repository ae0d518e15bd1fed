/** Examples of copy buttons. */
import type { Examples } from "../example.ts";
import { CopyButton, CopyLink } from "./copy-button.tsx";

export const copyButtons: Examples = {
  component: "Copy button",
  examples: [
    {
      name: "token",
      shown: <CopyButton text="dbk_live_0nly4nExampl3thatOpensNothingAtAll000000000000000" what="token" />,
    },
    { name: "the address of the page", shown: <CopyLink>Copy link to this view</CopyLink> },
  ],
};
