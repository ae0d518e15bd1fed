/** The contract of the store for saved views: searches under names, of one person or shared within an organization. */

export interface SavedView {
  readonly organizationId: number;
  /** `view_…` */
  readonly id: string;
  /** The person who sees it; null: it is shared. */
  readonly userId: number | null;
  readonly name: string;
  /** The parameters of a page as JSON, by name. */
  readonly search: string;
  readonly version: number;
  readonly createdAt: bigint;
}

/** Step 1 of a writing transaction: the rows of saved views. The organization's row MUST be locked before. */
export interface SavedViewRows {
  /**
   * Makes a view, version 1. Rejects with StoreError `conflict`, constraint `saved_view_name_key`, if the name (by `nameKey`) is taken
   * among the views of the same person in the organization, or among its shared ones.
   */
  insertSavedView(view: Omit<SavedView, "version" | "createdAt">): Promise<SavedView>;
  /** Locks a view's row and returns it, of any person or shared; undefined if there is none. */
  savedViewForUpdate(organizationId: number, id: string): Promise<SavedView | undefined>;
  /**
   * The number of the views of that person, or of the shared ones. It stays right until the transaction ends, because the organization's
   * row is locked.
   */
  countSavedViews(organizationId: number, userId: number | null): Promise<number>;
  /**
   * Sets the given values; always raises `version` by one. Rejects with StoreError `conflict` if there is no such view, or as
   * `insertSavedView`.
   */
  updateSavedView(
    organizationId: number,
    id: string,
    set: { readonly name?: string; readonly search?: string },
  ): Promise<void>;
  /** Removes a view. Rejects with StoreError `conflict` if there is no such view. */
  deleteSavedView(organizationId: number, id: string): Promise<void>;
}

/** Whose views are read, and how many at most. */
interface SavedViewQuery {
  /** Also those of this person; undefined: the shared ones only. */
  readonly userId: number | undefined;
  readonly limit: number;
}

/** Reading saved views, within a row scope. */
export interface SavedViewReads {
  /** The person's views, then the shared ones, each in the order of their `nameKey`. It MUST NOT return another person's. */
  savedViews(organizationId: number, query: SavedViewQuery): Promise<SavedView[]>;
  /** A view by its id, of any person or shared; undefined if there is none. */
  savedView(organizationId: number, id: string): Promise<SavedView | undefined>;
}
