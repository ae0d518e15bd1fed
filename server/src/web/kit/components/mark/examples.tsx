/** Daybook's logo. */
import type { Examples } from "../example.ts";
import { Mark } from "./mark.tsx";

export const marks: Examples = {
  component: "Mark",
  examples: [{ name: "as in the header", shown: <Mark /> }],
};
