/** A cache of member names. Events repeat the same few names: a name found here needs no copy and no second look-up. */

/** Longer names are not cached, because they might hold on to the whole text that they were cut from. */
const LONGEST = 12;
const SIZE = 256;
const kept: string[] = new Array<string>(SIZE).fill("");

/** The name that starts at `start`, after its quote, if it is in the cache, has no escapes, and ends with a quote. */
export function seenName(text: string, start: number): string | undefined {
  const stop = Math.min(text.length, start + LONGEST + 1);
  let hash = 0;
  for (let at = start; at < stop; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      const name = kept[hash & (SIZE - 1)]!;
      return name.length === at - start && text.startsWith(name, start) ? name : undefined;
    }
    hash = (hash * 31 + code) | 0;
  }
  return undefined;
}

/** Adds a name that a reader found to be well-formed. Ignores names with a character that needs an escape. */
export function keepName(name: string): void {
  if (name.length > LONGEST) return;
  let hash = 0;
  for (let at = 0; at < name.length; at++) {
    const code = name.charCodeAt(at);
    if (code < 0x20 || code === 0x22 || code === 0x5c) return;
    hash = (hash * 31 + code) | 0;
  }
  kept[hash & (SIZE - 1)] = name;
}
