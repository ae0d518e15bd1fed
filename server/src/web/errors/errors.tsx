/** The page of the API's errors, each at the anchor in the `type` of its problem document. */
import { type CodeRow, codes } from "daybook/internal";
import type { FastifyInstance } from "fastify";
import type { VNode } from "preact";
import { paths } from "../../paths.ts";
import { page } from "../base/routes.ts";
import type { Web } from "../base/web.ts";
import { ItemList } from "../kit/components/item-list/item-list.tsx";
import { PageHeading } from "../kit/components/page-heading/page-heading.tsx";

// open to everyone, like signing in: a reader with an error may not be signed in
const open = page("sign-in");

export function addErrors(app: FastifyInstance, web: Web): void {
  app.get(paths.errors.route, open, async (request, reply) =>
    web.send(request, reply, { title: "Errors", content: <Errors /> }),
  );
}

const statuses: Readonly<Record<string, string>> = {
  "400": "Unreadable request (400)",
  "401": "Not signed in, or no valid token (401)",
  "403": "Not allowed (403)",
  "404": "Not found (404)",
  "405": "Method not allowed (405)",
  "406": "Format not available (406)",
  "408": "Request timed out (408)",
  "409": "Conflict (409)",
  "412": "Changed since you read it (412)",
  "413": "Too large (413)",
  "415": "Unsupported media type (415)",
  "422": "Readable, but not valid (422)",
  "429": "Too many requests (429)",
  "431": "Headers too large (431)",
  "500": "Internal error (500)",
  "503": "Temporarily unavailable (503)",
};

/** Errors of HTTP responses, by status in the order of the table. */
function groups(): Map<string, [string, CodeRow][]> {
  const found = new Map<string, [string, CodeRow][]>();
  for (const [code, row] of Object.entries(codes)) {
    if (row.status === 0) continue;
    const title = statuses[row.status] ?? `Others (${row.status})`;
    found.set(title, [...(found.get(title) ?? []), [code, row]]);
  }
  return found;
}

const Errors = (): VNode => (
  <>
    <PageHeading title="Errors">
      Each refusal of the API is a problem document (RFC 9457) whose <code>code</code> is one of these.
      Programs rely on the code, whose meaning never changes. Daybook records nothing in a refused request,
      unless the code is <code>outcome-unknown</code>.
    </PageHeading>
    {[...groups()].map(([title, rows]) => (
      <>
        <h2>{title}</h2>
        <ItemList label={title} items={rows.map(itemOf)} />
      </>
    ))}
  </>
);

const itemOf = ([code, { title, remedy }]: [string, CodeRow]): { title: VNode; note: VNode } => ({
  title: <code id={code}>{code}</code>,
  note: (
    <>
      <div>{title}</div>
      <div>{remedy}</div>
    </>
  ),
});
