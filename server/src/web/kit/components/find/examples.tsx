/** Examples of searches of a list. */
import type { Examples } from "../example.ts";
import { Find } from "./find.tsx";

export const finds: Examples = {
  component: "Find",
  examples: [
    {
      name: "default",
      shown: <Find action="/" label="Search members" placeholder="Name or email" value={undefined} />,
    },
    {
      name: "after a search",
      shown: (
        <Find action="/" label="Search members" placeholder="Name or email" value="wilson" id="find-again" />
      ),
    },
  ],
};
