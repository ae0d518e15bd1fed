/** Examples of page headings. */
import { Button } from "../button/button.tsx";
import type { Examples } from "../example.ts";
import { PageHeading } from "./page-heading.tsx";

export const pageHeadings: Examples = {
  component: "Page heading",
  examples: [
    {
      name: "with everything",
      shown: (
        <PageHeading title="API clients" caption="Acme" actions={<Button>Add API client</Button>}>
          The machines that record and read events.
        </PageHeading>
      ),
    },
  ],
};
