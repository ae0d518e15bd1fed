/** The addresses of pages. They contain only ids, and no names of people. */
import type { FastifyInstance } from "fastify";

/** Whether there is a page with this route. */
export const hasPage = (app: FastifyInstance, url: string): boolean => app.hasRoute({ method: "GET", url });

/** The address of an organization's first page; undefined if there is none. */
export const homeOf = (app: FastifyInstance, slug: string): string | undefined =>
  hasPage(app, "/orgs/:org/activity") ? `/orgs/${slug}/activity` : undefined;

/** The parameters that stay on the way to another page, by name. */
export type Given = ReadonlyMap<string, readonly string[]>;

/** An address with parameters: only ids, no names of people. */
export function addressOf(path: string, given: Given): string {
  let address = path;
  // a page has a hundred of them
  for (const [name, values] of given)
    for (const value of values) address += `${address === path ? "?" : "&"}${name}=${asParameter(value)}`;
  return address;
}

const asParameter = (value: string): string =>
  /^[\w:.-]*$/.test(value) ? value : encodeURIComponent(value).replaceAll("%3A", ":");

/** The parameters with one set to these values; without it if there are none. */
export function withValues(given: Given, name: string, values: readonly string[]): Given {
  const changed = new Map(given);
  if (values.length === 0) changed.delete(name);
  else changed.set(name, values);
  return changed;
}

/** With one more value, if it isn't there yet. */
export function withValue(given: Given, name: string, value: string): Given {
  const values = given.get(name) ?? [];
  return withValues(given, name, values.includes(value) ? values : [...values, value]);
}

/** Without one of the values. */
export const withoutValue = (given: Given, name: string, value: string): Given =>
  withValues(
    given,
    name,
    (given.get(name) ?? []).filter((each) => each !== value),
  );

/** A party of an event. */
interface PathParty {
  readonly type: string;
  readonly id?: string;
}

export const organizationPath = (slug: string): string => `/orgs/${slug}/activity`;
export const eventPath = (slug: string, id: string): string => `/orgs/${slug}/events/${id}`;
export const targetPath = (slug: string, target: PathParty): string => partyPath(slug, "target", target);
export const actorPath = (slug: string, actor: PathParty): string => partyPath(slug, "actor", actor);

/** Characters; a longer id doesn't fit into a path. */
const longestInPath = 400;

/** The page of one party; if its id doesn't fit into a path, or is missing, all activity with a filter. */
function partyPath(slug: string, name: "actor" | "target", { type, id = "" }: PathParty): string {
  const encoded = encodeURIComponent(id);
  if (/^\.{0,2}$/.test(id) || encoded.length > longestInPath)
    return addressOf(organizationPath(slug), new Map([[name, [`${type}:${id}`]]]));
  return `/orgs/${slug}/${name}s/${encodeURIComponent(type)}/${encoded}`;
}

export const eventTypesPath = "/event-types";

/** The address of one type below a list. */
export const typeAddress = (path: string, name: string): string => `${path}?type=${encodeURIComponent(name)}`;

/** Pages of API clients: all of an organization, and one. */
export const clientsPath = ({ slug }: { readonly slug: string }): string => `/orgs/${slug}/api-clients`;
export const clientPath = (
  organization: { readonly slug: string },
  { id }: { readonly id: string },
): string => `${clientsPath(organization)}/${id}`;
