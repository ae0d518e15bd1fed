/** What is said within another site's page when a viewer's session has ended, or never was. */

import type { Page } from "../base/web.ts";
import { PageHeading } from "../kit/components/page-heading/page-heading.tsx";

const title = "This log is not open any more";

export const ended: Page = {
  title,
  status: 401,
  hasEnded: true,
  content: (
    <>
      <PageHeading title={title} />
      <p>
        It is open for a limited time. Ask the page that shows this to open it again: load that page anew.
      </p>
    </>
  ),
};
