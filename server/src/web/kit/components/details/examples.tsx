/** Examples of details. */
import type { Examples } from "../example.ts";
import { Details } from "./details.tsx";

const text = "The first start of Daybook prints where the code is.";

export const details: Examples = {
  component: "Details",
  examples: [
    { name: "folded", shown: <Details summary="Where is the code?">{text}</Details> },
    {
      name: "open",
      shown: (
        <Details summary="Where is the code?" open>
          <p>{text}</p>
        </Details>
      ),
    },
  ],
};
