/** The same list in the API: its address for programs, the command that requests it, its files, and the address that counts new events. */
import { formatTime } from "daybook/internal";
import { exportFormats } from "../../export/formats/formats.ts";
import { apiPaths } from "../../paths.ts";
import type { Given } from "../base/parameters.ts";
import { addressOf, withValues } from "../base/parameters.ts";
import { occurredAtOf } from "../event-card/occurred-at.ts";
import type { Question } from "./question.ts";

/** The organization; undefined for all. */
type Of = { readonly slug: string } | undefined;

const eventsPath = (of: Of): string =>
  of === undefined ? apiPaths.allEvents() : apiPaths.events({ org: of.slug });

/** Whether a search can have a day, which is one of a zone. */
const hasTime = /(?:after|before):/i;

/** The filter in the API's form, in which periods and days are times. */
function parametersOf({ filter, given, zone }: Question): Given {
  const { types = [], actors = [], targets = [], outcomes = [], recordedBy, from, to } = filter;
  const time = (at: bigint | undefined): string[] => (at === undefined ? [] : [formatTime(at)]);
  const [q = ""] = given.get("q") ?? [];
  const all: Record<string, readonly string[]> = {
    q: q === "" ? [] : [q],
    tz: zone !== "UTC" && hasTime.test(q) ? [zone] : [],
    type: types,
    actor: actors,
    target: targets,
    outcome: outcomes,
    recordedBy: recordedBy === undefined ? (given.get("recordedBy") ?? []) : [recordedBy],
    from: time(from),
    to: time(to),
  };
  return new Map(Object.entries(all).filter(([, values]) => values.length > 0));
}

/** The address of the page as JSON. */
export const jsonAddress = (question: Question, of: Of): string =>
  addressOf(
    eventsPath(of),
    withValues(parametersOf(question), "cursor", question.cursor === undefined ? [] : [question.cursor]),
  );

/** The command that requests it. A shell would interpret an exclamation mark between double quotes. */
export const curlCommand = (question: Question, of: Of): string =>
  `curl -fsS "$DAYBOOK_URL${jsonAddress(question, of).replaceAll("!", "%21")}" \\\n  -H "Authorization: Bearer $DAYBOOK_TOKEN"`;

/** All events of the list as a file in one format. */
export interface EventsFile {
  /** The name of the format. */
  readonly title: string;
  readonly href: string;
}

/** All events of the list as files: for each format, the first choice of its form. Without a first day, a file would have 90 days. */
export function filesOf(question: Question, { slug }: { readonly slug: string }): readonly EventsFile[] {
  const parameters = parametersOf(question);
  const whole = parameters.has("from") ? parameters : withValues(parameters, "from", ["1970-01-01"]);
  return exportFormats.map(({ name, title, choices: [{ options }] }) => {
    const chosen = Object.entries(options).map(([option, value]) => [option, [value]] as const);
    const given = new Map([...whole, ...chosen]);
    return { title, href: addressOf(apiPaths.auditLog({ org: slug, format: name }), given) };
  });
}

const day = 86_400_000_000n;
/** How long ago new events can have occurred; only imported ones are older. */
const latest = 7n * day;
/** A longer list has no relevant end; the API counts at most 400 days. */
const farOff = 30n * day;

/** The newest page of a list. */
interface Newest {
  readonly events: readonly Parameters<typeof occurredAtOf>[0][];
  /** Whether there are older ones. */
  readonly hasOlder: boolean;
  readonly now: bigint;
  readonly of: Of;
}

/** Counts the events of a page and the new ones, and says how many of them the page shows. */
export interface Counting {
  readonly action: string;
  readonly parameters: readonly (readonly [string, string])[];
  readonly shown: number;
}

/**
 * Undefined if no new ones can come, because the page isn't the newest, or its time is over. It counts all events from the oldest one on
 * the page, not those after the newest one, because events can come late, and some clocks are ahead.
 */
export function countingOf(question: Question, { events, hasOlder, now, of }: Newest): Counting | undefined {
  const { cursor, filter } = question;
  if (cursor !== undefined || (filter.to !== undefined && filter.to <= now)) return undefined;
  const oldest = events.at(-1);
  // the next page may have more events with the time of the oldest one
  const begin = !hasOlder ? 0n : oldest === undefined ? now : occurredAtOf(oldest) + 1n;
  const from = [begin, now - latest, filter.from ?? 0n].reduce((a, b) => (a > b ? a : b));
  const to = filter.to === undefined || filter.to > now + farOff ? [] : [formatTime(filter.to)];
  if (filter.to !== undefined && from >= filter.to) return undefined;
  const window = withValues(withValues(parametersOf(question), "from", [formatTime(from)]), "to", to);
  return {
    action: of === undefined ? apiPaths.allHistogram() : apiPaths.histogram({ org: of.slug }),
    parameters: [...window].flatMap(([name, values]) => values.map((value) => [name, value] as const)),
    shown: events.filter((event) => occurredAtOf(event) >= from).length,
  };
}
