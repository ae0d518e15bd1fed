/** A set of the documents of a segment, a bit for each. */
import { eachListed, type SegmentEntry } from "../../full-text/index.ts";

export class Bits {
  readonly size: number;
  readonly #words: Uint32Array;
  #isNew = true;

  /** `size`: the number of documents. */
  constructor(size: number) {
    this.size = size;
    this.#words = new Uint32Array(Math.ceil(size / 32));
  }

  /** Adds the documents of an entry. */
  add(entry: SegmentEntry): void {
    const words = this.#words;
    const isFirst = this.#isNew;
    this.#isNew = false;
    if (entry.isBitmap && isFirst) {
      new Uint8Array(words.buffer).set(entry.postings);
      return;
    }
    if (entry.isBitmap) {
      const added = new Uint32Array(words.length);
      new Uint8Array(added.buffer).set(entry.postings);
      for (let at = 0; at < words.length; at++) words[at]! |= added[at]!;
      return;
    }
    if (entry.isRest) {
      const all = new Bits(this.size);
      all.fill();
      eachListed(entry, (document) => all.clear(document));
      this.join(all);
      return;
    }
    eachListed(entry, (document) => {
      words[document >>> 5]! |= 1 << (document & 31);
    });
  }

  /** A copy. */
  copy(): Bits {
    const copied = new Bits(this.size);
    copied.join(this);
    return copied;
  }

  join(others: Bits): void {
    this.#isNew = false;
    for (let at = 0; at < this.#words.length; at++) this.#words[at]! |= others.#words[at]!;
  }

  has(document: number): boolean {
    return (this.#words[document >>> 5]! & (1 << (document & 31))) !== 0;
  }

  /** Adds all documents. */
  fill(): void {
    this.#isNew = false;
    this.#words.fill(0xffffffff);
    const used = this.size & 31;
    if (used !== 0) this.#words[this.#words.length - 1] = (1 << used) - 1;
  }

  keep(others: Bits): void {
    for (let at = 0; at < this.#words.length; at++) this.#words[at]! &= others.#words[at]!;
  }

  remove(others: Bits): void {
    for (let at = 0; at < this.#words.length; at++) this.#words[at]! &= ~others.#words[at]!;
  }

  clear(document: number): void {
    this.#words[document >>> 5]! &= ~(1 << (document & 31));
  }

  isEmpty(): boolean {
    for (const word of this.#words) if (word !== 0) return false;
    return true;
  }

  /** The last document before that one, or -1. */
  lastBefore(document: number): number {
    let at = (document - 1) >>> 5;
    if (document <= 0) return -1;
    const used = document & 31;
    let word = this.#words[at]! & (used === 0 ? -1 : (1 << used) - 1);
    while (word === 0) {
      if (at === 0) return -1;
      word = this.#words[--at]!;
    }
    return at * 32 + 31 - Math.clz32(word);
  }

  /** The first document from that one on, or -1. */
  firstFrom(document: number): number {
    if (document >= this.size) return -1;
    let at = document >>> 5;
    let word = this.#words[at]! & (-1 << (document & 31));
    while (word === 0) {
      if (++at === this.#words.length) return -1;
      word = this.#words[at]!;
    }
    return at * 32 + 31 - Math.clz32(word & -word);
  }

  /** The number of documents from `first`, a multiple of 32, to `end`, which is exclusive. */
  countIn(first: number, end: number): number {
    const last = Math.min(end, this.size);
    const whole = last >>> 5;
    let count = 0;
    for (let at = first >>> 5; at < whole; at++) count += bitsIn(this.#words[at]!);
    const rest = last & 31;
    return rest === 0 ? count : count + bitsIn(this.#words[whole]! & ((1 << rest) - 1));
  }
}

/** The number of set bits of 32. */
function bitsIn(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
