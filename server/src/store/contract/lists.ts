/** What the lists of the contract share: a page of a list. */

/** A place in a list in the order of a text that is unique in it; a page goes on after it. */
export interface ListPage {
  readonly after: string | undefined;
  readonly limit: number;
}
