/** The addresses of the newer and the older events of a list. */
import { formatTime } from "daybook/internal";
import { addressOf, withValues } from "../base/parameters.ts";
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
  // a period must keep its start, because cursors belong to one filter
  const fixed = given.has("period") ? withValues(given, "at", [formatTime(at)]) : given;
  const page = (to: string, by: readonly string[]): string =>
    addressOf(
      path,
      withValues(withValues(fixed, "cursor", [to]), "trail", by.length === 0 ? [] : [by.join(".")]),
    );
  const before = trail.at(-1);
  const newest = cursor === undefined ? undefined : addressOf(path, given);
  return {
    newer:
      before === undefined ? newest : before === forgotten ? undefined : page(before, trail.slice(0, -1)),
    newest: before === undefined ? undefined : newest,
    older: next === null ? undefined : page(next, cursor === undefined ? [] : longer(trail, cursor)),
  };
}

/** The next page. */
const longer = (trail: readonly string[], cursor: string): readonly string[] =>
  trail.length < mostTrail ? [...trail, cursor] : [forgotten, ...trail.slice(2), cursor];
