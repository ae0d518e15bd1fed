/** The events of a page as the rows of a table, by day; a folded group is one row that leads to its events. */
import type { RecordedEvent } from "daybook/internal";
import type { ComponentChildren, VNode } from "preact";
import { paths } from "../../paths.ts";
import { changeLine } from "../event-card/change-line.tsx";
import { ActorName, OrganizationName, Outcome, onlyActor, TargetName } from "../event-card/event-card.tsx";
import { EventGlance } from "../event-card/event-glance.tsx";
import type { HasNamesake } from "../event-card/namesakes.ts";
import { occurredAtOf } from "../event-card/occurred-at.ts";
import { RecordedBy } from "../event-card/recorded-by.tsx";
import { type Recorder, type RecorderOf, recorderKey } from "../event-card/recorders.ts";
import type { TypeOf } from "../event-card/types.ts";
import { titleOf } from "../event-card/words.ts";
import { A } from "../kit/address/address.tsx";
import { Icon } from "../kit/components/icon/icon.tsx";
import { marked } from "../kit/components/marked-text/marked-text.tsx";
import { Table, type TableRow } from "../kit/components/table/table.tsx";
import { Time } from "../kit/components/time/time.tsx";
import { zoneName } from "../kit/time/format.ts";
import type { Day, Folded } from "./days.ts";
import { foldedWords, keyOf } from "./folded.tsx";
import { linksOf, onlyThese } from "./links.ts";
import { samePage } from "./neighbours.ts";
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
  readonly opening: Opening;
}

/** The addresses of the page with one row open, and with none. */
interface Opening {
  readonly closed: string;
  of(id: string): string;
}

function openingOf({ path, question }: ActivityListProps): Opening {
  const closed = samePage(path, question);
  const open = `${closed}${closed.includes("?") ? "&" : "?"}open=`;
  return { closed, of: (id) => `${open}${id}#${id}` };
}

type CellProps = ActivityTableProps & { readonly links: ReturnType<typeof linksOf> };

type EventTableProps = Omit<ActivityTableProps, "opening"> & { readonly days: readonly Day[] };

export const EventTable = ({ days, ...props }: EventTableProps): VNode => {
  const list = { ...props, opening: openingOf(props) };
  // only readers who may see where requests come from have any
  const hasAddress = list.events.some(({ context }) => context?.ip !== undefined);
  const columns = [
    actor,
    target,
    ...(list.inAll ? [organization] : []),
    changed,
    ...(hasAddress ? [address] : []),
  ];
  return (
    <Table
      caption="Events, newest first"
      captionHidden
      stacks
      header={1}
      columns={[{ title: timeTitle(list) }, { title: "Event" }, ...columns, opener]}
      groups={days.map(({ words, entries }) => ({
        title: words,
        rows: entries.map((entry) =>
          entry.kind === "event" ? eventRow(entry.event, columns, list) : foldedRow(entry, columns, list),
        ),
      }))}
    />
  );
};

/** "Time, GMT"; "Time, GMT and BST" if clocks changed between the events. */
function timeTitle({ events, zone }: ActivityListProps): string {
  const names = events.map((event) => zoneName(Number(occurredAtOf(event) / 1000n), zone));
  return `Time, ${[...new Set(names)].join(" and ")}`;
}

const opener = { title: <span class="govuk-visually-hidden">At a glance</span>, aside: true };

const Cell = ({ children }: { readonly children: ComponentChildren }): VNode => (
  <span class="db-cell">{children}</span>
);

/** A value of each event, or of a folded group if all have the same. */
interface ActivityColumn {
  readonly title: string;
  /** Before it, where a row is a block. */
  readonly label?: string;
  /** For a group with different values. */
  readonly many: string;
  by(event: RecordedEvent, recorder?: Recorder): string;
  cell(event: RecordedEvent, of: CellProps): ComponentChildren;
}

const actor: ActivityColumn = {
  title: "Actor",
  label: "By",
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
  label: "To",
  many: "targets",
  by: ({ targets }) => keyOf(targets?.[0]),
  cell: (event, { links, hasNamesake }) => {
    const [first] = event.targets ?? [];
    if (first === undefined) return null;
    return (
      <Cell>
        <TargetName {...{ event, links, hasNamesake }} target={first} />
      </Cell>
    );
  },
};

const organization: ActivityColumn = {
  title: "Organization",
  label: "In",
  many: "organizations",
  by: (event) => event.organization.id,
  cell: (event, { links }) => (
    <Cell>
      <OrganizationName organization={event.organization} links={links} />
    </Cell>
  ),
};

/** The outcome only if it isn't success, and then why. */
const changed: ActivityColumn = {
  title: "What changed",
  many: "",
  by: ({ id }) => id,
  cell: (event, { links, typeOf, zone }) => {
    const line = changeLine({ event, type: typeOf(event), zone });
    if (event.outcome === "success") return line && <div class="db-line">{line}</div>;
    return (
      <div class="db-line">
        {Outcome({ event, href: links.outcome })} {line}
      </div>
    );
  },
};

const address: ActivityColumn = {
  title: "From where",
  label: "From",
  many: "addresses",
  by: ({ context }) => context?.ip ?? "",
  cell: ({ context }) => (context?.ip === undefined ? null : <Cell>{context.ip}</Cell>),
};

function eventRow(
  event: RecordedEvent,
  columns: readonly ActivityColumn[],
  list: ActivityTableProps,
): TableRow {
  const { typeOf, zone, question, opening } = list;
  const of = { ...list, links: linksOf(list, event) };
  const type = typeOf(event);
  const title = marked(titleOf(event, type));
  const { id } = event;
  const isOpen = question.open === id;
  return {
    id,
    cells: [
      <Time at={occurredAtOf(event)} zone={zone} form="clock" />,
      <A class="db-cell--title" href={paths.event({ org: event.organization.slug, id })}>
        {title}
      </A>,
      ...columns.map(({ cell }) => cell(event, of)),
      <A class="db-opener" href={isOpen ? `${opening.closed}#${id}` : opening.of(id)} aria-expanded={isOpen}>
        <Icon name="chevron-down" />
        <span class="govuk-visually-hidden">{title} at a glance</span>
      </A>,
    ],
    below: isOpen ? EventGlance({ event, type, recorder: list.recorderOf(event), zone }) : undefined,
  };
}

function foldedRow(
  folded: Folded,
  columns: readonly ActivityColumn[],
  list: ActivityTableProps,
): ComponentChildren[] {
  const { events } = folded;
  const [newest, oldest] = [events[0], events.at(-1)].map((event) => event && occurredAtOf(event));
  return [
    <>
      <Time at={oldest ?? 0n} zone={list.zone} form="clock" />
      {newest !== oldest && (
        <>
          {" to "}
          <Time at={newest ?? 0n} zone={list.zone} form="clock" />
        </>
      )}
    </>,
    <A class="db-cell--title" href={onlyThese(list, events)}>
      {marked(foldedWords(folded, list.typeOf))}
    </A>,
    ...columns.map(({ by, cell, many }) => {
      const { size } = new Set(events.map((event) => by(event, list.recorderOf(event))));
      const [first] = events;
      if (first !== undefined && size === 1) return cell(first, { ...list, links: linksOf(list, first) });
      return many === "" ? null : <span class="db-quiet">{`${size} ${many}`}</span>;
    }),
    null,
  ];
}
