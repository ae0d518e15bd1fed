/** Examples of copy buttons. */
import type { Examples } from "../example.ts";
import { CopyButton, CopyLink, ShortCode } from "./copy-button.tsx";

export const copyButtons: Examples = {
  component: "Copy button",
  examples: [
    {
      name: "token",
      shown: <CopyButton text="dbk_live_0nly4nExampl3thatOpensNothingAtAll000000000000000" what="token" />,
    },
    {
      name: "the beginning of a digest",
      shown: (
        <ShortCode text="3b7d9f3d1a5e1c0f8f2f6a4c7e9b0d1c2a3f4e5d6c7b8a9f0e1d2c3b4a5f6e7d" what="digest" />
      ),
    },
    { name: "the address of the page", shown: <CopyLink>Copy link to this view</CopyLink> },
  ],
};
