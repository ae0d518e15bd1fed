/** Examples of back links and breadcrumbs. */
import type { Examples } from "../example.ts";
import { BackLink, Breadcrumbs } from "./links.tsx";

export const links: Examples = {
  component: "Links",
  examples: [
    { name: "back link", shown: <BackLink href="/account">Back</BackLink> },
    {
      name: "breadcrumbs",
      shown: (
        <Breadcrumbs
          crumbs={[
            { text: "Acme", href: "/" },
            { text: "API clients", href: "/section" },
            { text: "Register sandbox", href: "/section/sub-section" },
          ]}
        />
      ),
    },
  ],
};
