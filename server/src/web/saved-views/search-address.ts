/** The search of a saved view as the parameters of an activity page, and back. */
import type { SavedSearch } from "daybook/internal";
import { plainSearch } from "../../saved-views/index.ts";
import type { Given } from "../base/parameters.ts";

const one = ["q", "from", "to", "period"] as const;
const many = ["type", "actor", "target", "outcome", "recordedBy"] as const;
/** As pages have them in their addresses. */
const inOrder = ["q", ...many, "from", "to", "period"] as const;

/** What is asked for besides the words, as `name=value`: the fields of a form. */
export type SearchPair = readonly [name: string, value: string];

/** Makes a search from parameters; those that no search has are left out, and the service checks the values. */
export function searchOf(given: Given): SavedSearch {
  const search: Record<string, string | readonly string[]> = {};
  for (const name of one) search[name] = given.get(name)?.[0] ?? "";
  for (const name of many) search[name] = given.get(name) ?? [];
  const { period, ...rest } = search;
  const isTable = given.get("view")?.[0] === "table";
  return plainSearch({
    ...rest,
    ...(period === "" ? {} : { period }),
    ...(isTable ? { layout: "table" } : {}),
  } as SavedSearch);
}

/** The parameters of the page with that search. */
export function parametersOf({ layout, ...search }: SavedSearch): Given {
  const given = new Map<string, readonly string[]>();
  for (const name of inOrder) {
    const value = search[name];
    if (value !== undefined) given.set(name, [value].flat());
  }
  if (layout === "table") given.set("view", ["table"]);
  return given;
}

/** The filters besides the words, the period and the layout. */
export const filtersOf = (search: SavedSearch): SearchPair[] =>
  [...parametersOf(search)].flatMap(([name, values]) =>
    name === "q" || name === "period" || name === "view"
      ? []
      : values.map((value): SearchPair => [name, value]),
  );

/** The parameters in the address of a page, as texts. */
export function givenIn(query: unknown): Given {
  const given = new Map<string, readonly string[]>();
  for (const [name, value] of Object.entries(query as Record<string, string | string[]>))
    given.set(name, [value].flat());
  return given;
}
