/** The addresses of a page of a list, and of the newer and the older events. */
import { formatTime } from "daybook/internal";
import { addressOf, type Given, withValues } from "../base/parameters.ts";
import { mostTrail, type Question } from "./question.ts";

/** A time in an address. */
export const momentOf = (at: bigint): string => formatTime(at).replace(".000000Z", "Z");

/** The start of a trail that is too long for an address, without its first pages. */
const forgotten = "~";

/** The addresses of the newer, the older and the newest events. */
interface Ways {
  readonly newer: string | undefined;
  readonly older: string | undefined;
  /** If "Newer" doesn't lead there itself. */
  readonly newest: string | undefined;
}

/** For a page; `next` is the cursor of the older ones, null if there are none. */
export function neighbours(path: string, { given, cursor, trail, at }: Question, next: string | null): Ways {
  const page = (to: string, by: readonly string[]): string =>
    pageAt(path, { given, at, cursor: to, trail: by });
  const before = trail.at(-1);
  const newest = cursor === undefined ? undefined : addressOf(path, given);
  return {
    newer:
      before === undefined ? newest : before === forgotten ? undefined : page(before, trail.slice(0, -1)),
    newest: before === undefined ? undefined : newest,
    older: next === null ? undefined : page(next, cursor === undefined ? [] : longer(trail, cursor)),
  };
}

interface CursorPlace extends Pick<Question, "given" | "at" | "trail"> {
  readonly cursor: string;
}

/** A page after the first. */
function pageAt(path: string, { given, at, cursor, trail }: CursorPlace): string {
  // a period must keep its start, because cursors belong to one filter
  const fixed = given.has("period") ? withValues(given, "at", [formatTime(at)]) : given;
  const by = trail.length === 0 ? [] : [trail.join(".")];
  return addressOf(path, withValues(withValues(fixed, "cursor", [cursor]), "trail", by));
}

/** The address of the page itself, with its filter and its place. */
export const samePage = (path: string, { given, at, cursor, trail }: Question): string =>
  cursor === undefined ? addressOf(path, given) : pageAt(path, { given, at, cursor, trail });

/** The page itself with one of the parts that otherwise come later, and the parameters of that part. */
export function withPart(
  path: string,
  question: Question,
  [name, parameters = []]: readonly [string, (readonly (readonly [string, string])[])?],
): string {
  const { given } = question;
  const more = [["with", name] as const, ...parameters];
  const all = more.reduce((so: Given, [each, value]) => withValues(so, each, [value]), given);
  return samePage(path, { ...question, given: all });
}

/** The next page. */
const longer = (trail: readonly string[], cursor: string): readonly string[] =>
  trail.length < mostTrail ? [...trail, cursor] : [forgotten, ...trail.slice(2), cursor];
