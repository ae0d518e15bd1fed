/**
 * The strict JSON reader: RFC 8259, limited to what can be stored exactly (spec/event.md, "Reading"). It makes one pass
 * over the text by character codes. `json-batch.ts` reads a batch with it, an event at a time.
 */
import { DaybookError } from "../error/index.ts";
import type { Json, JsonObject } from "./event.ts";
import { Issues } from "./issues.ts";
import { jsonFault } from "./json-fault.ts";
import { keepName, seenName } from "./json-names.ts";
import { readNumber, wholeNumber, wholeNumberEnd } from "./json-number.ts";
import { readEscapedString } from "./json-string.ts";
import { pointerTo } from "./pointer.ts";
import { isWellFormed } from "./utf8.ts";

/** Whether JSON counts a character code as white space. */
export const isSpace = (code: number): boolean =>
  code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;

export interface ReaderOptions {
  readonly maxDepth: number;
  /** The pointer of the whole text; the default is "". */
  readonly prefix?: string;
  /** The line of the body, from 0, on which the text starts; absent if the text is the whole body. */
  readonly line?: number;
  /** Whether the text itself can have lone surrogates, so that every string must be checked. */
  readonly suspect: boolean;
}

const replaceIt = "Write U+FFFD in its place, and name the place in context.adjusted.";

export class JsonReader {
  protected readonly text: string;
  /** The index of the next character. */
  protected at = 0;
  /** How many objects and arrays are open. */
  private level = 0;
  protected maxLevel: number;
  private readonly maxDepth: number;
  /** The name or index that is being read in each open object or array; `path[0]` is the outermost. */
  protected readonly path: (string | number | undefined)[] = [];
  private readonly prefix: string;
  private readonly line: number | undefined;
  private readonly issues: Issues = new Issues("");
  private readonly suspect: boolean;

  constructor(text: string, options: ReaderOptions) {
    this.text = text;
    this.maxLevel = options.maxDepth;
    this.maxDepth = options.maxDepth;
    this.prefix = options.prefix ?? "";
    this.line = options.line;
    this.suspect = options.suspect;
  }

  /** The one value of the text. Throws `json-unreadable` or `json-refused`. */
  read(): Json {
    this.space();
    const value = this.value();
    this.finish();
    return value;
  }

  /** Checks that nothing follows the value, and that nothing in it was refused. */
  protected finish(): void {
    this.space();
    if (this.at < this.text.length) throw this.unreadable("something follows the JSON value");
    if (this.issues.found.length > 0) throw this.refusal();
  }

  /** Skips white space and returns the code of the next character; -1 at the end. */
  protected space(): number {
    const { text } = this;
    for (; this.at < text.length; this.at++) {
      const code = text.charCodeAt(this.at);
      if (code > 0x20 || !isSpace(code)) return code;
    }
    return -1;
  }

  protected value(): Json {
    const code = this.text.charCodeAt(this.at);
    if (code === 0x22) return this.string();
    if (code === 0x7b) return this.object();
    if (code === 0x5b) return this.array();
    if (code === 0x74) return this.word("true", true);
    if (code === 0x66) return this.word("false", false);
    if (code === 0x6e) return this.word("null", null);
    return this.number();
  }

  private word<T>(word: string, value: T): T {
    if (!this.text.startsWith(word, this.at)) throw this.unreadable("a JSON value is expected");
    this.at += word.length;
    return value;
  }

  private number(): number {
    const end = wholeNumberEnd(this.text, this.at);
    if (end > this.at) {
      const whole = wholeNumber(this.text, this.at, end);
      this.at = end;
      return whole;
    }
    const token = readNumber(this.text, this.at);
    if (token === undefined) throw this.unreadable("a JSON value is expected");
    this.at = token.end;
    if (token.refused === undefined) return token.value;
    this.refuse(token.refused, "Send it as a string.");
    return 0;
  }

  private object(): JsonObject {
    const object: JsonObject = Object.create(null);
    const level = this.open();
    if (this.space() === 0x7d) return this.close(object);
    do {
      const name = this.member(object, level);
      object[name] = this.value();
    } while (this.goesOn(0x7d, "a comma or } is expected"));
    return this.close(object);
  }

  private array(): Json[] {
    const array: Json[] = [];
    const level = this.open();
    if (this.space() === 0x5d) return this.close(array);
    do {
      this.path[level - 1] = array.length;
      array.push(this.value());
    } while (this.goesOn(0x5d, "a comma or ] is expected"));
    return this.close(array);
  }

