/**
 * Marks: pointers of a type that select changes and members (spec/hiding.md, section 1). A token of a mark stands for
 * an equal token; `-` also stands for any index.
 */
import { overlap } from "./pointer.ts";

/** True for `0`, and for digits that don't start with 0. */
export const isIndex = (token: string): boolean => /^(0|[1-9][0-9]*)$/.test(token);

/** True if the token of a mark stands for this token; both must be escaped, or both unescaped. */
export const standsFor = (mark: string, token: string): boolean =>
  mark === token || (mark === "-" && isIndex(token));

/** The relation of a path to a mark: it equals it or lies under it, contains it, or is unrelated. */
export type Lie = "within" | "around" | "apart";

/** The relation of a path to a mark. Both are pointers. */
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
