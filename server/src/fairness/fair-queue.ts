/**
 * A queue in which nobody waits for the many items of another: each key has a line of its own, and the lines take turns by the cost of
 * their items (self-clocked fair queueing, Golestani 1994). Within a line, the order stays.
 */
import { Line } from "./line.ts";

/** The items of one key. `finish` is the virtual time at which the first one has had its turn. */
interface KeyLine<K, T> {
  readonly key: K;
  readonly items: Line<T>;
  finish: number;
}

export class FairQueue<K, T> {
  readonly #costOf: (item: T) => number;
  readonly #lines = new Map<K, KeyLine<K, T>>();
  /** The same lines, the next one last. */
  readonly #order: KeyLine<K, T>[] = [];
  /** Virtual time: the finish of the item that was taken last. */
  #now = 0;
  #length = 0;

  /** `costOf` an item is above 0, and stays the same. */
  constructor(costOf: (item: T) => number) {
    this.#costOf = costOf;
  }

  get length(): number {
    return this.#length;
  }

  /** Whether the key has items. */
  has(key: K): boolean {
    return this.#lines.has(key);
  }

  /** Whether a key that has items is such a key. */
  hasKey(isWanted: (key: K) => boolean): boolean {
    for (const key of this.#lines.keys()) if (isWanted(key)) return true;
    return false;
  }

  /** The item that is taken next. */
  get next(): T | undefined {
    return this.#order.at(-1)?.items.first;
  }

  /** Adds an item at the end of its line. The first item of a line goes before the items of lines that had more. */
  add(key: K, item: T): void {
    this.#length++;
    const line = this.#lines.get(key);
    if (line !== undefined) {
      line.items.add(item);
      return;
    }
    const first = { key, items: new Line<T>(), finish: this.#now + this.#costOf(item) };
    first.items.add(item);
    this.#lines.set(key, first);
    this.#insert(first);
  }

  /** Adds an item before the others of its line, with the same cost as the first of them. */
  addFirst(key: K, item: T): void {
    const line = this.#lines.get(key);
    if (line === undefined) this.add(key, item);
    else {
      this.#length++;
      line.items.addFirst(item);
    }
  }

  /** Removes the next item and returns it. */
  take(): T | undefined {
    return this.#takeOf(this.#order.pop());
  }

  /** Removes the next item of the keys that may have their turn now, and returns it. */
  takeIf(may: (key: K) => boolean): T | undefined {
    const at = this.#order.findLastIndex(({ key }) => may(key));
    return at < 0 ? undefined : this.#takeOf(this.#order.splice(at, 1)[0]);
  }

  #takeOf(line: KeyLine<K, T> | undefined): T | undefined {
    const item = line?.items.take();
    if (line === undefined || item === undefined) return undefined;
    this.#length--;
    // a line that had to let others go first is behind
    this.#now = Math.max(this.#now, line.finish);
    this.#goOn(line, line.finish);
    return item;
  }

  /** Removes the items at the start of each line for which `isOver` is true, and returns them. */
  removeFirst(isOver: (item: T) => boolean): T[] {
    const removed: T[] = [];
    if (!this.#order.some(({ items }) => isOver(items.first!))) return removed;
    for (const line of this.#order.splice(0).reverse()) {
      const start = line.finish - this.#costOf(line.items.first!);
      while (line.items.length > 0 && isOver(line.items.first!)) removed.push(line.items.take()!);
      this.#goOn(line, start);
    }
    this.#length -= removed.length;
    return removed;
  }

  /** Puts a line in its place again, or ends it. `start` is the virtual time at which its first item begins. */
  #goOn(line: KeyLine<K, T>, start: number): void {
    const next = line.items.first;
    if (next === undefined) {
      this.#lines.delete(line.key);
      return;
    }
    line.finish = start + this.#costOf(next);
    this.#insert(line);
  }

  /** After the lines with the same finish, so that they keep their order. */
  #insert(line: KeyLine<K, T>): void {
    let low = 0;
    let high = this.#order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#order[middle]!.finish > line.finish) low = middle + 1;
      else high = middle;
    }
    this.#order.splice(low, 0, line);
  }
}
