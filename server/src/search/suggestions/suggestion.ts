/** What a suggestion is, and what suggestions are asked for. */
import type { Filter } from "../../store/contract/pages.ts";

/** A value of the qualifier, such as `user:u_17`, `API_CLIENT_*` or `/expiresOn`. */
export interface SuggestedValue {
  readonly value: string;
  /** What people call it: a name, the title of a type, the last name of a path. */
  readonly label: string;
  /** An email address or an id; of a group of types, how many there are. */
  readonly detail?: string;
}

export interface SuggestionQuery {
  readonly organizationId: number;
  /** What the reader sees. */
  readonly filter: Filter;
  readonly text: string;
  readonly most: number;
}
