/**
 * The search of a saved view: checked as the pages and the API would check it, and written in one form, so that equal searches are equal
 * texts. It is read again when someone opens it, because what they may ask can differ.
 */
import {
  canonicalize,
  type DaybookError,
  hideTokens,
  type JsonObject,
  refuse,
  type SavedSearch,
} from "daybook/internal";
import type { QueryIssue } from "../query-string/index.ts";
import { readEventsQuery, type SearchableOrganization, unaskable } from "../search/index.ts";

/** The members of a search that are parameters of events, as the API has them. */
const lists = ["type", "actor", "target", "outcome", "recordedBy"] as const;
const texts = ["q", "from", "to"] as const;
const periods: readonly string[] = ["24h", "7d", "30d", "90d"];
const mostBytes = 8_192;
const mostValues = 50;
const pointerOf = (name: string): string => `/search/${name}`;

/** The canonical text of a search, by which searches are compared and stored. */
export const searchText = (search: SavedSearch): string => canonicalize(search as JsonObject);

/** The search in one form: without what asks for nothing, and each list in order, with each value once. */
export function plainSearch(search: SavedSearch): SavedSearch {
  const plain: Record<string, string | readonly string[]> = {};
  for (const name of texts) {
    const value = search[name]?.trim() ?? "";
    if (value !== "") plain[name] = value;
  }
  for (const name of lists) {
    const values = [...new Set<string>(search[name])].sort();
    if (values.length > 0) plain[name] = values;
  }
  if (search.period !== undefined) plain.period = search.period;
  if (search.layout === "table") plain.layout = "table";
  return plain;
}

/**
 * The search in one form, if this reader may ask it.
 * @throws DaybookError `request-invalid`, `query-invalid`, `not-allowed`, each pointing into `/search`
 */
export function checkSearch(
  search: SavedSearch,
  { view }: Pick<SearchableOrganization, "view">,
): SavedSearch {
  const plain = plainSearch(search);
  const parameters = new Map<string, readonly string[]>();
  for (const name of texts) if (plain[name] !== undefined) parameters.set(name, [plain[name]]);
  for (const name of lists) if (plain[name] !== undefined) parameters.set(name, plain[name]);
  for (const [name, values] of parameters) checkValues(name, values);
  if (plain.period !== undefined && !periods.includes(plain.period))
    throw invalid("period", `Select a period: ${periods.join(", ")}.`);
  if (plain.period !== undefined && (plain.from !== undefined || plain.to !== undefined))
    throw invalid("period", "A view has a period, or a first and a last day, but not both.");
  if (Buffer.byteLength(searchText(plain)) > mostBytes)
    throw invalid("", `The search of a view must be ${mostBytes.toLocaleString("en")} bytes or less.`);
  const { issues, ...query } = readEventsQuery(parameters);
  if (issues[0] !== undefined) throw refusalAt(issues[0], "query-invalid");
  const refused = unaskable(query, { view, isInOne: true });
  if (refused !== undefined) throw refusalAt(refused.issue, refused.code);
  return plain;
}

function checkValues(name: string, values: readonly string[]): void {
  if (values.length > mostValues)
    throw invalid(name, `'${name}' has ${values.length} values; at most ${mostValues} are allowed.`);
  // rows and events would have another text than the one that was sent, which would find something else
  if (values.some((value) => hideTokens(value) !== value))
    throw invalid(name, "The search of a view must not contain a token.");
}

const invalid = (name: string, detail: string): DaybookError =>
  refuse("request-invalid", { pointer: name === "" ? "/search" : pointerOf(name), detail });

const refusalAt = (
  { name, wrong, remedy, place }: QueryIssue,
  code: "query-invalid" | "not-allowed",
): DaybookError =>
  refuse(code, {
    pointer: pointerOf(name),
    detail: name === "q" ? `The search ${wrong}` : `'${name}' ${wrong}`,
    ...(remedy === undefined ? {} : { remedy }),
    ...(place === undefined ? {} : { place }),
  });
