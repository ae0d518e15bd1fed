/**
 * How long a group takes: a fixed part (the commit) and a part for each unit of weight, learned from the groups before. A slow disk makes
 * the fixed part long, and smaller groups would not make it shorter; slow work makes the other part long, and smaller groups do.
 */

/** The weight of events: each counts as one, and so do two KiB. */
export const weightOf = ({ events, bytes }: { readonly events: number; readonly bytes: number }): number =>
  events + bytes / 2_048;

/** How long a group should take, in milliseconds, besides its fixed part. */
const targetMs = 50;
/** What a unit takes until the first groups have ended, and the least that it is believed to take. */
const firstMs = 0.1;
const leastMs = 0.002;
/** What the fixed part is believed to take while all groups have the same weight, which shows nothing. */
const usualFixedMs = 3;
/** How much the groups before count beside the newest one. */
const memory = 0.9;
/** Longer groups had to wait for something else. */
const mostMs = 1_000;

export class Pace {
  /** Sums over the groups: their number, weights, times, and products, the older ones counting less. */
  #groups = 0;
  #weight = 0;
  #ms = 0;
  #squares = 0;
  #products = 0;
  #unitMs = firstMs;

  /** The weight up to which a group takes requests. */
  get most(): number {
    return targetMs / this.#unitMs;
  }

  /** About how long work of this weight takes, in milliseconds. */
  msOf(weight: number): number {
    return weight * this.#unitMs;
  }

  learn(weight: number, milliseconds: number): void {
    const ms = Math.min(milliseconds, mostMs);
    this.#groups = this.#groups * memory + 1;
    this.#weight = this.#weight * memory + weight;
    this.#ms = this.#ms * memory + ms;
    this.#squares = this.#squares * memory + weight * weight;
    this.#products = this.#products * memory + weight * ms;
    const [meanWeight, meanMs] = [this.#weight / this.#groups, this.#ms / this.#groups];
    const variance = this.#squares / this.#groups - meanWeight ** 2;
    const slope =
      variance > (meanWeight / 10) ** 2
        ? (this.#products / this.#groups - meanWeight * meanMs) / variance
        : (meanMs - usualFixedMs) / meanWeight;
    this.#unitMs = Math.max(leastMs, Math.min(slope, meanMs / meanWeight));
  }
}
