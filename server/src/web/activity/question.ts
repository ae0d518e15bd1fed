/**
 * The query of an activity page: filter, view and place, read from the address in the reader's zone. Invalid values are left out, with a
 * message.
 */
import { asEscapedJson, DaybookError, isDaybooksParty, parseTime } from "daybook/internal";
import type { Query, QueryIssue } from "../../query-string/index.ts";
import { keptReference, type PageRequest, readEventsQuery, unaskable } from "../../search/index.ts";
import type { Given } from "../base/parameters.ts";
import { partParameter } from "../base/parts.ts";
import type { FieldError } from "../kit/components/error-summary/error-summary.tsx";

type QuestionFilter = PageRequest["filter"];

/** The one subject of a page. */
export interface AboutParty {
  readonly name: "actor" | "target";
  /** `type:id` */
  readonly value: string;
}

export interface Question {
  readonly filter: QuestionFilter;
  /** What the search asks of the events, and in which organizations. */
  readonly wanted: PageRequest["wanted"];
  readonly organizations: PageRequest["organizations"];
  /** The times as they are written, if one of them is an age, which moves. */
  readonly times: PageRequest["times"];
  /** The zone of the days in it. */
  readonly zone: string;
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
  /** The event whose row is open. */
  readonly open: string | undefined;
  /** By what the chart is split. */
  readonly split: Split | undefined;
  /** The part of the page that otherwise comes later. */
  readonly with: string | undefined;
  /** The only part that is asked for. */
  readonly part: string | undefined;
  /** Whether the search can't be read: then nothing was searched. */
  readonly isUnreadable: boolean;
  readonly problems: readonly FieldError[];
  /** The values in the form, as typed. */
  readonly typed: Readonly<Record<string, string>>;
}

export interface QuestionContext {
  readonly zone: string;
  /** Microseconds since 1970 UTC. */
  readonly now: bigint;
  readonly about?: AboutParty | undefined;
  /** Of the organization; undefined for the log of all. */
  readonly view?: { readonly context: boolean } | undefined;
}

/** What a chart can be split by. */
export const splits = ["outcome", "type", "actor"] as const;
type Split = (typeof splits)[number];

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
  "open",
  "with",
  "shown",
  "first",
  "split",
  "typed",
  partParameter,
]);
const mostValues = 50;
/** The cursors of pages before in an address: one is 44 characters long. */
export const mostTrail = 3;

/** The errors of parameters, by name. */
export const wrong: Readonly<Record<string, string>> = {
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
  const once = (["q", "from", "to"] as const).map(
    (name) => [name, textsOf(query, name).slice(0, 1)] as const,
  );
  const selecting = new Map<string, readonly string[]>([...once, ...all]);
  if (about !== undefined) selecting.set(about.name, [about.value]);
  return selecting;
}

/** What was read of the parameters that select events. */
interface SelectionRead
  extends Pick<Question, "filter" | "wanted" | "organizations" | "times" | "isUnreadable"> {
  /** Whether the search asks who recorded the events. */
  readonly asksRecorder: boolean;
  /** The valid values, as they stay in addresses. */
  readonly given: Map<string, readonly string[]>;
  readonly problems: readonly FieldError[];
}

/** Throws `route-not-found` if the page would be about something that can't exist. */
function readSelection(query: Query, context: Omit<QuestionContext, "now">): SelectionRead {
  const { about, zone, view } = context;
  const { issues, ...read } = readEventsQuery(selectingOf(query, about), zone);
  const refused = unaskable(read, { view: view ?? { context: true }, isInOne: view !== undefined });
  const search = issues.find(({ name }) => name === "q") ?? refused?.issue;
  if (search !== undefined) {
    const rest = readSelection({ ...query, q: undefined }, context);
    return { ...rest, isUnreadable: true, problems: [searchProblem(search), ...rest.problems] };
  }
  const isWrong = (name: string, value: string): boolean =>
    issues.some((issue) => issue.name === name && (issue.value ?? value) === value);
  if (about !== undefined && isWrong(about.name, about.value)) throw new DaybookError("route-not-found");
  const given = new Map<string, readonly string[]>();
  const problems: FieldError[] = [];
  const { filter, wanted, organizations, times } = read;
  if (firstOf(query, "q") !== "") given.set("q", [firstOf(query, "q")]);
  for (const name of lists) {
    const values = textsOf(query, name).slice(0, mostValues);
    const taken = name === about?.name ? [] : values.filter((value) => !isWrong(name, value));
    if (taken.length > 0) given.set(name, taken);
    if (taken.length < values.length) problems.push({ field: name, message: wrongOf(name, about) });
  }
  for (const name of ["from", "to"] as const) {
    const issue = issues.find((one) => one.name === name);
    if (issue !== undefined) problems.push({ field: name, message: timeProblem(name, issue) });
    else if (firstOf(query, name) !== "") given.set(name, [firstOf(query, name)]);
  }
  const asksRecorder = read.places?.has("recorded-by") === true;
  return { filter, wanted, organizations, times, asksRecorder, given, problems, isUnreadable: false };
}

const searchProblem = ({ wrong, remedy = "" }: QueryIssue): FieldError => ({
  field: "q",
  message: `The search ${wrong} ${remedy}`.trim(),
});

/** An end before the start is no invalid value. */
const timeProblem = (name: "from" | "to", { value }: QueryIssue): string =>
  value === undefined ? "Enter a last day that is the same as or after the first day" : (wrong[name] ?? "");

/**
 * Reads the query.
 * @throws DaybookError `route-not-found` if the page would be about something that can't exist
 */
export function readQuestion(query: Query, context: QuestionContext): Question {
  const { zone, now, about } = context;
  const { filter, wanted, organizations, times, asksRecorder, given, isUnreadable, ...read } = readSelection(
    query,
    context,
  );
  const problems = [...unknownOf(query), ...read.problems];
  const isOpen = !given.has("from") && !given.has("to");
  const period = isOpen ? periods.find((each) => each.period === firstOf(query, "period")) : undefined;
  const view = firstOf(query, "view") === "table" ? "table" : "cards";
  if (period !== undefined) given.set("period", [period.period]);
  if (view === "table") given.set("view", ["table"]);
  const split = splits.find((by) => by === firstOf(query, "split"));
  if (split !== undefined) given.set("split", [split]);
  const at = parseTime(firstOf(query, "at")) ?? now;
  const begin = period === undefined ? 0n : at - BigInt(period.hours) * hour;
  const isOfAll = !given.has("recordedBy") && !asksRecorder;
  const isSplit = about !== undefined && isOfAll && isDaybooksParty(about.value);
  return {
    filter: {
      ...filter,
      ...(isSplit ? { recordedBy: "daybook" } : {}),
      ...(begin > (filter.from ?? 0n) ? { from: begin } : {}),
    },
    ...{ wanted, organizations, times, zone, given, about, isSplit, view, at, problems, split, isUnreadable },
    cursor: textsOf(query, "cursor")[0],
    open: textsOf(query, "open")[0],
    with: textsOf(query, "with")[0],
    part: textsOf(query, partParameter)[0],
    trail: firstOf(query, "trail").split(".").filter(Boolean).slice(-mostTrail),
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
