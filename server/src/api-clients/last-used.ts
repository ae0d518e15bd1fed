/**
 * The day on which a client was last used, without a write for each request: those of today that the database doesn't know of
 * yet are kept in memory and written together. Bookkeeping, at worst a few seconds late: no event goes with it.
 */
import { type Chore, every } from "../chores/index.ts";
import type { ApiClient } from "../store/api-clients.ts";
import { dayOf } from "./dates.ts";
import type { Rooms } from "./organization.ts";

const flushMs = 3_000;

type Used = Pick<ApiClient, "organizationId" | "id">;

export class LastUsed {
  readonly #rooms: Pick<Rooms, "store" | "clock">;
  readonly #chore: Chore;
  /** By the client's id. */
  #used = new Map<string, Used>();

  constructor(rooms: Pick<Rooms, "store" | "clock" | "failed">) {
    this.#rooms = rooms;
    this.#chore = every(flushMs, () => this.#write(), rooms.failed);
  }

  /** `client` as it was read for this request. */
  note({ organizationId, id, lastUsedOn }: ApiClient): void {
    if (lastUsedOn !== null && lastUsedOn >= dayOf(this.#rooms.clock())) return;
    if (!this.#used.has(id)) this.#used.set(id, { organizationId, id });
  }

  /** Writes what isn't written yet. Never rejects. */
  flush(): Promise<void> {
    return this.#chore.now();
  }

  async close(): Promise<void> {
    await this.#chore.stop();
    await this.#chore.now();
  }

  async #write(): Promise<void> {
    const used = this.#used;
    if (used.size === 0) return;
    this.#used = new Map();
    try {
      await this.#rooms.store.noteUsed([...used.values()], dayOf(this.#rooms.clock()));
    } catch (error) {
      this.#used = new Map([...used, ...this.#used]);
      throw error;
    }
  }
}
