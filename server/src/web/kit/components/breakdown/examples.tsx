/** Examples of breakdowns. */
import type { Examples } from "../example.ts";
import { Breakdown } from "./breakdown.tsx";

export const breakdowns: Examples = {
  component: "Breakdown",
  examples: [
    {
      name: "of two kinds",
      shown: (
        <Breakdown
          of="Of the newest 2,000 events"
          kinds={[
            {
              title: "Top actors",
              values: [
                { label: "Anne Wilson", count: 1_312, href: "/?actor=user:u_17" },
                { label: "Deploy pipeline", count: 268, href: "/?actor=api_client:c_9" },
              ],
            },
            { title: "Outcomes", values: [{ label: "Denied", count: 34, href: "/?outcome=denied" }] },
          ]}
        />
      ),
    },
  ],
};