  /** Reads the name of a member, up to its value. */
  protected member(object: JsonObject, level: number): string {
    if (this.text.charCodeAt(this.at) !== 0x22)
      throw this.unreadable("a member name in double quotes is expected");
    const name = this.name(level);
    this.path[level - 1] = name;
    if (this.space() !== 0x3a) throw this.unreadable("a colon is expected after the member name");
    this.at++;
    this.space();
    if (name === "__proto__") this.refuse("The member name __proto__ is refused.", "Rename the member.");
    else if (name in object)
      this.refuse("The member name occurs twice in one object.", "Send each member once.");
    return name;
  }

  /** Whether another member or item follows, rather than the end. */
  protected goesOn(end: number, expected: string): boolean {
    const next = this.space();
    if (next === end) return false;
    if (next !== 0x2c) throw this.unreadable(expected);
    this.at++;
    this.space();
    return true;
  }

  /** Enters an object or array; returns its level, counted from 1. */
  protected open(): number {
    if (this.level >= this.maxLevel) {
      const detail = `The value is nested more than ${this.maxDepth} levels deep.`;
      this.issues.at(this.pointer(), { detail, remedy: "Send it flatter." });
      throw this.stop();
    }
    this.at++;
    this.path[this.level] = undefined;
    return ++this.level;
  }

  protected close<T>(value: T): T {
    this.at++;
    this.level--;
    return value;
  }

  /** A member name. */
  private name(level: number): string {
    const seen = seenName(this.text, this.at + 1);
    if (seen !== undefined) {
      this.at += seen.length + 2;
      return seen;
    }
    // faults of a name belong to the object, so the level is lower while the name is read
    this.level = level - 1;
    const name = this.string();
    this.level = level;
    if (!this.suspect) keepName(name);
    return name;
  }

  private string(): string {
    const { text } = this;
    const start = ++this.at;
    let at = start;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === 0x22) break;
      // characters that need care: escapes, control characters, the end of the text
      if (code === 0x5c || !(code >= 0x20)) return this.escapedString(start);
      at++;
    }
    this.at = at + 1;
    const value = text.slice(start, at);
    if (this.suspect) this.checkSurrogates(value);
    return value;
  }

  /** A string with escapes, from `start`, which is right after its quote. */
  private escapedString(start: number): string {
    const string = readEscapedString(this.text, start);
    this.at = string.end;
    if (string.fault !== undefined) throw this.unreadable(string.fault);
    if (string.value.includes("\0")) this.refuse("A string contains U+0000.", replaceIt);
    this.checkSurrogates(string.value);
    return string.value;
  }

  private checkSurrogates(value: string): void {
    if (!isWellFormed(value)) this.refuse("A string contains half of a surrogate pair.", replaceIt);
  }

  /** The pointer of the value that is being read. */
  private pointer(): string {
    let pointer = this.prefix;
    for (let i = 0; i < this.level; i++) {
      const name = this.path[i];
      if (name !== undefined) pointer = pointerTo(pointer, name);
    }
    return pointer;
  }

  /** Adds an issue and continues, so that one response names several. */
  private refuse(detail: string, remedy: string): void {
    this.issues.at(this.pointer(), { detail, remedy });
    if (this.issues.isFull) throw this.stop();
  }

  private refusal(): DaybookError {
    const { found } = this.issues;
    return new DaybookError("json-refused", { detail: found[0]!.detail, issues: found });
  }

  /** Ends reading early: the text is refused, unless the rest isn't JSON, which takes precedence. */
  private stop(): DaybookError {
    try {
      JSON.parse(this.text);
    } catch {
      return new DaybookError("json-unreadable");
    }
    return this.refusal();
  }

  private unreadable(expected: string): DaybookError {
    const { what, remedy } = jsonFault(this.text, {
      at: this.at,
      expected,
      isLine: this.line !== undefined,
    });
    const isEmpty = this.text.trim() === "";
    const detail = isEmpty
      ? "The body is empty."
      : `The body is not readable JSON: ${this.where()}, ${what}.`;
    const more = remedy === undefined ? {} : { remedy };
    return new DaybookError("json-unreadable", {
      detail,
      ...more,
      issues: [{ pointer: this.pointer(), detail, ...more }],
    });
  }

  /** The place of the reader, in words. */
  private where(): string {
    const before = this.text.slice(0, this.at);
    const line = (this.line ?? 0) + before.split("\n").length;
    const column = this.at - before.lastIndexOf("\n");
    if (this.at < this.text.length) return `at line ${line}, column ${column}`;
    return this.line === undefined ? "at the end" : `at the end of line ${line}`;
  }
}
