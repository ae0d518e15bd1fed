/**
 * A cache of organizations, so that recording an event needs no look-up. Number, id and slug never change; name and closing can: the log
 * checks closing under its lock, and pages of events read both again. The size is limited: the oldest entry goes first.
 */
import type { Organization } from "../store/contract/organizations.ts";

const most = 10_000;
/**
 * Milliseconds, at most; each entry has a time of its own from a half of it on. Nothing depends on it, because what can change is read again;
 * but a thousand organizations that were looked up together would be looked up together again.
 */
const longest = 60_000;

export class KnownOrganizations {
  readonly #entries = new Map<string, { readonly organization: Organization; readonly until: number }>();
  readonly #random: () => number;

  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  /** By slug or id; undefined if it is not in the cache. */
  get(slugOrId: string): Organization | undefined {
    const entry = this.#entries.get(slugOrId);
    if (entry === undefined || entry.until > performance.now()) return entry?.organization;
    this.#entries.delete(slugOrId);
    return undefined;
  }

  keep(slugOrId: string, organization: Organization): Organization {
    const lifetime = longest * (1 - this.#random() / 2);
    this.#entries.set(slugOrId, { organization, until: performance.now() + lifetime });
    if (this.#entries.size > most) this.#entries.delete(this.#entries.keys().next().value!);
    return organization;
  }

  forget({ id, slug }: Organization): void {
    this.#entries.delete(id);
    this.#entries.delete(slug);
  }
}
