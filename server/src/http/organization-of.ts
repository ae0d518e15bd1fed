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
type PlainOrganization = Omit<SearchableOrganization, "view" | "isKept">;

/**
 * The organization as it is now; with `lately`, as it was a moment ago: for pages of events, which read it again.
 * @throws DaybookError `organization-not-found`, with the same text if there is none or the caller may not see it; `not-allowed`
 */
export async function organizationOf(
  request: FastifyRequest,
  services: OrganizationServices,
  lately?: "lately",
): Promise<SearchableOrganization> {
  const { org: slugOrId } = request.params as { org: string };
  return seenBy(await find(request, services, { slugOrId, lately }), services);
}

/** The same, if the body or the query names the organization. */
export async function organizationNamed(
  request: FastifyRequest,
  slugOrId: string,
  services: OrganizationServices,
): Promise<SearchableOrganization> {
  return seenBy(await find(request, services, { slugOrId }), services);
}

/** For recording, as it was a moment ago, because the log checks again under its lock. Throws what `organizationOf` throws. */
export async function recordingOrganizationOf(
  request: FastifyRequest,
  services: OrganizationServices,
): Promise<PlainOrganization> {
  const { org: slugOrId } = request.params as { org: string };
  return (await find(request, services, { slugOrId, lately: "lately" })).organization;
}

interface Wanted {
  readonly slugOrId: string;
  readonly lately?: "lately" | undefined;
}

/** An organization in which the caller may do the action of the route. */
interface FoundForCaller {
  readonly organization: PlainOrganization;
  readonly caller: KnownCaller;
  readonly rowScope: SearchableOrganization["view"]["rowScope"];
  /** Whether it may be out of date. */
  readonly isKept: boolean;
}

async function find(
  request: FastifyRequest,
  { access, people }: OrganizationServices,
  { slugOrId, lately }: Wanted,
): Promise<FoundForCaller> {
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
  return { organization, caller, rowScope, isKept };
}

const seenBy = (
  { organization, caller, rowScope, isKept }: FoundForCaller,
  { access }: OrganizationServices,
): SearchableOrganization => ({
  ...organization,
  isKept,
  view: access.viewOf(caller, organization, rowScope),
});

/** The organization of an API client or a viewer came with their credentials, and is as fresh as possible. */
function ownOf(caller: KnownCaller, slugOrId: string): PlainOrganization | undefined {
  if (caller.kind !== "api_client" && caller.kind !== "viewer") return undefined;
  const { organization } = caller;
  return organization.slug === slugOrId || organization.id === slugOrId ? organization : undefined;
}
