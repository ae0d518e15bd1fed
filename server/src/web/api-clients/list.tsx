/** The list of an organization's API clients, newest first. */

import type { FastifyInstance, FastifyRequest } from "fastify";
import type { VNode } from "preact";
import { organizationOf } from "../../http/index.ts";
import { paths } from "../../paths.ts";
import { Expiry } from "../base/expiry.tsx";
import { page } from "../base/routes.ts";
import type { Web } from "../base/web.ts";
import { A } from "../kit/address/address.tsx";
import { LinkButton } from "../kit/components/button/button.tsx";
import { EmptyState } from "../kit/components/empty-state/empty-state.tsx";
import { Name } from "../kit/components/marked-text/name.tsx";
import { PageHeading } from "../kit/components/page-heading/page-heading.tsx";
import { Pagination } from "../kit/components/pagination/pagination.tsx";
import { Table } from "../kit/components/table/table.tsx";
import { type Client, mayChange } from "./places.ts";
import { Creator, StatusTag } from "./words.tsx";

const title = "API clients";
/** Clients per page. */
const limit = 15;
const sentences = { "api-client-deleted": "API client deleted. Its token no longer works." };

export function addList(app: FastifyInstance, web: Web): void {
  app.get(paths.clients.route, page("api-clients:read"), async (request, reply) => {
    const organization = await organizationOf(request, web.services);
    const after = afterOf(request);
    const found = await web.services.apiClients.list(organization, { after, limit: limit + 1 });
    const at = { org: organization.slug };
    const path = paths.clients(at);
    // the client before this page, or those after it, may be gone
    if (found.length === 0 && after !== undefined) return web.goTo(reply, path);
    const clients = found.slice(0, limit).map(({ client }) => client);
    const last = found.length > limit ? clients.at(-1) : undefined;
    return web.send(request, reply, {
      title,
      organization,
      section: "api-clients",
      sentences,
      content: (
        <List
          at={at}
          clients={clients}
          mayChange={mayChange(request, web.services, organization)}
          newest={after === undefined ? undefined : path}
          older={last && `${path}?after=${last.id}`}
        />
      ),
    });
  });
}

function afterOf(request: FastifyRequest): string | undefined {
  const { after } = request.query as { after?: unknown };
  return typeof after === "string" ? after : undefined;
}

interface ClientListProps {
  /** The organization, for the paths of its pages. */
  readonly at: { readonly org: string };
  readonly clients: readonly Client[];
  readonly mayChange: boolean;
  readonly newest: string | undefined;
  readonly older: string | undefined;
}

const List = ({ at, clients, mayChange, newest, older }: ClientListProps): VNode => {
  const add = mayChange && <LinkButton href={paths.addClient(at)}>Add API client</LinkButton>;
  if (clients.length === 0)
    return (
      <>
        <PageHeading title={title} />
        <EmptyState title="There are no API clients." icon="key-round">
          <p>
            An API client lets a machine write to this organization&rsquo;s log or read from it.{" "}
            {!mayChange && "An owner of an open organization can add one."}
          </p>
          {add}
        </EmptyState>
      </>
    );
  return (
    <>
      <PageHeading title={title} actions={add}>
        Machines that write to this organization&rsquo;s log or read from it.
      </PageHeading>
      <Table
        caption="API clients, newest first"
        captionHidden
        columns={[{ title: "Name" }, { title: "Added by" }, { title: "Expiry date" }, { title: "Status" }]}
        rows={clients.map((client) => [
          <A class="db-client-name" href={paths.client({ ...at, client: client.id })}>
            <Name name={client.name} />
          </A>,
          <Creator createdBy={client.createdBy} />,
          <Expiry client={client} />,
          <StatusTag status={client.status} />,
        ])}
      />
      <Pagination newer={newest} older={older} words={{ newer: "Newest", older: "Older" }} />
    </>
  );
};
