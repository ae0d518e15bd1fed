/**
 * Marks: pointers of a type that single out changes and members (spec/hiding.md, section 1). A token of a mark stands for the
 * token that equals it; `-` stands for any index too. It refuses to know what the marks are for.
 */
import { overlap } from "./pointer.ts";

/** True for `0`, or digits of which the first isn't 0. */
export const isIndex = (token: string): boolean => /^(0|[1-9][0-9]*)$/.test(token);

/** True if the token of a mark stands for this token; both escaped, or both not. */
export const standsFor = (mark: string, token: string): boolean =>
  mark === token || (mark === "-" && isIndex(token));

/** How a path lies to a mark: it equals it or lies under it, contains it, or neither. */
export type Lie = "within" | "around" | "apart";

/** How a path lies to a mark. Both are pointers. */
export function lieOf(path: string, mark: string): Lie {
  if (!mark.includes("-")) {
    if (!overlap(path, mark)) return "apart";
    return path.length >= mark.length ? "within" : "around";
  }
  const tokens = path.split("/");
  const wanted = mark.split("/");
  for (let i = 1; i < tokens.length && i < wanted.length; i++) {
    if (!standsFor(wanted[i]!, tokens[i]!)) return "apart";
  }
  return tokens.length >= wanted.length ? "within" : "around";
}

/** True if the path equals a mark, lies under one, or contains one. */
export function isMarked(path: string, marks: readonly string[]): boolean {
  for (const mark of marks) if (lieOf(path, mark) !== "apart") return true;
  return false;
}

const depth = (pointer: string): number => pointer.split("/").length;

/** True if a mark stands for the path itself. */
export function isMarkedItself(path: string, marks: readonly string[]): boolean {
  for (const mark of marks) {
    if (path === mark) return true;
    if (mark.includes("-") && lieOf(path, mark) === "within" && depth(path) === depth(mark)) return true;
  }
  return false;
}
