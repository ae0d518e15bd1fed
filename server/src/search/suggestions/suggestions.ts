/** Suggests values for a qualifier of a search while someone types it: only what the reader can find. */
import { oneOf, type Query, readParameters, refuseParameter, single } from "../../query-string/index.ts";
import type { TitledType } from "../breakdown.ts";
import type { ScopedStore } from "../pages.ts";
import { type SearchableOrganization, visibleFilter } from "../visible.ts";
import { fieldSuggestions } from "./fields.ts";
import { partySuggestions } from "./parties.ts";
import type { SuggestedValue } from "./suggestion.ts";
import { typeSuggestions } from "./types.ts";

/** What is suggested: values of the qualifiers with these names. */
const suggestedKinds = ["actor", "target", "type", "changed"] as const;

type SuggestionKind = (typeof suggestedKinds)[number];

export interface SuggestionRequest {
  readonly kind: SuggestionKind;
  /** What was typed: each word is the beginning of one. Empty: the newest. */
  readonly text: string;
  /** The types that the organization may use: the only ones that are suggested. */
  readonly types?: readonly TitledType[];
}

/** The maximum number of suggestions, and of typed characters. */
const mostSuggestions = 10;
const longestText = 200;

/**
 * The request in a query.
 * @throws DaybookError `query-invalid`
 */
export function parseSuggestionRequest(query: Query): SuggestionRequest {
  const parameters = readParameters(query, ["kind", "text"]);
  const kind = oneOf(parameters, "kind", suggestedKinds);
  if (kind === undefined)
    throw refuseParameter("kind", "is missing.", "Give 'actor', 'target', 'type' or 'changed'.");
  const text = single(parameters, "text") ?? "";
  if (text.length > longestText)
    throw refuseParameter("text", `has more than ${longestText} characters.`, "Give the beginning of it.");
  return { kind, text };
}

/** At most ten suggestions, the best first. Those of actors and targets are from the newest events that fit. */
export async function suggest(
  store: ScopedStore,
  { organizationId, view }: SearchableOrganization,
  { kind, text, types = [] }: SuggestionRequest,
): Promise<SuggestedValue[]> {
  const filter = visibleFilter({}, view) ?? {};
  const reads = store.within(view.rowScope);
  const asked = { organizationId, filter, text, most: mostSuggestions };
  if (kind === "type") return typeSuggestions(reads, types, asked);
  if (kind === "changed")
    return fieldSuggestions(reads, { ...asked, seesAll: view.onlyTarget === undefined });
  return partySuggestions(reads, kind, asked);
}
