/** The addresses of a list's neighbours: its newer and its older events. */
import { formatTime } from "daybook/internal";
import { addressOf, withValues } from "../base/paths.ts";
import { mostTrail, type Question } from "./question.ts";

/** A moment as an address has it. */
export const momentOf = (at: bigint): string => formatTime(at).replace(".000000Z", "Z");

/** What a trail begins with when it is too long for an address: how its first pages were come by is forgotten. */
const forgotten = "~";

/** Where the newer, the older and the very newest events are. */
interface Ways {
  readonly newer: string | undefined;
  readonly older: string | undefined;
  /** Where Newer doesn't lead there itself. */
  readonly newest: string | undefined;
}

/** Of a page; `next` is the cursor of the older ones, null where there are none. */
export function neighbours(path: string, { given, cursor, trail, at }: Question, next: string | null): Ways {
  // a period has to begin where it began: cursors belong to one filter
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

/** One page further. */
const longer = (trail: readonly string[], cursor: string): readonly string[] =>
  trail.length < mostTrail ? [...trail, cursor] : [forgotten, ...trail.slice(2), cursor];
