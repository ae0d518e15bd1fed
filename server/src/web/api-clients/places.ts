/** Shared by the pages of API clients: permissions, and the inputs of a change. */
import type { FastifyRequest } from "fastify";
import { callerOf, changeRequestOf, type RequestOrganization } from "../../http/index.ts";
import type { RequestServices } from "../../services.ts";
import { isOpen } from "../base/visible.ts";

type ClientsService = RequestServices["apiClients"];
/** An API client from the service. */
export type Client = Awaited<ReturnType<ClientsService["show"]>>["client"];
/** The orders of the list; the first is the default. */
export const clientOrders = ["added", "expiry", "used"] as const;
export type ClientOrder = (typeof clientOrders)[number];

/** A client with its new token. */
export type Issued = Awaited<ReturnType<ClientsService["add"]>>;

export const idOf = (request: FastifyRequest): string => (request.params as { client: string }).client;

/** Whether the reader may change clients here. */
export function mayChange(
  request: FastifyRequest,
  { access }: Pick<RequestServices, "access">,
  organization: RequestOrganization,
): boolean {
  return isOpen(organization) && access.mayDo(callerOf(request), "api-clients:change", organization);
}

/** The inputs of a change of a client. */
export const changeOf = (
  request: FastifyRequest,
  organization: RequestOrganization,
  { id }: Pick<Client, "id">,
): Parameters<ClientsService["delete"]>[0] => ({ organization, id, ...changeRequestOf(request) });
