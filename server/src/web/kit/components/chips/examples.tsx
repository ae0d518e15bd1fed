/** Examples of chips. */
import type { Examples } from "../example.ts";
import { Chips } from "./chips.tsx";

const actor = { name: "Actor", value: "Anne Wilson", href: "/" };

export const chips: Examples = {
  component: "Chips",
  examples: [
    { name: "one", shown: <Chips chips={[actor]} clear="/" /> },
    {
      name: "several",
      shown: (
        <Chips
          chips={[
            actor,
            { name: "Type", value: "API client revoked", href: "/" },
            { name: "From", value: "20 November 2026", href: "/" },
          ]}
          clear="/"
        />
      ),
    },
  ],
};
