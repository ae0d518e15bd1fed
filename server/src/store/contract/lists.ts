/** Shared by the lists of the contract: a page of a list. */

/** A place in a list that is ordered by a unique text; a page starts after it. */
export interface ListPage {
  readonly after: string | undefined;
  readonly limit: number;
}

/** A page of those whose name, or another text that people know them by, contains some words; without words, of all. */
export interface SearchedPage extends ListPage {
  /** Compared without case, as far as the database's locale folds it. */
  readonly matching?: string | undefined;
}
