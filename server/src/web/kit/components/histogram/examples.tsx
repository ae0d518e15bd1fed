/** Examples of histograms. */
import type { Examples } from "../example.ts";
import { type Bar, Histogram } from "./histogram.tsx";

const bars = [3, 0, 12, 40, 7, 1, 0, 0, 22, 18].map(
  (count, n): Bar => ({ when: `on ${n + 11} November 2026`, count, more: count === 40, href: `/?day=${n}` }),
);

export const histograms: Examples = {
  component: "Histogram",
  examples: [
    {
      name: "a bar with an incomplete count",
      shown: (
        <Histogram
          caption="At least 103 events in 10 days, by day"
          bars={bars}
          ends={["11 November 2026", "20 November 2026"]}
          after="main"
        />
      ),
    },
    {
      name: "split by outcome",
      shown: (
        <Histogram
          caption="103 events in 10 days, by day"
          bars={bars.map((bar) => ({
            ...bar,
            more: false,
            parts: [bar.count - (bar.count >> 2), bar.count >> 2],
          }))}
          ends={["11 November 2026", "20 November 2026"]}
          after="main"
          legend={[
            { label: "Success", count: 80, href: "/?outcome=success" },
            { label: "Denied", count: 23, href: "/?outcome=denied" },
          ]}
          splits={[
            { text: "nothing", href: "/", current: false },
            { text: "outcome", href: "/?split=outcome", current: true },
          ]}
        />
      ),
    },
  ],
};
