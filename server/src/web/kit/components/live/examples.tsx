/** Examples of the live status. */
import type { Examples } from "../example.ts";
import { Live } from "./live.tsx";

export const lives: Examples = {
  component: "Live",
  examples: [
    {
      name: "seen with a script only",
      shown: <Live action="/v1/events/histogram" parameters={[]} shown={25} newest="/" />,
    },
  ],
};
