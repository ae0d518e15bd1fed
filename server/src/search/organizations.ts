/** The organizations that a search of all of them names. */
import type { Reads } from "../store/store.ts";
import type { NamedOrganizations } from "./language/index.ts";

/** Where to search: in one organization; among all, in those for which `among` is true. Undefined: nowhere. */
export interface SearchPlace {
  readonly organizationId?: number;
  readonly among?: (organizationId: number) => boolean;
}

/** Those of the names that exist. */
export async function searchPlaceOf(
  reads: Pick<Reads, "organization">,
  named: NamedOrganizations | undefined,
): Promise<SearchPlace | undefined> {
  if (named === undefined) return {};
  const ids = async (names: readonly string[]): Promise<Set<number>> => {
    const found = await Promise.all(names.map((name) => reads.organization(name)));
    return new Set(found.flatMap((organization) => (organization ? [organization.organizationId] : [])));
  };
  const [only, except] = await Promise.all([ids(named.only), ids(named.except)]);
  const chosen = [...only].filter((id) => !except.has(id));
  const [first, another] = chosen;
  if (named.only.length === 0) return { among: (id) => !except.has(id) };
  if (first === undefined) return undefined;
  return another === undefined ? { organizationId: first } : { among: (id) => chosen.includes(id) };
}
