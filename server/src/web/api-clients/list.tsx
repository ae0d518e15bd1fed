/** The list of an organization's API clients: newest first, by what ends next, or by what was used last. */

import type { FastifyInstance, FastifyRequest } from "fastify";
import type { VNode } from "preact";
import { organizationOf } from "../../http/index.ts";
import { paths } from "../../paths.ts";
import { page } from "../base/routes.ts";
import type { Web } from "../base/web.ts";
import { A } from "../kit/address/address.tsx";
import { LinkButton } from "../kit/components/button/button.tsx";
import { EmptyState } from "../kit/components/empty-state/empty-state.tsx";
import { PageHeading } from "../kit/components/page-heading/page-heading.tsx";
import { Pagination } from "../kit/components/pagination/pagination.tsx";
import { ClientTable } from "./client-table.tsx";
import { type Client, type ClientOrder, clientOrders, mayChange } from "./places.ts";

const title = "API clients";
/** Clients per page. */
const limit = 15;
const sentences = { "api-client-deleted": "API client deleted. Its token no longer works." };

export function addList(app: FastifyInstance, web: Web): void {
  app.get(paths.clients.route, page("api-clients:read"), async (request, reply) => {
    const organization = await organizationOf(request, web.services);
    const { after, order } = wantedOf(request);
    const found = await web.services.apiClients.list(organization, { after, limit: limit + 1, order });
    const at = { org: organization.slug };
    const path = orderPath(at, order);
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
          {...{ at, clients, order }}
          mayChange={mayChange(request, web.services, organization)}
          first={after === undefined ? undefined : path}
          next={last && `${path}${order === "added" ? "?" : "&"}after=${last.id}`}
        />
      ),
    });
  });
}

interface WantedList {
  readonly after: string | undefined;
  readonly order: ClientOrder;
}

/** Other values are ignored. */
function wantedOf(request: FastifyRequest): WantedList {
  const { after, sort } = request.query as { after?: unknown; sort?: unknown };
  return {
    after: typeof after === "string" ? after : undefined,
    order: clientOrders.find((order) => order === sort) ?? "added",
  };
}

const orderPath = (at: ClientListProps["at"], order: ClientOrder): string =>
  order === "added" ? paths.clients(at) : `${paths.clients(at)}?sort=${order}`;

interface ClientListProps {
  /** The organization, for the paths of its pages. */
  readonly at: { readonly org: string };
  readonly clients: readonly Client[];
  readonly order: ClientOrder;
  readonly mayChange: boolean;
  readonly first: string | undefined;
  readonly next: string | undefined;
}

const orderWords: Readonly<Record<ClientOrder, string>> = {
  added: "Newest first",
  expiry: "What ends next",
  used: "Last used",
};

const List = ({ at, clients, order, mayChange, first, next }: ClientListProps): VNode => {
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
      <nav class="db-row db-client-orders" aria-label="Order">
        <span class="db-quiet">Order:</span>
        {clientOrders.map((one) => (
          <A href={orderPath(at, one)} aria-current={one === order ? "true" : undefined}>
            {orderWords[one]}
          </A>
        ))}
      </nav>
      <ClientTable at={at} clients={clients} caption={`API clients: ${orderWords[order].toLowerCase()}`} />
      <Pagination newer={first} older={next} words={{ newer: "First", older: "Next" }} />
    </>
  );
};
