/** The client in the address, for a page that changes it. */
import type { FastifyRequest } from "fastify";
import { organizationOf, type RequestOrganization } from "../../http/index.ts";
import type { Web } from "../base/web.ts";
import { type Client, idOf, mayChange } from "./places.ts";

export interface ClientPageContext {
  readonly organization: RequestOrganization;
  readonly client: Client;
  /** What the paths of its pages need. */
  readonly at: { readonly org: string; readonly client: string };
  /** Whether the reader may change anything here. */
  readonly isOpen: boolean;
}

/** Throws as `organizationOf`, and `api-client-not-found`. */
export async function clientHere(request: FastifyRequest, { services }: Web): Promise<ClientPageContext> {
  const organization = await organizationOf(request, services);
  const { client } = await services.apiClients.show(organization, idOf(request));
  const isOpen = mayChange(request, services, organization);
  return { organization, client, at: { org: organization.slug, client: client.id }, isOpen };
}
