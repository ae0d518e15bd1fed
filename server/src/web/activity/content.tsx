/** The content of an activity page around its events: subject, filters, and what to do if there are none. */
import type { EventType } from "daybook/catalogue";
import { inWords, isDaybooksParty, parseTime, partyKey, sourceOf } from "daybook/internal";
import type { VNode } from "preact";
import { paths } from "../../paths.ts";
import { meantSearch } from "../../search/index.ts";
import { addressOf, withoutValue, withValues } from "../base/parameters.ts";
import { personPath } from "../base/party-paths.ts";
import { type Reported, ReportedByOthers } from "../event-card/reported.tsx";
import { aboutWords, nameOf, outcomeWords } from "../event-card/words.ts";
import { A } from "../kit/address/address.tsx";
import { type Chip, Chips } from "../kit/components/chips/chips.tsx";
import { Histogram } from "../kit/components/histogram/histogram.tsx";
import { BackLink } from "../kit/components/links/links.tsx";
import { Live } from "../kit/components/live/live.tsx";
import { MarkedText } from "../kit/components/marked-text/marked-text.tsx";
import { Name } from "../kit/components/marked-text/name.tsx";
import { PageHeading } from "../kit/components/page-heading/page-heading.tsx";
import { Pagination } from "../kit/components/pagination/pagination.tsx";
import { dayAndTime, dayInWords } from "../kit/time/format.ts";
import { ViewsRow, type ViewsRowProps } from "../saved-views/row.tsx";
import { countingOf, type EventsFile } from "./api-address.ts";
import {
  ActivityFilter,
  type ActivityFilterProps,
  type FilterChoice,
  type TypeGroup,
} from "./filter/activity-filter.tsx";
import { EventList } from "./list.tsx";
import { neighbours } from "./neighbours.ts";
import { FirstStep, Nothing } from "./nothing.tsx";
import { partiesOf } from "./parties.ts";
import { ForPrograms } from "./programs.tsx";
import { type AboutParty, periods, type Question } from "./question.ts";
import type { Spread } from "./spread.ts";
import type { ActivityListProps } from "./table.tsx";

export interface ActivityProps extends ActivityListProps {
  /** The organization; undefined for all. */
  readonly organization: { readonly slug: string; readonly name: string } | undefined;
  readonly types: readonly EventType[];
  /** The cursor of the older events, null if there are none. */
  readonly next: string | null;
  /** The number of events that were not searched for the words yet. */
  readonly behind: number;
  /** How many match, or where that comes later; null if there is nothing to count. */
  readonly count: VNode | null;
  /** What they have most, or where that comes later; null for none. */
  readonly breakdown: VNode | null;
  /** Their counts over time; undefined if there is nothing to show. */
  readonly spread: Spread | undefined;
  /** Whether another site's page shows it to a viewer, who has no token and no account. */
  readonly inFrame: boolean;
  /** The page of the API client in the filter, for people who manage clients. */
  readonly client: string | undefined;
  /** The same events as files; empty for readers who may not download them. */
  readonly files: readonly EventsFile[];
  /** What others reported about the party of Daybook's that the page is about; undefined if there is none, or it is the whole page. */
  readonly reported: Reported | undefined;
  /** The saved views; undefined on pages without them. */
  readonly views?: ViewsRowProps | undefined;
  /** Whether the reader sees the context of events. */
  readonly seesContext: boolean;
  /** Whether events can be recorded here. */
  readonly takesEvents: boolean;
}

/** The id of the element with the events. */
const listId = "events";

export const Activity = (props: ActivityProps): VNode => {
  const { events, question, path, next } = props;
  const chips = chipsOf(props);
  return (
    <>
      <ActivityFilter
        heading={<Heading {...props} />}
        beside={question.about === undefined}
        live={<Following {...props} />}
        saved={props.views !== undefined && <ViewsRow {...props.views} />}
        seesContext={props.seesContext}
        inAll={props.inAll}
        action={path}
        periods={periodChoices(path, question)}
        views={viewChoices(path, question)}
        types={groupsOf(props.types)}
        typed={question.typed}
        meant={meantOf(path, question)}
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
      {props.client !== undefined && (
        <p>
          <A href={props.client}>API client settings</A>
        </p>
      )}
      <PersonLink {...props} />
      {props.behind > 0 && (
        <p class="db-quiet" role="status">
          {props.behind.toLocaleString("en-GB")} of the newest events {props.behind === 1 ? "is" : "are"} not
          indexed for search yet. Reload the page in a moment.
        </p>
      )}
      {props.spread !== undefined && <Histogram {...props.spread} after={listId} />}
      <div class={props.breakdown === null ? undefined : "db-beside"}>
        <div>
          <div id={listId} tabIndex={-1} data-island="list">
            {events.length === 0 ? (
              <Nothing
                {...props}
                clear={clearOf(path, question)}
                isFiltered={chips.length > 0}
                hasOlder={next !== null}
              />
            ) : (
              <EventList {...props} />
            )}
          </div>
          {props.count}
          <Pagination {...neighbours(path, question, next)} />
          {props.reported !== undefined && (
            <ReportedByOthers all={props.reported.all}>
              <EventList {...props} events={props.reported.events} />
            </ReportedByOthers>
          )}
        </div>
        {props.breakdown !== null && <div>{props.breakdown}</div>}
      </div>
      {chips.length === 0 && isNew(props) && <FirstStep slug={props.organization?.slug ?? ""} />}
      {!props.inFrame && (
        <ForPrograms question={question} organization={props.organization} files={props.files} />
      )}
    </>
  );
};

