/** The organization that an address names, for a caller who may do there what the route is for, and what they see of it. */
import { DaybookError } from "daybook/internal";
import type { FastifyRequest } from "fastify";
import type { KnownCaller } from "../access/index.ts";
import type { SearchableOrganization } from "../search/index.ts";
import type { RequestServices } from "../services.ts";
import { callerOf } from "./guard.ts";

/** What a slug or an id can be made of; a text that is neither never reaches the database. */
const form = /^[A-Za-z0-9_-]{1,128}$/;

type OrganizationServices = Pick<RequestServices, "access" | "people">;
/** An organization and what the caller sees of it. */
export type RequestOrganization = SearchableOrganization;

/**
 * The organization as it is now; `lately`: as it was a moment ago, for recording, where the log checks again under its lock.
 * @throws DaybookError `organization-not-found`, in the same words whether there is none or the caller may not know; `not-allowed`
 */
export async function organizationOf(
  request: FastifyRequest,
  services: OrganizationServices,
  lately?: "lately",
): Promise<SearchableOrganization> {
  const { org } = request.params as { org: string };
  return organizationNamed(request, org, { ...services, lately });
}

/** The same, where the organization is named by the body or the query. */
export async function organizationNamed(
  request: FastifyRequest,
  slugOrId: string,
  { access, people, lately }: OrganizationServices & { readonly lately?: "lately" | undefined },
): Promise<SearchableOrganization> {
  const { action } = request.routeOptions.config;
  if (action === undefined || !form.test(slugOrId)) throw new DaybookError("organization-not-found");
  const caller = callerOf(request);
  const rowScope = access.rowScopeOf(caller, slugOrId);
  const organization =
    ownOf(caller, slugOrId) ??
    // what others asked for lately comes sooner: only who sees everything may notice
    (await (lately && rowScope === "everything"
      ? people.knownOrganization(slugOrId)
      : people.organization(slugOrId, rowScope)));
  access.demand(caller, action, organization);
  return { ...organization, view: access.viewOf(caller, organization, rowScope) };
}

/** A machine's and a viewer's own organization came with what they showed, as fresh as can be. */
function ownOf(caller: KnownCaller, slugOrId: string): Omit<SearchableOrganization, "view"> | undefined {
  if (caller.kind !== "api_client" && caller.kind !== "viewer") return undefined;
  const { organization } = caller;
  return organization.slug === slugOrId || organization.id === slugOrId ? organization : undefined;
}
