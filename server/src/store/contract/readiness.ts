/** The contract of the store for checking whether it can be used now, in the way that recordings use it. It changes no row. */

/** What a trial found. Times are microseconds since 1970 UTC. */
export interface WriteTrial {
  /** The database's clock. */
  readonly now: bigint;
  /** recordedAt of the newest event of the organization `daybook`; null if there is none. */
  readonly recordedAt: bigint | null;
}

export interface ReadinessChecks {
  /**
   * Tries what recording does, on the connections of recordings, without a row: the rights to append and the locks of the tables, and a
   * commit that reaches the disk. With `room`, it also tries whether the disk has room for another megabyte, in a temporary table. MUST reject
   * with StoreError if a recording would fail now for a reason that is not its own, as far as that shows without a row.
   */
  tryWriting(options: { readonly room: boolean }): Promise<WriteTrial>;
}
