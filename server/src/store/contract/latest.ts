/** The contract of the store for the last events of some parties: since when someone has done nothing. */

/** The parties, by what they are in the events: each `type:id`. */
export type LatestQuery =
  | { readonly organizationId: number; readonly actors: readonly string[] }
  | { readonly organizationId: number; readonly targets: readonly string[] };

/** Reading the last events, within a row scope. */
export interface LatestReads {
  /**
   * When the last event of each party occurred, by `type:id`; a party without an event is left out. MUST take one step in an index for each
   * party, however many events they have.
   */
  latest(query: LatestQuery): Promise<ReadonlyMap<string, bigint>>;
}
