/** Where an event in a list leads: each of its values to the same list with a filter more, what is folded to a list of its own. */
import { type Actor, formatTime, partyKey, type RecordedEvent, type Target } from "daybook/internal";
import type { Given } from "../base/paths.ts";
import { addressOf, organizationPath, withValue, withValues } from "../base/paths.ts";
import type { EventLinks } from "../event-card/event-links.ts";
import { occurredAtOf } from "../event-card/occurred-at.ts";
import type { Question } from "./question.ts";

/** A list, by its address and what it is narrowed to. */
interface LinkedList {
  readonly path: string;
  readonly question: Pick<Question, "given" | "about">;
}

/** Of an event in a list: the same list with a filter more, or that of its organization with the same ones. */
export function linksOf(
  { path, question: { given, about } }: LinkedList,
  event: RecordedEvent,
): EventLinks & { readonly outcome: string } {
  const { type, actor, targets: [target] = [], outcome, organization } = event;
  const narrowed = (name: string, value: string): string => addressOf(path, withValue(given, name, value));
  // a page about one party takes no other
  const party = (name: "actor" | "target", party: Actor | Target | undefined) =>
    party === undefined || about?.name === name ? undefined : narrowed(name, partyKey(party));
  return {
    type: narrowed("type", type),
    actor: party("actor", actor),
    target: party("target", target),
    outcome: narrowed("outcome", outcome),
    organization: addressOf(organizationPath(organization.slug), given),
  };
}

/** The list narrowed to what is folded in it: by who did it, what it was, and when. */
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
