/** The page within another site's page for a viewer session that has ended, or doesn't exist. */

import type { Page } from "../base/web.ts";
import { PageHeading } from "../kit/components/page-heading/page-heading.tsx";

const title = "This log is no longer open";

export const ended: Page = {
  title,
  status: 401,
  hasEnded: true,
  content: (
    <>
      <PageHeading title={title} />
      <p>The log was open for a limited time. To open it again, reload the page that contains it.</p>
    </>
  ),
};
