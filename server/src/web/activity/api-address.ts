/** The same question to the API: its address for programs, the command that asks it, and what counts newer events. */
import { formatTime } from "daybook/event";
import { addressOf, withValues } from "./addresses.ts";
import { occurredAtOf } from "./days.ts";
import type { Given, Question } from "./question.ts";

/** Whose events; undefined: everybody's. */
type Of = { readonly slug: string } | undefined;

const eventsPath = (of: Of): string =>
  of === undefined ? "/v1/events" : `/v1/organizations/${of.slug}/events`;

/** The filter in the words of the API: periods and days are moments there. */
function parametersOf({ filter, given }: Question): Given {
  const { types = [], actors = [], targets = [], outcomes = [], from, to } = filter;
  const time = (at: bigint | undefined): string[] => (at === undefined ? [] : [formatTime(at)]);
  const all: Record<string, readonly string[]> = {
    q: given.get("q") ?? [],
    type: types,
    actor: actors,
    target: targets,
    outcome: outcomes,
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

const day = 86_400_000_000n;
/** The API counts about so many days. */
const longest = 300n * day;

/** What counts the events that came after a page; undefined where none can come, for it isn't the newest, or its time is over. */
export function newerThan(
  question: Question,
  {
    newest,
    now,
    of,
  }: {
    readonly newest: Parameters<typeof occurredAtOf>[0] | undefined;
    readonly now: bigint;
    readonly of: Of;
  },
): { readonly action: string; readonly asked: readonly (readonly [string, string])[] } | undefined {
  const { cursor, filter } = question;
  if (cursor !== undefined || (filter.to !== undefined && filter.to <= now)) return undefined;
  const after = [newest === undefined ? now : occurredAtOf(newest) + 1n, now - longest, filter.from ?? 0n];
  const from = after.reduce((latest, at) => (at > latest ? at : latest));
  const parameters = withValues(parametersOf(question), "from", [formatTime(from)]);
  return {
    action: `${eventsPath(of)}/histogram`,
    asked: [...parameters].flatMap(([name, values]) => values.map((value) => [name, value] as const)),
  };
}