/** The list with the search that may have been meant. */
function meantOf(path: string, { given, typed: { q = "" } }: Question): ActivityFilterProps["meant"] {
  const meant = meantSearch(q);
  return meant && { ...meant, href: addressOf(path, withValues(given, "q", [meant.search])) };
}

/** Whether a log has only what Daybook recorded itself: the opening of the log, sign-ins, acts on its pages. */
const isNew = ({ events, question, next, takesEvents, inFrame }: ActivityProps): boolean =>
  takesEvents &&
  !inFrame &&
  next === null &&
  question.cursor === undefined &&
  question.about === undefined &&
  events.length > 0 &&
  events.every(({ recordedBy }) => recordedBy?.type === "server");

const Heading = (props: ActivityProps): VNode => {
  const { organization, question, events } = props;
  const { about } = question;
  if (organization === undefined) return <PageHeading title="All activity" />;
  if (about === undefined) return <PageHeading title="Activity" />;
  const type = about.value.slice(0, about.value.indexOf(":"));
  const name = nameIn(events, about) ?? about.value.slice(type.length + 1);
  return (
    <>
      <BackLink href={paths.activity({ org: organization.slug })}>All activity</BackLink>
      <PageHeading title={<Name name={name} />} caption={inWords(type)}>
        {captionOf(question, about)}
      </PageHeading>
    </>
  );
};

/** The subject of a page about one party. */
function captionOf({ filter: { recordedBy } }: Question, { name }: AboutParty): string {
  if (recordedBy === "daybook")
    return name === "target" ? "What Daybook did to it and saw it do" : "What this actor did in Daybook";
  if (recordedBy === "others")
    return name === "target" ? "What others reported about it" : "What others reported that this actor did";
  return name === "target" ? "Everything that was done to it" : "Everything that this actor did";
}

/** To the page of the one person in the filter; frames have none. */
const PersonLink = ({ organization, question, inFrame }: ActivityProps): VNode | null => {
  const { actors = [], targets = [] } = question.filter;
  const [party = "", another] = [...actors, ...targets];
  const [, id] = /^user:(.+)$/s.exec(party) ?? [];
  if (organization === undefined || inFrame || another !== undefined || id === undefined) return null;
  const href = personPath(organization.slug, { type: "user", id });
  return href === undefined ? null : (
    <p>
      <A href={href}>About this person</A>
    </p>
  );
};

/** Announces new events, if there can be some. */
const Following = (props: ActivityProps): VNode | null => {
  const { question, events, next, path, now, organization, inFrame } = props;
  if (inFrame) return null;
  const counting = countingOf(question, {
    events,
    hasOlder: next !== null,
    now: BigInt(now) * 1000n,
    of: organization,
  });
  return counting === undefined ? null : <Live {...counting} newest={addressOf(path, question.given)} />;
};

/** The name of a party in the newest event of the page, because addresses have no names. */
function nameIn(events: ActivityListProps["events"], { name, value }: AboutParty): string | undefined {
  // what others call a party of Daybook's doesn't count as its name
  const trusted = isDaybooksParty(value) ? events.filter((event) => sourceOf(event) === "daybook") : events;
  for (const { actor, targets = [] } of trusted)
    for (const party of name === "target" ? targets : actor === undefined ? [] : [actor])
      if (partyKey(party) === value && party.name) return nameOf(party);
  return undefined;
}

const periodChoices = (path: string, { given }: Question): FilterChoice[] => {
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

const viewChoices = (path: string, { given, view }: Question): FilterChoice[] => [
  { text: "Cards", href: addressOf(path, withValues(given, "view", [])), current: view === "cards" },
  { text: "Table", href: addressOf(path, withValues(given, "view", ["table"])), current: view === "table" },
];

function groupsOf(types: readonly EventType[]): TypeGroup[] {
  const groups = new Map<EventType["about"], EventType[]>();
  for (const type of types) groups.set(type.about, [...(groups.get(type.about) ?? []), type]);
  return [...groups].map(([about, of]) => ({ about: aboutWords[about], types: of }));
}

/** Values without a field in the form: words, the view, the period, and further values of a filter. */
const keptOf = ({ given }: Question): (readonly [string, string])[] =>
  [...given].flatMap(([name, values]) => {
    const hidden = ["q", "view", "period", "split"].includes(name) ? values : values.slice(1);
    return hidden.map((value) => [name, value] as const);
  });

/** The list with only its form. */
const clearOf = (path: string, { given }: Question): string =>
  addressOf(path, new Map([...given].filter(([name]) => name === "view" || name === "split")));

const chipNames: Readonly<Record<string, string>> = {
  q: "Search",
  type: "Type",
  actor: "Actor",
  target: "Target",
  outcome: "Outcome",
  recordedBy: "Recorded by",
  from: "From",
  to: "Until",
  period: "Last",
};

function chipsOf({ path, question, types, events, zone }: ActivityProps): Chip[] {
  const titles = new Map(types.map(({ name, title }) => [name, title]));
  const wordsOf = (name: string, value: string): string => {
    if (name === "type") return titles.get(value) ?? value;
    if (name === "recordedBy") return value === "daybook" ? "Daybook" : value;
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
      value: <MarkedText text={wordsOf(name, value)} />,
      href: addressOf(path, withoutValue(question.given, name, value)),
    }));
  });
}
