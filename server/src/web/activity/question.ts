/**
 * The query of an activity page: filter, view and place, read from the address in the reader's zone. Invalid values are left out, with a
 * message.
 */
import { asEscapedJson, DaybookError, isDaybooksParty, parseTime } from "daybook/internal";
import type { Query } from "../../query-string/index.ts";
import { keptReference, type PageRequest, readEventsQuery } from "../../search/index.ts";
import type { Given } from "../base/parameters.ts";
import type { FieldError } from "../kit/components/error-summary/error-summary.tsx";
import { dayStart, nextDay } from "../kit/time/day-start.ts";

type QuestionFilter = PageRequest["filter"];

/** The one subject of a page. */
export interface AboutParty {
  readonly name: "actor" | "target";
  /** `type:id` */
  readonly value: string;
}

export interface Question {
  readonly filter: QuestionFilter;
  /** Words in the events. */
  readonly wanted: PageRequest["wanted"];
  readonly given: Given;
  readonly about: AboutParty | undefined;
  /** Whether it is the history of a party of Daybook's: reports of others are then separate. */
  readonly isSplit: boolean;
  readonly view: "cards" | "table";
  readonly cursor: string | undefined;
  /** The cursors of the pages before, the nearest last; the first page has none. */
  readonly trail: readonly string[];
  /** The end of a period, which stays the same from page to page. Microseconds. */
  readonly at: bigint;
  readonly problems: readonly FieldError[];
  /** The values in the form, as typed. */
  readonly typed: Readonly<Record<string, string>>;
}

export interface QuestionContext {
  readonly zone: string;
  /** Microseconds since 1970 UTC. */
  readonly now: bigint;
  readonly about?: AboutParty | undefined;
}

/** Periods that end now. */
export const periods: readonly { readonly period: string; readonly text: string; readonly hours: number }[] =
  [
    { period: "24h", text: "24 hours", hours: 24 },
    { period: "7d", text: "7 days", hours: 7 * 24 },
    { period: "30d", text: "30 days", hours: 30 * 24 },
    { period: "90d", text: "90 days", hours: 90 * 24 },
  ];
const hour = 3_600_000_000n;

const lists = ["type", "actor", "target", "outcome", "recordedBy"] as const;
const known: ReadonlySet<string> = new Set([
  "q",
  ...lists,
  "from",
  "to",
  "period",
  "view",
  "cursor",
  "trail",
  "at",
]);
const mostValues = 50;
/** The form of cursors in an address. */
export const mostTrail = 40;

/** The errors of parameters, by name. */
export const wrong: Readonly<Record<string, string>> = {
  q: "Enter up to 16 words to search for, at least one of them without a minus",
  type: "Select an event type",
  actor: "Enter an actor as type and id, like user:u_17",
  target: "Enter a target as type and id, like api_client:client_9",
  outcome: "Select an outcome: success, denied or failed",
  recordedBy: "Select who recorded the event: daybook or others",
  from: "Enter a first day, like 2026-11-20",
  to: "Enter a last day, like 2026-11-22",
};

/** The non-empty texts of a parameter. Tokens in ids are replaced as in stored events. */
const textsOf = (query: Query, name: string): string[] =>
  [query[name] ?? []]
    .flat()
    .map((text) => (name === "actor" || name === "target" ? keptReference(text.trim()) : text.trim()))
    .filter((text) => text !== "");

/** Whether it is a valid value of that parameter. */
export const isTaken = (name: string, value: string): boolean =>
  readEventsQuery(new Map([[name, [value]]])).issues.length === 0;

/** The parameters that select events; on a page about one party, the party's own. */
function selectingOf(query: Query, about: AboutParty | undefined): Map<string, readonly string[]> {
  const all = lists.map((name) => [name, textsOf(query, name).slice(0, mostValues)] as const);
  const selecting = new Map<string, readonly string[]>([["q", [firstOf(query, "q")]], ...all]);
  if (about !== undefined) selecting.set(about.name, [about.value]);
  return selecting;
}

/** What was read of the parameters that select events. */
interface SelectionRead extends Pick<Question, "filter" | "wanted"> {
  /** The valid values, as they stay in addresses. */
  readonly given: Map<string, readonly string[]>;
  readonly problems: readonly FieldError[];
}

