/** Examples of paginations. */
import type { Examples } from "../example.ts";
import { Pagination } from "./pagination.tsx";

export const paginations: Examples = {
  component: "Pagination",
  examples: [
    { name: "both", shown: <Pagination newer="/newer" older="/older" /> },
    { name: "older only", shown: <Pagination older="/older" label="Pagination of the newest" /> },
    { name: "newer only", shown: <Pagination newer="/newer" label="Pagination of the oldest" /> },
    {
      name: "far from the newest",
      shown: <Pagination newer="/newer" older="/older" newest="/" label="Pagination far back" />,
    },
  ],
};
