/**
 * Room that many share, such as memory: nobody can take all of it. One alone can have three quarters of the whole; the more take part, the
 * less each can have, and there is always some left for a newcomer (dynamic thresholds, Choudhury and Hahne 1998).
 */

/** How many times the room that stays free one key can hold. */
const share = 3;

export class FairRoom<K> {
  readonly whole: number;
  readonly #held = new Map<K, number>();
  #total = 0;

  constructor(whole: number) {
    this.whole = whole;
  }

  /** The amount that is taken. */
  get taken(): number {
    return this.#total;
  }

  /** Whether there is room. Any amount fits if all of it is free. */
  has(key: K, amount: number): boolean {
    if (this.#total === 0) return true;
    return this.heldBy(key) + amount <= share * (this.whole - this.#total - amount);
  }

  /** Takes room, without a check. */
  take(key: K, amount: number): void {
    this.#total += amount;
    this.#held.set(key, this.heldBy(key) + amount);
  }

  /** Gives back what was taken. */
  give(key: K, amount: number): void {
    this.#total -= amount;
    const left = this.heldBy(key) - amount;
    if (left > 0) this.#held.set(key, left);
    else this.#held.delete(key);
  }

  heldBy(key: K): number {
    return this.#held.get(key) ?? 0;
  }
}
