/**
 * Finds tokens by their shape and replaces them with placeholders (spec/hiding.md, section 3). It makes one pass over a
 * text, and skips texts that are shorter than every token.
 */
import { sha256Hex } from "./sha256.ts";
import type { PemShape, TokenShape } from "./token-table.ts";

/** The part of a text that is in a token, from `start` to before `end`. */
interface Stretch {
  readonly start: number;
  end: number;
}

/** A prepared shape: `at` is the position in its literal of the character at which the scan stops. */
interface Ready {
  readonly literal: string;
  readonly at: number;
  /** The end of the token whose literal starts at `start`, or -1 if there is no token. */
  readonly end: (text: string, start: number, seen: Seen) => number;
}

/** What one scan has already found, so that it reads no part of a text twice. */
interface Seen {
  /** By class: the last run of its characters. */
  readonly runs: Stretch[];
  /** By end of a key: its next position at or after the last search; -1 if there is none. */
  readonly ends: Map<string, number>;
}

export class TokenFinder {
  readonly #shortest: number;
  /** By character and the one before it; undefined for most. */
  readonly #ready: (readonly Ready[] | undefined)[] = new Array(128 * 128);
  readonly #stops = new Uint8Array(128);
  /**
   * Matches any of the stops. A regular expression skips texts without stops, such as digests, faster than the scan.
   */
  readonly #anyStop: RegExp;
  readonly #classes: string[] = [];

  constructor(table: readonly (TokenShape | PemShape)[]) {
    this.#shortest = Math.min(
      ...table.map((each) => ("kind" in each ? each.begin + each.end : "x".repeat(each.least)).length),
    );
    for (const each of table) this.#add("kind" in each ? pem(each) : this.#run(each));
    const stops = [...this.#stops.keys()].filter((code) => this.#stops[code] === 1);
    this.#anyStop = new RegExp(`[${stops.map((code) => `\\x${code.toString(16)}`).join("")}]`);
  }

  /** The text with `[token …]` in place of each token; the text itself if it has none. */
  hide(text: string): string {
    if (text.length < this.#shortest || !this.#anyStop.test(text)) return text;
    const found = this.#find(text);
    return found === undefined ? text : replace(text, found);
  }

  #find(text: string): Stretch[] | undefined {
    const stops = this.#stops;
    let found: Stretch[] | undefined;
    let seen: Seen | undefined;
    for (let i = 1; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code > 127 || stops[code] === 0) continue;
      const before = text.charCodeAt(i - 1);
      const ready = before > 127 ? undefined : this.#ready[code * 128 + before];
      if (ready === undefined) continue;
      for (const each of ready) {
        const start = i - each.at;
        if (start < 0 || !text.startsWith(each.literal, start)) continue;
        seen ??= { runs: this.#classes.map(() => ({ start: 0, end: 0 })), ends: new Map() };
        const end = each.end(text, start, seen);
        if (end === -1) continue;
        found ??= [];
        found.push({ start, end });
      }
    }
    return found;
  }

  #add(ready: Ready): void {
    const code = ready.literal.charCodeAt(ready.at);
    const place = code * 128 + ready.literal.charCodeAt(ready.at - 1);
    this.#stops[code] = 1;
    this.#ready[place] = [...(this.#ready[place] ?? []), ready];
  }

  #run({ prefix, class: letters, least }: TokenShape): Ready {
    let index = this.#classes.indexOf(letters);
    if (index === -1) index = this.#classes.push(letters) - 1;
    const inClass = membersOf(letters);
    return {
      literal: prefix,
      at: stopOf(prefix),
      end(text, start, { runs }) {
        const run = runs[index]!;
        const from = start + prefix.length;
        if (from < run.start || from >= run.end) {
          let end = from;
          while (end < text.length && inClass[text.charCodeAt(end)] === 1) end++;
          runs[index] = { start: from, end };
          return end - start >= least ? end : -1;
        }
        return run.end - start >= least ? run.end : -1;
      },
    };
  }
}

/** A key: its first line names a private key, and it ends after the next such end, or with the text. */
function pem({ begin, end: last }: PemShape): Ready {
  return {
    literal: begin,
    at: stopOf(begin),
    end(text, start, { ends }) {
      let head = start + begin.length;
      while (isLabel(text.charCodeAt(head)) && !text.startsWith(last, head)) head++;
      if (!text.startsWith(last, head)) return -1;
      const from = head + last.length;
      let next = ends.get(last);
      if (next === undefined || (next !== -1 && next < from)) {
        next = text.indexOf(last, from);
        ends.set(last, next);
      }
      return next === -1 ? text.length : next + last.length;
    },
  };
}

/** Upper-case letters, digits and spaces: the characters between BEGIN and PRIVATE KEY. */
const isLabel = (code: number): boolean =>
  (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39) || code === 0x20;

/**
 * Where the scan stops at a literal: its last `_`, `-` or `.`, which are rare; else its second character. Never its
 * first.
 */
function stopOf(literal: string): number {
  const last = Math.max(...["_", "-", "."].map((each) => literal.lastIndexOf(each)));
  return Math.max(last, 1);
}

/** 1 for each character of a class such as `0-9A-Z_-`. */
function membersOf(letters: string): Uint8Array {
  const members = new Uint8Array(128);
  for (let i = 0; i < letters.length; i++) {
    const isRange = letters[i + 1] === "-" && i + 2 < letters.length;
    const last = letters.charCodeAt(isRange ? i + 2 : i);
    for (let code = letters.charCodeAt(i); code <= last; code++) members[code] = 1;
    if (isRange) i += 2;
  }
  return members;
}

/** Replaces each part with a placeholder; parts that overlap count as one. */
function replace(text: string, found: Stretch[]): string {
  found.sort((a, b) => a.start - b.start);
  let replaced = "";
  let at = 0;
  for (let i = 0; i < found.length; ) {
    const { start } = found[i]!;
    let end = found[i]!.end;
    for (i++; i < found.length && found[i]!.start < end; i++) end = Math.max(end, found[i]!.end);
    replaced += `${text.slice(at, start)}[token ${sha256Hex(text.slice(start, end)).slice(0, 12)}]`;
    at = end;
  }
  return replaced + text.slice(at);
}
