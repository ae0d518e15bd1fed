/** What a page of activity says round its events: what it is about, its filters, and what to do where there is nothing. */
import type { EventType } from "daybook/catalogue";
import { parseTime } from "daybook/event";
import type { VNode } from "preact";
import { addressOf, neighbours, organizationPath, withoutValue, withValues } from "../activity/addresses.ts";
import { newerThan } from "../activity/api-address.ts";
import { partiesOf } from "../activity/parties.ts";
import { type About, periods, type Question } from "../activity/question.ts";
import type { Spread } from "../activity/spread.ts";
import { aboutWords, inWords, nameOf, outcomeWords } from "../activity/words.ts";
import {
  ActivityFilter,
  type Choice,
  type TypeGroup,
} from "../components/activity-filter/activity-filter.tsx";
import { LinkButton } from "../components/button/button.tsx";
import { type Chip, Chips } from "../components/chips/chips.tsx";
import { CodeBlock } from "../components/code-block/code-block.tsx";
import { EmptyState } from "../components/empty-state/empty-state.tsx";
import { Histogram } from "../components/histogram/histogram.tsx";
import { BackLink } from "../components/links/links.tsx";
import { Live } from "../components/live/live.tsx";
import { PageHeading } from "../components/page-heading/page-heading.tsx";
import { Pagination } from "../components/pagination/pagination.tsx";
import { dayAndTime, dayInWords } from "../time/format.ts";
import { EventList, type ListProps } from "./activity-list.tsx";
import { ForPrograms } from "./activity-programs.tsx";

export interface ActivityProps extends ListProps {
  /** Whose activity; undefined: everybody's. */
  readonly organization: { readonly slug: string; readonly name: string } | undefined;
  readonly types: readonly EventType[];
  /** The cursor of the older events, null where there are none. */
  readonly next: string | null;
  /** How many events were not searched for the words yet. */
  readonly behind: number;
  /** How they are spread over time; undefined where that says nothing. */
  readonly spread: Spread | undefined;
  /** Whether another site's page shows it, to somebody who has no token and no account. */
  readonly inFrame: boolean;
}

/** The id of what holds the events. */
const listId = "events";

export const Activity = (props: ActivityProps): VNode => {
  const { events, question, path, next } = props;
  const chips = chipsOf(props);
  return (
    <>
      <Heading {...props} />
      <ActivityFilter
        action={path}
        periods={periodChoices(path, question)}
        views={viewChoices(path, question)}
        types={groupsOf(props.types)}
        typed={question.typed}
        wrong={(field) => question.problems.find((problem) => problem.field === field)?.message}
        kept={keptOf(question)}
        keptInSearch={[...question.given].flatMap(([name, values]) =>
          name === "q" ? [] : values.map((value) => [name, value] as const),
        )}
        without={question.about?.name}
        suggestions={partiesOf(events)}
        open={question.problems.some(({ field }) => field !== undefined && field !== "q")}
      />
      <Chips chips={chips} clear={clearOf(path, question)} />
      {props.behind > 0 && (
        <p class="db-quiet" role="status">
          {props.behind.toLocaleString("en-GB")} of the newest events can not be searched for words yet. Load
          the page again in a moment.
        </p>
      )}
      {props.spread !== undefined && <Histogram {...props.spread} after={listId} />}
      <div id={listId} tabIndex={-1}>
        {events.length === 0 ? (
          <Nothing {...props} isFiltered={chips.length > 0} />
        ) : (
          <EventList {...props} />
        )}
      </div>
      <Pagination {...neighbours(path, question, next)} />
      {!props.inFrame && <ForPrograms question={question} organization={props.organization} />}
    </>
  );
};

const Heading = (props: ActivityProps): VNode => {
  const { organization, question, events } = props;
  const { about } = question;
  const live = <Following {...props} />;
  if (organization === undefined)
    return (
      <PageHeading title="Activity" actions={live}>
        Of all organizations
      </PageHeading>
    );
  if (about === undefined) return <PageHeading title="Activity" actions={live} />;
  const type = about.value.slice(0, about.value.indexOf(":"));
  const name = nameIn(events, about) ?? about.value.slice(type.length + 1);
  return (
    <>
      <BackLink href={organizationPath(organization.slug)}>All activity</BackLink>
      <PageHeading title={<bdi>{name}</bdi>} caption={inWords(type)} actions={live}>
        {about.name === "target" ? "Everything that was done to it" : "Everything that this actor did"}
      </PageHeading>
    </>
  );
};

/** Says what is newer than the page, where something may be. */
const Following = (props: ActivityProps): VNode | null => {
  const { question, events, path, now, organization, inFrame } = props;
  if (inFrame) return null;
  const [newest] = events;
  const newer = newerThan(question, { newest, now: BigInt(now) * 1000n, of: organization });
  return newer === undefined ? null : <Live {...newer} newest={addressOf(path, question.given)} />;
};

/** What a party is called in the newest event of the page that names it: names are not in addresses. */
function nameIn(events: ListProps["events"], { name, value }: About): string | undefined {
  for (const { actor, targets = [] } of events)
    for (const party of name === "target" ? targets : actor === undefined ? [] : [actor])
      if (`${party.type}:${party.id}` === value && party.name) return nameOf(party);
  return undefined;
}

