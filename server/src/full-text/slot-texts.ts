/** The texts in a slot, read from its canonical JSON. */

/** Receives a text and the name of its member; returns whether more are wanted. */
export type TakeText = (text: string, name: string) => boolean;

const [quote, comma, minus, zero, nine, colon] = [0x22, 0x2c, 0x2d, 0x30, 0x39, 0x3a];
const [closingBracket, closingBrace] = [0x5d, 0x7d];

/**
 * Passes each text and each number of a slot to the callback, until it returns false: then the result is false. Names of members are not
 * texts. Canonical JSON has no white space, so the texts are found without building the value; only escapes must be decoded.
 */
export function eachText(json: string, take: TakeText): boolean {
  if (json.includes("\\")) return eachTextOf(JSON.parse(json), "", take);
  let name = "";
  for (let at = 0; at < json.length; ) {
    const unit = json.charCodeAt(at);
    if (unit === quote) {
      const end = json.indexOf('"', at + 1);
      if (end === -1) throw new SyntaxError("A text in a slot has no end.");
      const text = json.slice(at + 1, end);
      at = end + 1;
      if (json.charCodeAt(at) === colon) name = text;
      else if (!take(text, name)) return false;
    } else if (unit === minus || (unit >= zero && unit <= nine)) {
      const end = numberEnd(json, at);
      if (!take(json.slice(at, end), name)) return false;
      at = end;
    } else {
      if (unit === closingBrace) name = "";
      at++;
    }
  }
  return true;
}

function numberEnd(json: string, start: number): number {
  let end = start;
  for (; end < json.length; end++) {
    const unit = json.charCodeAt(end);
    if (unit === comma || unit === closingBracket || unit === closingBrace) break;
  }
  return end;
}

/** The same for a value. */
function eachTextOf(value: unknown, name: string, take: TakeText): boolean {
  if (typeof value === "string") return take(value, name);
  if (typeof value === "number") return take(String(value), name);
  if (Array.isArray(value)) return value.every((item) => eachTextOf(item, name, take));
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([member, inner]) => eachTextOf(inner, member, take));
}
