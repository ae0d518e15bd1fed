/** Finds the organization of an address, if the caller may do the route's action there, with the caller's row scope. */
import { DaybookError } from "daybook/internal";
import type { FastifyRequest } from "fastify";
import type { KnownCaller } from "../access/index.ts";
import type { SearchableOrganization } from "../search/index.ts";
import type { RequestServices } from "../services.ts";
import { callerOf } from "./guard.ts";

/** The characters of a slug or an id; other texts never reach the database. */
const form = /^[A-Za-z0-9_-]{1,128}$/;

type OrganizationServices = Pick<RequestServices, "access" | "people">;
/** An organization, with what the caller sees of it. */
export type RequestOrganization = SearchableOrganization;

/**
 * The organization as it is now; with `lately`, as it was a moment ago: for recording, because the log checks again under its lock, and for
 * pages of events, which read it again.
 * @throws DaybookError `organization-not-found`, with the same text if there is none or the caller may not see it; `not-allowed`
 */
export async function organizationOf(
  request: FastifyRequest,
  services: OrganizationServices,
  lately?: "lately",
): Promise<SearchableOrganization> {
  const { org } = request.params as { org: string };
  return organizationNamed(request, org, { ...services, lately });
}

/** The same, if the body or the query names the organization. */
export async function organizationNamed(
  request: FastifyRequest,
  slugOrId: string,
  { access, people, lately }: OrganizationServices & { readonly lately?: "lately" | undefined },
): Promise<SearchableOrganization> {
  const { action } = request.routeOptions.config;
  if (action === undefined || !form.test(slugOrId)) throw new DaybookError("organization-not-found");
  const caller = callerOf(request);
  const rowScope = access.rowScopeOf(caller, slugOrId);
  // a cached organization is faster, and the difference in time must not tell who else uses it: only callers who see everything get it
  const isKept = lately !== undefined && rowScope === "everything";
  const organization =
    ownOf(caller, slugOrId) ??
    (await (isKept ? people.knownOrganization(slugOrId) : people.organization(slugOrId, rowScope)));
  access.demand(caller, action, organization);
  return { ...organization, isKept, view: access.viewOf(caller, organization, rowScope) };
}

/** The organization of an API client or a viewer came with their credentials, and is as fresh as possible. */
function ownOf(caller: KnownCaller, slugOrId: string): Omit<SearchableOrganization, "view"> | undefined {
  if (caller.kind !== "api_client" && caller.kind !== "viewer") return undefined;
  const { organization } = caller;
  return organization.slug === slugOrId || organization.id === slugOrId ? organization : undefined;
}
