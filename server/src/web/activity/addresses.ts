/** The addresses of activity: of the same page with another filter, of its neighbours, of one event, of what a card names. */
import { formatTime } from "daybook/event";
import { type Given, mostTrail, type Question } from "./question.ts";

/** An address with parameters; no names of people, only ids. */
export function addressOf(path: string, given: Given): string {
  let address = path;
  // a page has a hundred of them
  for (const [name, values] of given)
    for (const value of values) address += `${address === path ? "?" : "&"}${name}=${asParameter(value)}`;
  return address;
}

const asParameter = (value: string): string =>
  /^[\w:.-]*$/.test(value) ? value : encodeURIComponent(value).replaceAll("%3A", ":");

/** The parameters with one set to these values; to none: without it. */
export function withValues(given: Given, name: string, values: readonly string[]): Given {
  const changed = new Map(given);
  if (values.length === 0) changed.delete(name);
  else changed.set(name, values);
  return changed;
}

/** With one more value, if it isn't there already. */
export function withValue(given: Given, name: string, value: string): Given {
  const values = given.get(name) ?? [];
  return withValues(given, name, values.includes(value) ? values : [...values, value]);
}

/** Without one of the values. */
export const withoutValue = (given: Given, name: string, value: string): Given =>
  withValues(
    given,
    name,
    (given.get(name) ?? []).filter((each) => each !== value),
  );

/** A moment as an address has it. */
export const momentOf = (at: bigint): string => formatTime(at).replace(".000000Z", "Z");

/** A party of an event. */
interface Party {
  readonly type: string;
  readonly id?: string;
}

export const organizationPath = (slug: string): string => `/orgs/${slug}/activity`;
export const eventPath = (slug: string, id: string): string => `/orgs/${slug}/events/${id}`;
export const targetPath = (slug: string, target: Party): string => partyPath(slug, "target", target);
export const actorPath = (slug: string, actor: Party): string => partyPath(slug, "actor", actor);

/** Characters; what is longer doesn't fit into a path. */
const longestInPath = 400;

/** The page of one party; for an id that no path can hold, or for none, all activity with a filter. */
function partyPath(slug: string, name: "actor" | "target", { type, id = "" }: Party): string {
  const encoded = encodeURIComponent(id);
  if (/^\.{0,2}$/.test(id) || encoded.length > longestInPath)
    return addressOf(organizationPath(slug), new Map([[name, [`${type}:${id}`]]]));
  return `/orgs/${slug}/${name}s/${encodeURIComponent(type)}/${encoded}`;
}

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
