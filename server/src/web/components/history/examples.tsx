/** Histories as they are used. */
import type { Examples } from "../example.ts";
import { History } from "./history.tsx";

const at = 1_779_373_320_000_000n;

export const histories: Examples = {
  component: "History",
  examples: [
    {
      name: "of an API client",
      shown: (
        <History
          zone="Europe/London"
          entries={[
            {
              title: "API client revoked",
              by: "Anne Wilson",
              at,
              facts: [{ key: "Reason", value: "The token was found in a public repository" }],
            },
            {
              title: "API client updated",
              by: "Anne Wilson",
              at: at - 3_600_000_000n,
              changes: [
                { label: "Client name", from: "Sandbox", to: "Register sandbox" },
                { label: "Description", to: "For tests" },
                { label: "Secret", hidden: true },
              ],
            },
            { title: "API client refused", by: "Anonymous", at: at - 7_200_000_000n, outcome: "denied" },
          ]}
        />
      ),
    },
  ],
};
