/** The navigation: the pages of an organization, and those of the service. It has only pages that the visitor may see. */
import type { FastifyRequest } from "fastify";
import type { Access, Action } from "../../access/index.ts";
import { paths } from "../../paths.ts";
import type { RequestServices } from "../../services.ts";
import type { PagePlace, Section } from "../base/web.ts";
import type { HeaderOf, NavLink } from "../kit/components/layout/layout.tsx";

interface NavSection {
  readonly section: Section;
  readonly path: (at: { readonly org: string }) => string;
  readonly text: string;
  readonly action: Action;
}

const sections: readonly NavSection[] = [
  { section: "activity", path: paths.activity, text: "Activity", action: "events:read" },
  { section: "api-clients", path: paths.clients, text: "API clients", action: "api-clients:read" },
  { section: "members", path: paths.members, text: "Members", action: "members:read" },
  { section: "teams", path: paths.teams, text: "Teams", action: "teams:read" },
  { section: "settings", path: paths.settings, text: "Settings", action: "organization:read" },
];

/** Pages of the whole service. */
const places: readonly { readonly href: string; readonly text: string; readonly action: Action }[] = [
  { href: paths.allActivity(), text: "All activity", action: "events:read-all" },
  { href: paths.organizations(), text: "All organizations", action: "organizations:list" },
  { href: paths.operators(), text: "Operators", action: "operators:read" },
  { href: paths.eventTypes(), text: "Event types", action: "catalogue:read" },
];

/** The maximum number of organizations in the menu; the page of all organizations has the others. */
const mostInMenu = 12;

type NavigationServices = Pick<RequestServices, "access" | "people">;

/** The pages of the organization for this visitor, or those of the service if there are several. */
export function navOf(
  request: FastifyRequest,
  access: Access,
  { organization, section }: PagePlace,
): NavLink[] {
  const { caller } = request;
  if (caller === undefined) return [];
  if (organization === undefined) {
    const links = placesFor(request, access);
    return links.length > 1 ? links : [];
  }
  return sections
    .filter(({ action }) => access.mayDo(caller, action, organization))
    .map((each) => ({
      text: each.text,
      href: each.path({ org: organization.slug }),
      current: each.section === section,
    }));
}

/** The pages of the service for this visitor; none for those who aren't signed in. */
function placesFor({ caller, url }: FastifyRequest, access: Access): NavLink[] {
  if (caller?.kind !== "user") return [];
  const path = url.split("?", 1)[0];
  return places
    .filter(({ action }) => access.mayDo(caller, action))
    .map(({ href, text }) => ({ href, text, current: href === path }));
}

/** The header for a signed-in person; undefined for others. */
export async function headerOf(
  request: FastifyRequest,
  { access, people }: NavigationServices,
  { organization }: PagePlace,
): Promise<HeaderOf | undefined> {
  const { caller } = request;
  if (caller?.kind !== "user") return undefined;
  const { name, email, userId } = caller.user;
  // all of them for operators, who seldom are members
  const whose = access.mayDo(caller, "events:read-all") ? "everything" : { userId };
  const listed = await people.organizations(whose, { after: undefined, limit: mostInMenu });
  return {
    name,
    email,
    organization: organization?.name,
    organizations: listed.map(({ name, slug }) => ({
      text: name,
      href: paths.activity({ org: slug }),
      current: slug === organization?.slug,
    })),
    places: placesFor(request, access),
  };
}
