/** The links of an event in a list: each value leads to the list with one more filter, and a folded group to its own list. */
import { type Actor, formatTime, partyKey, type RecordedEvent, type Target } from "daybook/internal";
import { paths } from "../../paths.ts";
import type { Given } from "../base/parameters.ts";
import { addressOf, withValue, withValues } from "../base/parameters.ts";
import type { EventLinks } from "../event-card/event-links.ts";
import { occurredAtOf } from "../event-card/occurred-at.ts";
import type { Question } from "./question.ts";

/** A list, by its address and its filter. */
interface LinkedList {
  readonly path: string;
  readonly question: Pick<Question, "given" | "about">;
}

/** For an event in a list: the list with one more filter, or the list of its organization with the same filters. */
export function linksOf(
  { path, question: { given, about } }: LinkedList,
  event: RecordedEvent,
): EventLinks & { readonly outcome: string } {
  const { type, actor, targets: [target] = [], outcome, organization } = event;
  const narrowed = (name: string, value: string): string => addressOf(path, withValue(given, name, value));
  // a page about one party has no other filters
  const party = (name: "actor" | "target", party: Actor | Target | undefined) =>
    party === undefined || about?.name === name ? undefined : narrowed(name, partyKey(party));
  return {
    type: narrowed("type", type),
    actor: party("actor", actor),
    target: party("target", target),
    outcome: narrowed("outcome", outcome),
    organization: addressOf(paths.activity({ org: organization.slug }), given),
  };
}

/** The list narrowed to a folded group: by actor, type and time. */
export function onlyThese(
  { path, question: { given, about } }: LinkedList,
  events: readonly RecordedEvent[],
): string {
  const distinct = (values: readonly string[]): string[] => [...new Set(values)];
  const actors = distinct(events.map(({ actor }) => (actor === undefined ? "" : partyKey(actor))));
  const times = events.map(occurredAtOf).sort((a, b) => (a < b ? -1 : 1));
  const [first = 0n, last = 0n] = [times[0], times.at(-1)];
  const set: readonly (readonly [string, readonly string[]])[] = [
    ["period", []],
    ["type", distinct(events.map(({ type }) => type))],
    ...(about?.name === "actor" || actors.includes("") ? [] : [["actor", actors] as const]),
    ["from", [formatTime(first)]],
    ["to", [formatTime(last + 1n)]],
  ];
  const narrowed = set.reduce((so: Given, [name, values]) => withValues(so, name, values), given);
  return addressOf(path, narrowed);
}
