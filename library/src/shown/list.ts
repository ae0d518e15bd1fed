/**
 * The difference between two lists: which members came, which went, and whether the order changed. All functions are
 * pure.
 */
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
  /** The members of the list as it is now, in its order, preceded by those that went. */
  readonly members: readonly ListedMember[];
  /** Whether the order of the remaining members changed. */
  readonly isReordered: boolean;
  /** The texts of all members, before and after. */
  readonly before: readonly Reading[];
  readonly after: readonly Reading[];
}

type Scalars = readonly (string | number | boolean | null)[];

/** Whether all members are texts, numbers, true, false or null. */
export const isScalars = (value: Json | undefined): value is Scalars & Json =>
  Array.isArray(value) && value.every((one) => typeof one !== "object" || one === null);

/** Members are compared by their JSON, not by their texts. */
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

/** The maximum number of members, with equally many that came and that went; and how many of each are left out. */
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
 * Cuts texts to `most` characters, each around the place where it starts to differ from the most similar other text;
 * keeps texts whole if the cut ones would still be the same.
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

/** The positions in `list` of members that `other` doesn't have, and the common members in the order of `list`. */
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

/** The texts of members if different members have different texts; otherwise the JSON of all of them. */
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
