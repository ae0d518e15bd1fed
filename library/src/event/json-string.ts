/** One string token of JSON (RFC 8259 section 7), with its escapes. The caller decides which characters to refuse. */

/** A string token. `fault` says what is wrong, and `end` then says where. */
export interface StringToken {
  readonly value: string;
  /** The index after the closing quote. */
  readonly end: number;
  readonly fault: string | undefined;
}

/** The characters for each escape after a backslash. */
const escapes: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["\\", "\\"],
  ["/", "/"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);

/** The string whose first character after the quote is at `start`. */
export function readEscapedString(text: string, start: number): StringToken {
  let value = "";
  let from = start;
  for (let at = start; ; ) {
    if (at >= text.length) return broken(at, "the text ends within a string");
    const code = text.charCodeAt(at);
    if (code === 0x22) return { value: value + text.slice(from, at), end: at + 1, fault: undefined };
    if (code < 0x20) return broken(at, "a control character must be escaped");
    if (code !== 0x5c) {
      at++;
      continue;
    }
    value += text.slice(from, at);
    const letter = text.charAt(at + 1);
    const plain = letter === "u" ? unicode(text, at + 2) : escapes.get(letter);
    if (plain === undefined) return broken(at, "a backslash must start one of JSON's escapes");
    value += plain;
    at += letter === "u" ? 6 : 2;
    from = at;
  }
}

const broken = (end: number, fault: string): StringToken => ({ value: "", end, fault });

/** The code unit of four hexadecimal digits. */
function unicode(text: string, at: number): string | undefined {
  let unit = 0;
  for (let i = at; i < at + 4; i++) {
    const digit = hexDigit(text.charCodeAt(i));
    if (digit < 0) return undefined;
    unit = unit * 16 + digit;
  }
  return String.fromCharCode(unit);
}

/** The value of a hexadecimal digit; -1 for other characters. */
function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
