/** The public names of the language of searches. */
export { askedBy } from "./conditions-of.ts";
export { meantSearch } from "./meant.ts";
export { printSearch } from "./print-search.ts";
export {
  contextNames,
  type NamedOrganizations,
  type QualifierPlaces,
  readSearch,
  type SearchRead,
} from "./read-search.ts";
export { type QualifierName, qualifierNames } from "./search-terms.ts";
