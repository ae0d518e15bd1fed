/** The navigation: the pages of an organization, and those of the service. It has only existing pages that the visitor may see. */
import type { FastifyRequest } from "fastify";
import type { Access, Action } from "../../access/index.ts";
import type { RequestServices } from "../../services.ts";
import { hasPage, homeOf } from "../base/paths.ts";
import type { PagePlace, Section } from "../base/web.ts";
import type { HeaderOf, NavLink } from "../kit/components/layout/layout.tsx";

const sections: readonly { readonly section: Section; readonly text: string; readonly action: Action }[] = [
  { section: "activity", text: "Activity", action: "events:read" },
  { section: "api-clients", text: "API clients", action: "api-clients:read" },
  { section: "members", text: "Members", action: "members:read" },
  { section: "teams", text: "Teams", action: "teams:read" },
  { section: "settings", text: "Settings", action: "organization:read" },
];

/** Pages of the whole service. */
const places: readonly { readonly href: string; readonly text: string; readonly action: Action }[] = [
  { href: "/activity", text: "All activity", action: "events:read-all" },
  { href: "/orgs", text: "All organizations", action: "organizations:list" },
  { href: "/operator-token", text: "Operator token", action: "operators:read" },
  { href: "/event-types", text: "Event types", action: "catalogue:read" },
];

/** The maximum number of organizations in the menu; the page of all organizations has the others. */
const mostInMenu = 12;

type NavigationServices = Pick<RequestServices, "access" | "people">;

/** The pages of the organization for this visitor. */
export function navOf(
  request: FastifyRequest,
  access: Access,
  { organization, section }: PagePlace,
): NavLink[] {
  const { caller, server } = request;
  if (organization === undefined || caller === undefined) return [];
  return sections
    .filter(
      (each) =>
        hasPage(server, `/orgs/:org/${each.section}`) && access.mayDo(caller, each.action, organization),
    )
    .map((each) => ({
      text: each.text,
      href: `/orgs/${organization.slug}/${each.section}`,
      current: each.section === section,
    }));
}

/** The header for a signed-in person; undefined for others. */
export async function headerOf(
  request: FastifyRequest,
  { access, people }: NavigationServices,
  { organization }: PagePlace,
): Promise<HeaderOf | undefined> {
  const { caller, server } = request;
  if (caller?.kind !== "user") return undefined;
  const { name, email, userId } = caller.user;
  const own = await people.organizations({ userId }, { after: undefined, limit: mostInMenu });
  const path = request.url.split("?", 1)[0];
  const placesHere = places.filter(
    ({ href, action }) => hasPage(server, href) && access.mayDo(caller, action),
  );
  return {
    name,
    email,
    organization: organization?.name,
    organizations: own.flatMap((each) => {
      const href = homeOf(server, each.slug);
      return href === undefined ? [] : [{ text: each.name, href, current: each.slug === organization?.slug }];
    }),
    places: placesHere.map(({ href, text }) => ({ href, text, current: href === path })),
  };
}
