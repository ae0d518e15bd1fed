/** What the pages of API clients have in common: their addresses, who may change here, and what goes with a change. */
import type { FastifyRequest } from "fastify";
import { callerOf, changeRequestOf, type RequestOrganization } from "../../http/index.ts";
import type { RequestServices } from "../../services.ts";
import { isOpen } from "../base/visible.ts";

type ClientsService = RequestServices["apiClients"];
/** An API client as the room shows it. */
export type Client = Awaited<ReturnType<ClientsService["show"]>>["client"];
/** A client with the token that it was just given. */
export type Issued = Awaited<ReturnType<ClientsService["add"]>>;

/** The addresses of the routes. */
export const all = "/orgs/:org/api-clients";
export const one = "/orgs/:org/api-clients/:client";

export const idOf = (request: FastifyRequest): string => (request.params as { client: string }).client;

/** Whether whoever looks may change clients here. */
export function mayChange(
  request: FastifyRequest,
  { access }: Pick<RequestServices, "access">,
  organization: RequestOrganization,
): boolean {
  return isOpen(organization) && access.mayDo(callerOf(request), "api-clients:change", organization);
}

/** What goes with a change of a client. */
export const changeOf = (
  request: FastifyRequest,
  organization: RequestOrganization,
  { id }: Pick<Client, "id">,
): Parameters<ClientsService["delete"]>[0] => ({ organization, id, ...changeRequestOf(request) });
