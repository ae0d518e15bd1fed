/** The contract of the store for logs: their heads, and the full tiles of their trees. */

/** The head of an organization's current log. Locked, read and written as a whole. */
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
  /** Of a closed organization: only the server's own events still append. Kept in the head row itself. */
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

/** Logs, heads and tiles in a writing transaction. */
export interface LogRows {
  /** Makes the log's row, and its head: size 0, empty frontier, recordedAt null, open. */
  insertLog(log: { organizationId: number; logNo: number; origin: string }): Promise<void>;
  lockHeads(organizationIds: readonly number[]): Promise<Head[]>;
  appendTiles(tiles: readonly Tile[]): Promise<void>;
  /** Level-0 leaf hashes [from, to) of a log, to complete a tile: from rows, in order of seq. */
  leafHashes(organizationId: number, logNo: number, from: bigint, to: bigint): Promise<Uint8Array[]>;
  /** The roots of the full tiles [from, to) of a level: the hashes of the level above. */
  tileRoots(
    organizationId: number,
    logNo: number,
    level: number,
    from: bigint,
    to: bigint,
  ): Promise<Uint8Array[]>;
  updateHeads(heads: readonly Head[]): Promise<void>;
}

/** Reading logs, within a row scope. */
export interface LogReads {
  heads(organizationIds: readonly number[]): Promise<Head[]>;
  logs(organizationId: number): Promise<Log[]>;
  tiles(
    organizationId: number,
    logNo: number,
    level: number,
    fromIndex: bigint,
    limit: number,
  ): Promise<Tile[]>;
}
