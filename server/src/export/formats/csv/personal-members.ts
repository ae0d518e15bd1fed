/** Finds the members of a slot with personal members in its bytes, if all belong to the top of the other slot. */

/** A personal member: its name, and where it is, from the start of the name to the end of the value. */
export interface PersonalMember {
  readonly name: Buffer;
  readonly from: number;
  readonly to: number;
}

const quote = 0x22;
const comma = 0x2c;
const slash = 0x2f;
const bracket = 0x5b;
const backslash = 0x5c;
const bracketEnd = 0x5d;
const brace = 0x7b;
const braceEnd = 0x7d;
const tilde = 0x7e;
const firstBeyondAscii = 0x80;

/**
 * The members between two places, whose names are JSON pointers. Undefined if one of them leads deeper, has an escape, or has a name that
 * isn't ASCII, which bytes may order differently.
 */
export function personalMembers(bytes: Buffer, start: number, end: number): PersonalMember[] | undefined {
  const members: PersonalMember[] = [];
  // after the brace; each member begins with `"/`
  for (let at = start + 1; at < end - 1; ) {
    const from = at + 2;
    const nameEnd = endOfName(bytes, from);
    const to = nameEnd === -1 ? -1 : endOfValue(bytes, nameEnd + 2, end - 1);
    if (to === -1) return undefined;
    members.push({ name: bytes.subarray(from, nameEnd), from, to });
    at = to + 1;
  }
  return members;
}

function endOfName(bytes: Buffer, from: number): number {
  for (let at = from; ; at++) {
    const byte = bytes[at]!;
    if (byte === quote) return at;
    if (byte === slash || byte === tilde || byte === backslash || byte >= firstBeyondAscii) return -1;
  }
}

/** The place of the comma after a value, or `end`; -1 if it has a backslash. */
function endOfValue(bytes: Buffer, from: number, end: number): number {
  let depth = 0;
  let isText = false;
  for (let at = from; at < end; at++) {
    const byte = bytes[at]!;
    if (byte === backslash) return -1;
    if (byte === quote) isText = !isText;
    else if (isText) continue;
    else if (byte === brace || byte === bracket) depth++;
    else if (byte === braceEnd || byte === bracketEnd) depth--;
    else if (byte === comma && depth === 0) return at;
  }
  return end;
}
