/** The same question to the API: its address for programs, the command that asks it, its files, and what counts events that come. */
import { formatTime } from "daybook/internal";
import { exportFormats } from "../../export/formats/formats.ts";
import type { Given } from "../base/paths.ts";
import { addressOf, withValues } from "../base/paths.ts";
import { occurredAtOf } from "../event-card/occurred-at.ts";
import type { Question } from "./question.ts";

/** Whose events; undefined: everybody's. */
type Of = { readonly slug: string } | undefined;

const eventsPath = (of: Of): string =>
  of === undefined ? "/v1/events" : `/v1/organizations/${of.slug}/events`;

/** The filter in the words of the API: periods and days are moments there. */
function parametersOf({ filter, given }: Question): Given {
  const { types = [], actors = [], targets = [], outcomes = [], recordedBy, from, to } = filter;
  const time = (at: bigint | undefined): string[] => (at === undefined ? [] : [formatTime(at)]);
  const all: Record<string, readonly string[]> = {
    q: given.get("q") ?? [],
    type: types,
    actor: actors,
    target: targets,
    outcome: outcomes,
    recordedBy: recordedBy === undefined ? [] : [recordedBy],
    from: time(from),
    to: time(to),
  };
  return new Map(Object.entries(all).filter(([, values]) => values.length > 0));
}

/** The page as JSON. */
export const jsonAddress = (question: Question, of: Of): string =>
  addressOf(
    eventsPath(of),
    withValues(parametersOf(question), "cursor", question.cursor === undefined ? [] : [question.cursor]),
  );

/** The command that asks for it. A shell would read an exclamation mark between double quotes. */
export const curlCommand = (question: Question, of: Of): string =>
  `curl -fsS "$DAYBOOK_URL${jsonAddress(question, of).replaceAll("!", "%21")}" \\\n  -H "Authorization: Bearer $DAYBOOK_TOKEN"`;

/** All events of the list as a file of one format. */
export interface EventsFile {
  /** What people call the format. */
  readonly title: string;
  readonly href: string;
}

/**
 * All events of the list as files: of each format the first that its form offers. None where the list is found by words, which
 * files are not. Without a first day a file would have 90 days.
 */
export function filesOf(question: Question, { slug }: { readonly slug: string }): readonly EventsFile[] {
  if (question.wanted !== undefined) return [];
  const parameters = parametersOf(question);
  const whole = parameters.has("from") ? parameters : withValues(parameters, "from", ["1970-01-01"]);
  return exportFormats.map(({ name, title, choices: [{ options }] }) => {
    const chosen = Object.entries(options).map(([option, value]) => [option, [value]] as const);
    const given = new Map([...whole, ...chosen]);
    return { title, href: addressOf(`/v1/organizations/${slug}/audit-log.${name}`, given) };
  });
}

const day = 86_400_000_000n;
/** So long ago events may have occurred that come now; only what is imported is older. */
const latest = 7n * day;
/** A list that goes on for longer has no end that whoever looks lives to see; the API counts no more than 400 days. */
const farOff = 30n * day;

/** The newest page of a list. */
interface Newest {
  readonly events: readonly Parameters<typeof occurredAtOf>[0][];
  /** Whether there are older ones. */
  readonly hasOlder: boolean;
  readonly now: bigint;
  readonly of: Of;
}

/** What counts the events of a page and whatever comes to it, and how many of them it shows. */
export interface Counting {
  readonly action: string;
  readonly asked: readonly (readonly [string, string])[];
  readonly shown: number;
}

/**
 * Undefined where none can come, for the page isn't the newest, or its time is over. All events from the oldest on that the page
 * shows are counted, not those after the newest one: events come late, and some clocks are fast.
 */
export function countingOf(question: Question, { events, hasOlder, now, of }: Newest): Counting | undefined {
  const { cursor, filter } = question;
  if (cursor !== undefined || (filter.to !== undefined && filter.to <= now)) return undefined;
  const oldest = events.at(-1);
  // of the moment of the oldest one there may be more on the next page
  const begin = !hasOlder ? 0n : oldest === undefined ? now : occurredAtOf(oldest) + 1n;
  const from = [begin, now - latest, filter.from ?? 0n].reduce((a, b) => (a > b ? a : b));
  const to = filter.to === undefined || filter.to > now + farOff ? [] : [formatTime(filter.to)];
  const window = withValues(withValues(parametersOf(question), "from", [formatTime(from)]), "to", to);
  return {
    action: `${eventsPath(of)}/histogram`,
    asked: [...window].flatMap(([name, values]) => values.map((value) => [name, value] as const)),
    shown: events.filter((event) => occurredAtOf(event) >= from).length,
  };
}
