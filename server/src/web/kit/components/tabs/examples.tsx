/** Examples of tabs. */
import type { Examples } from "../example.ts";
import { Tabs } from "./tabs.tsx";

export const tabLists: Examples = {
  component: "Tabs",
  examples: [
    {
      name: "default",
      shown: (
        <Tabs
          label="API client"
          tabs={[
            { text: "Details", href: "/details" },
            { text: "History", href: "/history", current: true },
          ]}
        />
      ),
    },
  ],
};