const periodChoices = (path: string, { given }: Question): Choice[] => {
  const free = withValues(withValues(given, "from", []), "to", []);
  const [chosen] = given.get("period") ?? [];
  const isFree = chosen === undefined && !given.has("from") && !given.has("to");
  return [
    { text: "Any time", href: addressOf(path, withValues(free, "period", [])), current: isFree },
    ...periods.map(({ period, text }) => ({
      text,
      href: addressOf(path, withValues(free, "period", [period])),
      current: period === chosen,
    })),
  ];
};

const viewChoices = (path: string, { given, view }: Question): Choice[] => [
  { text: "Cards", href: addressOf(path, withValues(given, "view", [])), current: view === "cards" },
  { text: "Table", href: addressOf(path, withValues(given, "view", ["table"])), current: view === "table" },
];

function groupsOf(types: readonly EventType[]): TypeGroup[] {
  const groups = new Map<EventType["about"], EventType[]>();
  for (const type of types) groups.set(type.about, [...(groups.get(type.about) ?? []), type]);
  return [...groups].map(([about, of]) => ({ about: aboutWords[about], types: of }));
}

/** What the form has no field for: words, the view, the period, and the second and later values of a filter. */
const keptOf = ({ given }: Question): (readonly [string, string])[] =>
  [...given].flatMap(([name, values]) => {
    const hidden = ["q", "view", "period"].includes(name) ? values : values.slice(1);
    return hidden.map((value) => [name, value] as const);
  });

/** The list with nothing but its view. */
const clearOf = (path: string, { given }: Question): string =>
  addressOf(path, new Map([...given].filter(([name]) => name === "view")));

const chipNames: Readonly<Record<string, string>> = {
  q: "Words",
  type: "Type",
  actor: "Actor",
  target: "Target",
  outcome: "Outcome",
  from: "From",
  to: "Until",
  period: "Last",
};

function chipsOf({ path, question, types, events, zone }: ActivityProps): Chip[] {
  const titles = new Map(types.map(({ name, title }) => [name, title]));
  const wordsOf = (name: string, value: string): string => {
    if (name === "type") return titles.get(value) ?? value;
    if (name === "outcome") return outcomeWords[value as keyof typeof outcomeWords];
    if (name === "actor" || name === "target") return nameIn(events, { name, value }) ?? value;
    if (name === "period") return periods.find(({ period }) => period === value)?.text ?? value;
    if (name === "q") return value;
    const isDay = /^\d{4}-\d{2}-\d{2}$/.test(value);
    return isDay
      ? dayInWords(Date.parse(`${value}T00:00:00Z`), "UTC")
      : dayAndTime(Number((parseTime(value) ?? 0n) / 1000n), zone);
  };
  return [...question.given].flatMap(([name, values]) => {
    const label = chipNames[name];
    if (label === undefined) return [];
    return values.map((value) => ({
      name: label,
      value: wordsOf(name, value),
      href: addressOf(path, withoutValue(question.given, name, value)),
    }));
  });
}

/** Why there is nothing, and what to do about it. */
const Nothing = (props: ActivityProps & { readonly isFiltered: boolean }): VNode => {
  const { path, question, organization, isFiltered, next, inFrame } = props;
  if (next !== null)
    return (
      <EmptyState title="Nothing was found so far." icon="search">
        <p>The search went back a while. Older events were not searched yet: go on with Older.</p>
      </EmptyState>
    );
  if (isFiltered || question.cursor !== undefined)
    return (
      <EmptyState title="Nothing matches." icon="list-filter">
        <p>No event is as all of these filters say. Remove some of them, or all.</p>
        <LinkButton href={clearOf(path, question)} kind="secondary">
          Remove all filters
        </LinkButton>
      </EmptyState>
    );
  if (question.about !== undefined)
    return (
      <EmptyState title="Nothing is recorded here.">
        <p>No event names it, or you may not see those that do.</p>
      </EmptyState>
    );
  return (
    <EmptyState title="Nothing is recorded yet.">
      <p>
        Whatever happens is shown here, newest first.{!inFrame && " Record a first event from a terminal:"}
      </p>
      {!inFrame && <CodeBlock what="command" text={recordExample(organization?.slug ?? "acme")} />}
    </EmptyState>
  );
};

const recordExample = (slug: string): string =>
  `curl -fsS "$DAYBOOK_URL/v1/organizations/${slug}/events" \\
  -H "Authorization: Bearer $DAYBOOK_TOKEN" -H "Content-Type: application/json" \\
  -d '{
    "type": "API_CLIENT_UPDATED",
    "actor": {"type": "user", "id": "u_17", "name": "Anne Wilson"},
    "targets": [{"type": "api_client", "id": "c_9", "name": "Register sandbox"}],
    "before": {"name": "Sandbox"},
    "after": {"name": "Register sandbox"},
    "data": {"clientId": "c_9", "name": "Register sandbox", "expiresOn": "2027-05-31"},
    "reason": "Ticket 42"
  }'`;
