/** JSON Pointers (RFC 6901) as text: building, splitting and comparing them. */

/** One reference token: `~` and `/` escaped (RFC 6901 section 3). */
const escapeToken = (name: string): string =>
  name.includes("~") || name.includes("/") ? name.replaceAll("~", "~0").replaceAll("/", "~1") : name;

/** The pointer of the member `name`, or of the item with that index, of what `pointer` names. */
export const pointerTo = (pointer: string, name: string | number): string =>
  `${pointer}/${typeof name === "number" ? name : escapeToken(name)}`;

/** True for "" and for tokens that each start with `/` and in which `~` is followed by 0 or 1. */
export const isPointer = (text: string): boolean =>
  text === "" || (text.charCodeAt(0) === 0x2f && !(text.includes("~") && /~(?![01])/.test(text)));

/** The names that a pointer goes through, unescaped; an empty list for `""`. */
export const pointerNames = (pointer: string): string[] =>
  pointer
    .split("/")
    .slice(1)
    .map((token) => (token.includes("~") ? token.replaceAll("~1", "/").replaceAll("~0", "~") : token));

/** True if one of its names is `__proto__`, which no member may have. */
export const goesThroughProto = (pointer: string): boolean =>
  pointer.includes("__proto__") && pointerNames(pointer).includes("__proto__");

/** True if the two are equal, or one lies under the other. */
export const overlap = (a: string, b: string): boolean =>
  a.length === b.length
    ? a === b
    : a.length > b.length
      ? a.charCodeAt(b.length) === 0x2f && a.startsWith(b)
      : b.charCodeAt(a.length) === 0x2f && b.startsWith(a);
