/** Copy buttons as they are used. */
import type { Examples } from "../example.ts";
import { CopyButton } from "./copy-button.tsx";

export const copyButtons: Examples = {
  component: "Copy button",
  examples: [
    {
      name: "token",
      shown: <CopyButton text="dbk_live_0nly4nExampl3thatOpensNothingAtAll000000000000000" what="token" />,
    },
  ],
};
