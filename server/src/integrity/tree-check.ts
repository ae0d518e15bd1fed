/**
 * Checks one log's tree: grows it again from the stored leaf hashes, and compares its tiles at every level, and its head. It holds one tile
 * for each level, and the few that became full since the last comparison.
 */
import { append, emptyFrontier, equalBytes, tileRoot, tileWidth, toBase64 } from "daybook/internal";
import type { Head, Tile } from "../store/contract/logs.ts";
import type { Store } from "../store/store.ts";
import type { LogFinding } from "./finding.ts";
import type { TreePosition } from "./position.ts";

const width = tileWidth;
const hashBytes = 32;

/** The log of the tree; `head` if it is the current one. */
export interface TreeOf {
  readonly organizationId: number;
  readonly logNo: number;
  readonly head: Head | undefined;
}

/** One growing level of tiles. */
interface Level {
  readonly hashes: Uint8Array;
  count: number;
  /** The number of full tiles. */
  full: bigint;
  /** The tiles that were not compared yet. */
  fresh: Tile[];
}

const emptyLevel = (): Level => ({
  hashes: new Uint8Array(width * hashBytes),
  count: 0,
  full: 0n,
  fresh: [],
});

export class TreeCheck {
  readonly #store: Pick<Store, "tiles" | "heads">;
  readonly #log: TreeOf;
  readonly #levels: Level[] = [];
  #frontier: Uint8Array = emptyFrontier;
  #size = 0n;
  #brokenAt: bigint | undefined;

  /** Grows from the first leaf, or from a position. */
  constructor(store: Pick<Store, "tiles" | "heads">, log: TreeOf, from?: TreePosition) {
    this.#store = store;
    this.#log = log;
    if (from === undefined) return;
    this.#size = BigInt(from.size);
    this.#frontier = Buffer.from(from.frontier, "base64");
    for (const { hashes, full } of from.levels) {
      const level = emptyLevel();
      const bytes = Buffer.from(hashes, "base64").subarray(0, level.hashes.length);
      level.hashes.set(bytes);
      level.count = Math.floor(bytes.length / hashBytes);
      level.full = BigInt(full);
      this.#levels.push(level);
    }
  }

  /** The tree so far, whose full tiles were compared; undefined if an event is missing, because it can't grow from there. */
  get position(): TreePosition | undefined {
    if (this.#brokenAt !== undefined) return undefined;
    const levels = this.#levels.map(({ hashes, count, full }) => ({
      hashes: toBase64(hashes.subarray(0, count * hashBytes)),
      full: String(full),
    }));
    return { size: String(this.#size), frontier: toBase64(this.#frontier), levels };
  }

  /** Whether an event is missing: the tree can't grow beyond it. */
  break(): void {
    this.#brokenAt ??= this.#size;
  }

  /** Grows the tree by the leaf hashes of the next events. */
  add(leafHashes: readonly Uint8Array[]): void {
    if (this.#brokenAt !== undefined || leafHashes.length === 0) return;
    const grown = append(this.#frontier, this.#size, leafHashes);
    this.#frontier = grown.frontier;
    this.#size = grown.size;
    for (const hash of leafHashes) this.#push(0, hash);
  }

  #push(number: number, hash: Uint8Array): void {
    let level = this.#levels[number];
    if (level === undefined) {
      level = emptyLevel();
      this.#levels.push(level);
    }
    level.hashes.set(hash, level.count++ * hashBytes);
    if (level.count < width) return;
    const hashes = level.hashes.slice();
    const root = tileRoot(hashes);
    const { organizationId, logNo } = this.#log;
    level.fresh.push({ organizationId, logNo, level: number, index: level.full++, hashes, root });
    level.count = 0;
    this.#push(number + 1, root);
  }

  /** Compares new full tiles with the stored ones. */
  async *tiles(): AsyncGenerator<LogFinding> {
    const { organizationId, logNo } = this.#log;
    for (const [number, level] of this.#levels.entries()) {
      const fresh = level.fresh.splice(0);
      const first = fresh[0];
      if (first === undefined) continue;
      const stored = await this.#store.tiles(organizationId, logNo, number, first.index, fresh.length);
      const byIndex = new Map(stored.map((tile) => [tile.index, tile]));
      for (const tile of fresh) {
        const sentence = difference(tile, byIndex.get(tile.index));
        if (sentence !== undefined) yield { sentence };
      }
    }
  }

  /** Compares the head, and looks for superfluous tiles. `recordedAt` is that of the last event. */
  async *finish(recordedAt: bigint | null): AsyncGenerator<LogFinding> {
    if (this.#brokenAt !== undefined) {
      yield { sentence: `Tiles and head can't be checked from event ${this.#brokenAt} on.` };
      return;
    }
    yield* this.tiles();
    const { head } = this.#log;
    if (head !== undefined) {
      if (!equalBytes(head.frontier, this.#frontier)) {
        yield { sentence: `The frontier in the head is not that of the ${this.#size} leaves.` };
      }
      if (head.recordedAt !== recordedAt)
        yield { sentence: "The head's recordedAt is not that of the last event." };
    }
    yield* this.#tilesBeyond();
  }

  async *#tilesBeyond(): AsyncGenerator<LogFinding> {
    const { organizationId, logNo } = this.#log;
    for (let number = 0; number <= this.#levels.length; number++) {
      const expected = this.#levels[number]?.full ?? 0n;
      const beyond = (await this.#store.tiles(organizationId, logNo, number, expected, 1))[0];
      if (beyond === undefined || beyond.index < (await this.#tilesNow(number))) continue;
      yield { sentence: `Tile ${beyond.index} of level ${number} is there, though the log is not so long.` };
    }
  }

  /** The present number of full tiles of a level: the log may have grown since the check began. */
  async #tilesNow(level: number): Promise<bigint> {
    const { organizationId, head } = this.#log;
    if (head === undefined) return 0n;
    const size = (await this.#store.heads([organizationId]))[0]?.size ?? 0n;
    return size / BigInt(width) ** BigInt(level + 1);
  }
}

function difference(expected: Tile, stored: Tile | undefined): string | undefined {
  const name = `Tile ${expected.index} of level ${expected.level}`;
  if (stored === undefined) return `${name} is missing.`;
  if (!equalBytes(stored.hashes, expected.hashes))
    return `${name} does not have the hashes of the level below.`;
  if (!equalBytes(stored.root, expected.root))
    return `The root of ${name.toLowerCase()} is not that of its hashes.`;
  return undefined;
}
