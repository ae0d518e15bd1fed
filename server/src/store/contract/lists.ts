/** Shared by the lists of the contract: a page of a list. */

/** A place in a list that is ordered by a unique text; a page starts after it. */
export interface ListPage {
  readonly after: string | undefined;
  readonly limit: number;
}
