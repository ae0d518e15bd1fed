/**
 * The contract of the store for logs: their heads, and the full tiles of their trees.
 *
 * An organization has one head, that of its current log. The row lock on that head orders the log, whichever process appends.
 */

/** The head of an organization's current log. It is locked, read and written as a whole. */
export interface Head {
  readonly organizationId: number;
  readonly logNo: number;
  /** `<name>/o/<26 base32>` */
  readonly origin: string;
  readonly size: bigint;
  /** The roots of the full subtrees of the RFC 6962 tree of `size` leaves, largest first, 32 bytes each. */
  readonly frontier: Uint8Array;
  /** recordedAt of the last event; null while the log is empty. */
  readonly recordedAt: bigint | null;
  /** Whether the organization is closed: then only the server's own events append. Stored in the head row itself. */
  readonly closed: boolean;
}

/** One of an organization's logs; the one with the highest `logNo` is current. */
export interface Log {
  readonly organizationId: number;
  readonly logNo: number;
  readonly origin: string;
  readonly size: bigint;
}

/** A full tile: 256 hashes of a level (0: leaf hashes, 1: roots of level-0 tiles, …). `index` counts from 0. */
export interface Tile {
  readonly organizationId: number;
  readonly logNo: number;
  readonly level: number;
  readonly index: bigint;
  /** 256 x 32 bytes */
  readonly hashes: Uint8Array;
  /** The root over the 256 hashes, 32 bytes: one hash of the level above. */
  readonly root: Uint8Array;
}

/**
 * Logs, heads and tiles in a writing transaction: step 1 makes a log, step 2 locks heads, step 5 appends tiles, step 6 writes
 * heads.
 */
export interface LogRows {
  /**
   * Makes the row of a log that continues another one (`logNo` from 1): ends the log before it, whose size is kept, and takes over its
   * head, reset as that of a new organization. The organization's row MUST be locked before. Rejects with StoreError `conflict` if the log
   * exists, or if `logNo` does not follow the current one.
   */
  insertLog(log: { organizationId: number; logNo: number; origin: string }): Promise<void>;
  /**
   * Locks the heads of these organizations until the transaction ends, and returns them in ascending order of organizationId, each as the
   * last committed transaction left it. An organization without a head is left out.
   *
   * MUST be called once in a transaction, for all its organizations, after every other lock. The store locks in the order of the result,
   * however the caller orders its list, so transactions that follow this rule never deadlock. Waits at most 2 seconds for a head that
   * another transaction holds, then rejects with StoreError `busy`.
   */
  lockHeads(organizationIds: readonly number[]): Promise<Head[]>;
  /**
   * Appends full tiles, all or none, as durable as the transaction. The head of their log MUST be locked. Rejects with StoreError `refused`
   * if a tile already exists. Locks nothing; does nothing without tiles.
   */
  appendTiles(tiles: readonly Tile[]): Promise<void>;
  /**
   * The leaf hashes at [from, to) of a log, in ascending order of seq, including those appended in this transaction: to complete a level-0
   * tile. A place without an event is left out.
   */
  leafHashes(organizationId: number, logNo: number, from: bigint, to: bigint): Promise<Uint8Array[]>;
  /**
   * The roots of the full tiles [from, to) of a level, in ascending order: the hashes of the level above. A tile that does not exist is
   * left out.
   */
  tileRoots(
    organizationId: number,
    logNo: number,
    level: number,
    from: bigint,
    to: bigint,
  ): Promise<Uint8Array[]>;
  /**
   * Writes size, frontier, recordedAt and closed of heads that this transaction has locked. The caller MUST pass heads from `lockHeads`,
   * with the same organizationId and logNo; the store silently ignores others. They become visible and durable together with the events, or
   * not at all.
   */
  updateHeads(heads: readonly Head[]): Promise<void>;
}

/** Reading logs, within a row scope. For a log outside the row scope, the result is the same as for one that does not exist. */
export interface LogReads {
  /**
   * The heads of these organizations as last committed, in ascending order of organizationId. An organization without a head is
   * left out.
   */
  heads(organizationIds: readonly number[]): Promise<Head[]>;
  /**
   * The logs of an organization in ascending order of logNo, each with its size; the last one is current. Empty if there is no such
   * organization.
   */
  logs(organizationId: number): Promise<Log[]>;
  /** Full tiles of a level in ascending order of index, the first at or after `fromIndex`, at most `limit`. */
  tiles(
    organizationId: number,
    logNo: number,
    level: number,
    fromIndex: bigint,
    limit: number,
  ): Promise<Tile[]>;
}
