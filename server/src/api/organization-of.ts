/** The organization that an address names, for a caller who may do there what the route is for. */
import { DaybookError } from "daybook/error";
import type { FastifyRequest } from "fastify";
import type { People } from "../people/index.ts";
import { callerOf } from "./guard.ts";
import type { ApiRooms } from "./rooms.ts";

export type Organization = Awaited<ReturnType<People["organization"]>>;

/** What a slug or an id can be made of; a text that is neither never reaches the database. */
const form = /^[A-Za-z0-9_-]{1,128}$/;

type InOrganization = FastifyRequest<{ Params: { org: string } }>;

/**
 * The organization as it is now; `lately`: as it was a moment ago, for recording, where the log checks again under its lock.
 * @throws DaybookError `organization-not-found`, in the same words whether there is none or the caller may not know; `not-allowed`
 */
export async function organizationOf(
  request: FastifyRequest<{ Params: { org: string; id?: string; type?: string } }> | InOrganization,
  { access, people }: Pick<ApiRooms, "access" | "people">,
  lately?: "lately",
): Promise<Organization> {
  const { org } = request.params as { org: string };
  const { action } = request.routeOptions.config;
  if (action === undefined || !form.test(org)) throw new DaybookError("organization-not-found");
  const organization = await (lately ? people.knownOrganization(org) : people.organization(org));
  access.demand(callerOf(request as FastifyRequest), action, organization);
  return organization;
}
