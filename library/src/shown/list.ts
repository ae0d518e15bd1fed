/** What became of the members of a list: which came, which went, and whether their order changed. Pure. */
import { canonicalize, type Json } from "../event/index.ts";
import {
  asEscapedJson,
  asJson,
  type Cut,
  cut,
  cutAfter,
  type Read,
  type Reading,
  sameStart,
} from "./pair.ts";
import { visibleTextOf } from "./segments.ts";

/** A member of either list. */
export interface ListedMember {
  readonly reading: Reading;
  readonly kind: "same" | "added" | "removed";
}

export interface ListChange {
  /** Those of the list as it is now in its order, and before them those that went. */
  readonly members: readonly ListedMember[];
  /** Whether those that stayed stand in another order. */
  readonly isReordered: boolean;
  /** All members as they read, as they were and as they are. */
  readonly before: readonly Reading[];
  readonly after: readonly Reading[];
}

type Scalars = readonly (string | number | boolean | null)[];

/** Whether all members are texts, numbers, true, false or null. */
export const isScalars = (value: Json | undefined): value is Scalars & Json =>
  Array.isArray(value) && value.every((one) => typeof one !== "object" || one === null);

/** Members that are the same are told apart from those that aren't by JSON, not by how they read. */
export function listChange(from: Scalars, to: Scalars, read: Read): ListChange {
  const [before, after] = [from.map(canonical), to.map(canonical)];
  const [gone, stayed] = without(before, after);
  const [come, still] = without(after, before);
  const reading = readingOf([...from, ...to], read);
  return {
    members: [
      ...from
        .filter((_, n) => gone.has(n))
        .map((one): ListedMember => ({ reading: reading(one), kind: "removed" })),
      ...to.map((one, n): ListedMember => ({ reading: reading(one), kind: come.has(n) ? "added" : "same" })),
    ],
    isReordered: stayed.some((one, n) => one !== still[n]),
    before: from.map(reading),
    after: to.map(reading),
  };
}

/** So many members at the most, of those that came as many as of those that went; and how many of each are left out. */
export interface SomeMembers {
  readonly shown: readonly ListedMember[];
  /** "3 more removed", "2 more added" */
  readonly more: readonly string[];
}

export function someOf(members: readonly ListedMember[], most: number): SomeMembers {
  if (members.length <= most) return { shown: members, more: [] };
  const count = (kind: ListedMember["kind"]): number => members.filter((one) => one.kind === kind).length;
  const half = Math.floor(most / 2);
  const left = { removed: 0, added: 0, same: 0 };
  const room = { ...left, removed: Math.min(count("removed"), Math.max(half, most - count("added"))) };
  room.added = Math.min(count("added"), most - room.removed);
  room.same = most - room.removed - room.added;
  const shown = members.filter(({ kind }) => room[kind]-- > 0 || left[kind]++ < 0);
  const more = (["removed", "added"] as const).flatMap((kind) =>
    left[kind] === 0 ? [] : [`${left[kind].toLocaleString("en-GB")} more ${kind}`],
  );
  return { shown, more };
}

/**
 * Texts cut to `most` characters, each round the place where it begins to differ from the one that it is most like; whole, where
 * what is left of two would still be the same.
 */
export function cutApart(texts: readonly string[], most: number): readonly Cut[] {
  const long = texts.filter((text) => text.length > most);
  const parts = texts.map((text) => {
    if (text.length <= most) return cut(text, 0, most);
    const same = long.map((other) => (other === text ? 0 : sameStart(text, other)));
    return cutAfter(text, Math.max(...same), most);
  });
  const isApart = new Set(parts.map(({ text }) => text)).size === new Set(texts).size;
  return isApart ? parts : texts.map((text) => cut(text, 0, text.length));
}

const canonical = (value: Json): string => canonicalize(value);

/** The places in `list` of what `other` has no more of, and what both have in the order of `list`. */
function without(
  list: readonly string[],
  other: readonly string[],
): readonly [ReadonlySet<number>, readonly string[]] {
  const left = new Map<string, number>();
  for (const one of other) left.set(one, (left.get(one) ?? 0) + 1);
  const only = new Set<number>();
  const both: string[] = [];
  for (const [n, one] of list.entries()) {
    const count = left.get(one) ?? 0;
    left.set(one, count - 1);
    if (count > 0) both.push(one);
    else only.add(n);
  }
  return [only, both];
}

/** As they read, where no two different ones read the same; else as JSON, all of them. */
function readingOf(values: Scalars, read: Read): Read {
  for (const one of [read, asJson]) if (areApart(values, one)) return one;
  return asEscapedJson;
}

function areApart(values: Scalars, read: Read): boolean {
  const seen = new Map<string, string>();
  for (const value of values) {
    const text = visibleTextOf(read(value).text);
    const known = seen.get(text);
    if (known !== undefined && known !== canonical(value)) return false;
    seen.set(text, canonical(value));
  }
  return true;
}