/** Throws `route-not-found` if the page would be about something that can't exist. */
function readSelection(query: Query, about: AboutParty | undefined): SelectionRead {
  const selecting = selectingOf(query, about);
  const { filter, wanted, issues } = readEventsQuery(selecting);
  const isWrong = (name: string, value: string): boolean =>
    issues.some((issue) => issue.name === name && (issue.value ?? value) === value);
  if (about !== undefined && isWrong(about.name, about.value)) throw new DaybookError("route-not-found");
  const given = new Map<string, readonly string[]>();
  const problems: FieldError[] = [];
  if (wanted !== undefined) given.set("q", selecting.get("q") ?? []);
  if (isWrong("q", "")) problems.push({ field: "q", message: wrong.q ?? "" });
  for (const name of lists) {
    const values = textsOf(query, name).slice(0, mostValues);
    const taken = name === about?.name ? [] : values.filter((value) => !isWrong(name, value));
    if (taken.length > 0) given.set(name, taken);
    if (taken.length < values.length) problems.push({ field: name, message: wrongOf(name, about) });
  }
  return { filter, wanted, given, problems };
}

/**
 * Reads the query.
 * @throws DaybookError `route-not-found` if the page would be about something that can't exist
 */
export function readQuestion(query: Query, { zone, now, about }: QuestionContext): Question {
  const { filter, wanted, given, ...read } = readSelection(query, about);
  const problems = [...unknownOf(query), ...read.problems];
  const span = readSpan(query, zone, problems);
  for (const name of ["from", "to"] as const)
    if (span[name] !== undefined) given.set(name, [firstOf(query, name)]);
  const isOpen = span.from === undefined && span.to === undefined;
  const period = isOpen ? periods.find((each) => each.period === firstOf(query, "period")) : undefined;
  const view = firstOf(query, "view") === "table" ? "table" : "cards";
  if (period !== undefined) given.set("period", [period.period]);
  if (view === "table") given.set("view", ["table"]);
  const at = parseTime(firstOf(query, "at")) ?? now;
  const from = period === undefined ? span.from : at - BigInt(period.hours) * hour;
  const isSplit = about !== undefined && !given.has("recordedBy") && isDaybooksParty(about.value);
  return {
    filter: {
      ...filter,
      ...(isSplit ? { recordedBy: "daybook" } : {}),
      ...(from === undefined ? {} : { from }),
      ...(span.to === undefined ? {} : { to: span.to }),
    },
    wanted,
    given,
    about,
    isSplit,
    view,
    cursor: textsOf(query, "cursor")[0],
    trail: firstOf(query, "trail").split(".").filter(Boolean).slice(-mostTrail),
    at,
    problems,
    typed: Object.fromEntries([...known].map((name) => [name, firstOf(query, name)])),
  };
}

const firstOf = (query: Query, name: string): string => textsOf(query, name)[0] ?? "";

const unknownOf = (query: Query): FieldError[] =>
  Object.keys(query)
    .filter((name) => !known.has(name))
    .slice(0, 5)
    .map((name) => ({
      message: `The address has ${asEscapedJson(name.slice(0, 64)).text}, which this page does not recognize. The page ignored it.`,
    }));

const wrongOf = (name: string, about: AboutParty | undefined): string =>
  name === about?.name
    ? `This page is about one ${name} only. Choose another in all activity`
    : (wrong[name] ?? "");

interface QuestionSpan {
  readonly from: bigint | undefined;
  readonly to: bigint | undefined;
}

/** From the start of `from` to the end of `to`, if they are days; times as they are. */
function readSpan(query: Query, zone: string, problems: FieldError[]): QuestionSpan {
  const read = (name: "from" | "to"): bigint | undefined => {
    const text = firstOf(query, name);
    if (text === "") return undefined;
    const at = timeOf(text, name, zone);
    if (at === undefined) problems.push({ field: name, message: wrong[name] ?? "" });
    return at;
  };
  const [from, to] = [read("from"), read("to")];
  if (from === undefined || to === undefined || from <= to) return { from, to };
  problems.push({ field: "to", message: "Enter a last day that is the same as or after the first day" });
  return { from, to: undefined };
}

function timeOf(text: string, name: "from" | "to", zone: string): bigint | undefined {
  const day = dayStart(text, zone);
  if (day === undefined) return parseTime(text);
  // a text with an invalid time is not a day either
  if (parseTime(`${text}T00:00:00Z`) === undefined) return undefined;
  const at = name === "from" ? day : dayStart(nextDay(text), zone);
  return at === undefined ? undefined : BigInt(at) * 1000n;
}
