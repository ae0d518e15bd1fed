/** One number token of JSON and its value: the nearest double, refused if it would differ from what was written. */

/** A number token. `refused` says why its value can't be stored. */
export interface NumberToken {
  readonly end: number;
  readonly value: number;
  readonly refused: string | undefined;
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

/** The index after the digits that start at `at`. */
function afterDigits(text: string, at: number): number {
  while (isDigit(text.charCodeAt(at))) at++;
  return at;
}

/**
 * The number token at `at` (RFC 8259 section 6); undefined if there isn't one. Its value is its nearest double d. It is
 * refused if d isn't finite, if |d| > 2^53-1 in any spelling, or if d is 0 while a digit before the exponent isn't. -0
 * becomes 0.
 */
export function readNumber(text: string, at: number): NumberToken | undefined {
  const start = at;
  if (text.charCodeAt(at) === 0x2d) at++;
  const first = text.charCodeAt(at);
  if (!isDigit(first)) return undefined;
  at = first === 0x30 ? at + 1 : afterDigits(text, at);
  if (text.charCodeAt(at) === 0x2e) {
    const fraction = at + 1;
    at = afterDigits(text, fraction);
    if (at === fraction) return undefined;
  }
  if ((text.charCodeAt(at) | 0x20) === 0x65) {
    const sign = text.charCodeAt(at + 1);
    const exponent = sign === 0x2b || sign === 0x2d ? at + 2 : at + 1;
    at = afterDigits(text, exponent);
    if (at === exponent) return undefined;
  }
  return judge(text.slice(start, at), at);
}

function judge(token: string, end: number): NumberToken {
  const value = Number(token);
  if (!(Math.abs(value) <= Number.MAX_SAFE_INTEGER)) {
    return { end, value: 0, refused: "The number is beyond 2^53-1 and can't be stored exactly." };
  }
  if (value === 0) {
    const lost = /^[-.0]*[1-9]/.test(token);
    return { end, value: 0, refused: lost ? "The number would become 0." : undefined };
  }
  return { end, value, refused: undefined };
}

/**
 * The index after a whole number of 1 to 15 digits without a sign, which is always safe; `at` or -1 if there isn't one.
 */
export function wholeNumberEnd(text: string, at: number): number {
  if (!(text.charCodeAt(at) > 0x30)) return -1;
  const end = afterDigits(text, at);
  if (end - at > 15) return -1;
  const next = text.charCodeAt(end);
  return next === 0x2e || (next | 0x20) === 0x65 ? -1 : end;
}

/** The value of the digits from `at` to `end`; at most 15 digits. */
export function wholeNumber(text: string, at: number, end: number): number {
  let value = 0;
  for (let i = at; i < end; i++) value = value * 10 + text.charCodeAt(i) - 0x30;
  return value;
}
