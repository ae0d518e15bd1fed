/** The content of the API reference: how a program calls the API, and the operations by group. */
import type { VNode } from "preact";
import { apiPaths, paths } from "../../paths.ts";
import { A } from "../kit/address/address.tsx";
import { PageHeading } from "../kit/components/page-heading/page-heading.tsx";
import { Table } from "../kit/components/table/table.tsx";
import { type ApiDocument, anchorOf, groupsOf } from "./document.ts";

export const Overview = ({ document }: { readonly document: ApiDocument }): VNode => {
  const groups = groupsOf(document);
  return (
    <>
      <PageHeading title="API reference">
        What programs can do, over HTTP with JSON. The same as a document for tools:{" "}
        <A href={apiPaths.openApi()}>/openapi.json</A> (OpenAPI 3.1).
      </PageHeading>
      <p>
        A program sends its token with each request, as <code>Authorization: Bearer</code> and the token.
        Every refusal is a problem document with a code: <A href={paths.errors()}>all errors</A>. What events
        contain: <A href={paths.eventTypes()}>event types</A>.
      </p>
      <nav aria-label="Groups">
        <ul class="db-row db-plain">
          {groups.map(([group, { length }]) => (
            <li>
              <A href={`#${anchorOf(group)}`}>{group}</A> <span class="db-quiet">{length}</span>
            </li>
          ))}
        </ul>
      </nav>
      {groups.map(([group, operations]) => (
        <>
          <h2 id={anchorOf(group)}>{group}</h2>
          <Table
            caption={group}
            captionHidden
            stacks
            columns={[{ title: "Operation" }, { title: "Method" }, { title: "Path" }]}
            rows={operations.map(({ operationId, summary, method, path }) => [
              <A href={paths.operation({ operation: operationId })}>{summary}</A>,
              <code>{method}</code>,
              <code>{path}</code>,
            ])}
          />
        </>
      ))}
    </>
  );
};
