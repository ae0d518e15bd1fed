/** Examples of parts that come later. */
import type { Examples } from "../example.ts";
import { LaterPart } from "./later-part.tsx";

export const laterParts: Examples = {
  component: "Later part",
  examples: [
    {
      name: "without its script",
      shown: (
        <LaterPart name="count" href="/?with=count">
          Count all events
        </LaterPart>
      ),
    },
  ],
};
