/** The events of a page as the rows of a table, by day; a folded group is one row that leads to its events. */
import type { RecordedEvent } from "daybook/internal";
import type { ComponentChildren, VNode } from "preact";
import { paths } from "../../paths.ts";
import { ActorName, OrganizationName, Outcome, onlyActor, TargetName } from "../event-card/event-card.tsx";
import type { HasNamesake } from "../event-card/namesakes.ts";
import { occurredAtOf } from "../event-card/occurred-at.ts";
import { RecordedBy } from "../event-card/recorded-by.tsx";
import { type Recorder, type RecorderOf, recorderKey } from "../event-card/recorders.ts";
import type { TypeOf } from "../event-card/types.ts";
import { outcomeWords, titleOf } from "../event-card/words.ts";
import { A } from "../kit/address/address.tsx";
import { marked } from "../kit/components/marked-text/marked-text.tsx";
import { Table } from "../kit/components/table/table.tsx";
import { Time } from "../kit/components/time/time.tsx";
import type { Day, Folded } from "./days.ts";
import { foldedWords, keyOf, timesOf } from "./folded.tsx";
import { linksOf, onlyThese } from "./links.ts";
import type { Question } from "./question.ts";

/** A list of events, as cards or as a table. */
export interface ActivityListProps {
  readonly events: readonly RecordedEvent[];
  readonly typeOf: TypeOf;
  readonly recorderOf: RecorderOf;
  readonly question: Question;
  /** The address of the list. */
  readonly path: string;
  readonly zone: string;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
  /** Whether it is the list of all organizations. */
  readonly inAll: boolean;
}

interface ActivityTableProps extends ActivityListProps {
  readonly hasNamesake: HasNamesake;
}

type CellProps = ActivityTableProps & { readonly links: ReturnType<typeof linksOf> };

export const EventTable = ({
  days,
  ...list
}: ActivityTableProps & { readonly days: readonly Day[] }): VNode => {
  const columns = list.inAll ? [actor, target, organization, outcome] : [actor, target, outcome];
  const titles = ["Event", ...columns.map(({ title }) => title), "When"];
  return (
    <Table
      caption="Events, newest first"
      captionHidden
      columns={titles.map((title) => ({ title }))}
      groups={days.map(({ words, entries }) => ({
        title: words,
        rows: entries.map((entry) =>
          entry.kind === "event" ? eventRow(entry.event, columns, list) : foldedRow(entry, columns, list),
        ),
      }))}
    />
  );
};

const Cell = ({ children }: { readonly children: ComponentChildren }): VNode => (
  <span class="db-cell">{children}</span>
);

/** A value of each event, or of a folded group if all have the same. */
interface ActivityColumn {
  readonly title: string;
  /** For a group with different values. */
  readonly many: string;
  by(event: RecordedEvent, recorder?: Recorder): string;
  cell(event: RecordedEvent, of: CellProps): ComponentChildren;
}

const actor: ActivityColumn = {
  title: "Actor",
  many: "actors",
  by: (event, recorder) => `${keyOf(event.actor)} ${recorderKey(recorder)}`,
  cell: (event, { links, recorderOf, hasNamesake }) => {
    const recorder = recorderOf(event);
    return (
      <>
        <Cell>
          <ActorName {...event} begins href={links.actor} title={onlyActor} hasNamesake={hasNamesake} />
        </Cell>
        {recorder !== undefined && (
          <div class="db-cell-note">
            <RecordedBy recorder={recorder} />
          </div>
        )}
      </>
    );
  },
};

const target: ActivityColumn = {
  title: "Target",
  many: "targets",
  by: ({ targets }) => keyOf(targets?.[0]),
  cell: (event, { links, hasNamesake }) => {
    const [first] = event.targets ?? [];
    if (first === undefined) return <span class="db-quiet">None</span>;
    return (
      <Cell>
        <TargetName {...{ event, links, hasNamesake }} target={first} />
      </Cell>
    );
  },
};

const organization: ActivityColumn = {
  title: "Organization",
  many: "organizations",
  by: (event) => event.organization.id,
  cell: (event, { links }) => (
    <Cell>
      <OrganizationName organization={event.organization} links={links} />
    </Cell>
  ),
};

const outcome: ActivityColumn = {
  title: "Outcome",
  many: "outcomes",
  by: (event) => event.outcome,
  cell: (event, { links }) =>
    event.outcome === "success" ? (
      <A class="db-cell--quiet" href={links.outcome} title="Only this outcome">
        {outcomeWords.success}
      </A>
    ) : (
      <Outcome event={event} href={links.outcome} />
    ),
};

function eventRow(
  event: RecordedEvent,
  columns: readonly ActivityColumn[],
  list: ActivityTableProps,
): ComponentChildren[] {
  const of = { ...list, links: linksOf(list, event) };
  return [
    <span class="db-cell db-cell--title">
      <A href={paths.event({ org: event.organization.slug, id: event.id })}>
        {marked(titleOf(event, list.typeOf(event)))}
      </A>
    </span>,
    ...columns.map(({ cell }) => cell(event, of)),
    <span class="db-cell db-cell--whole">
      <Time at={occurredAtOf(event)} zone={list.zone} form="time" />
    </span>,
  ];
}

function foldedRow(
  folded: Folded,
  columns: readonly ActivityColumn[],
  list: ActivityTableProps,
): ComponentChildren[] {
  const { events } = folded;
  const [newest] = events;
  const [start, end] = timesOf({ events, zone: list.zone });
  return [
    <A href={onlyThese(list, events)}>{marked(foldedWords(folded, list.typeOf))}</A>,
    ...columns.map(({ by, cell, many }) => {
      const { size } = new Set(events.map((event) => by(event, list.recorderOf(event))));
      if (newest !== undefined && size === 1) return cell(newest, { ...list, links: linksOf(list, newest) });
      return <span class="db-quiet">{`${size} ${many}`}</span>;
    }),
    <span class="db-cell db-cell--whole">
      {start}
      {end !== undefined && <> to {end}</>}
    </span>,
  ];
}
