/** The events of a page: by day as cards with what is folded among them, or as the rows of a table. */

import type { RecordedEvent } from "daybook/event";
import type { ComponentChildren, VNode } from "preact";
import { addressOf, eventPath, organizationPath, targetPath, withValue } from "../activity/addresses.ts";
import { daysOf, type Entry, occurredAtOf, type Routine } from "../activity/days.ts";
import type { Question } from "../activity/question.ts";
import type { TypeOf } from "../activity/types.ts";
import { nameOf, outcomeWords, titleOf } from "../activity/words.ts";
import { ActorName, EventCard, Outcome } from "../components/event-card/event-card.tsx";
import { Icon } from "../components/icon/icon.tsx";
import { Table } from "../components/table/table.tsx";
import { Time } from "../components/time/time.tsx";
import { timeOfDay } from "../time/format.ts";

export interface ListProps {
  readonly events: readonly RecordedEvent[];
  readonly typeOf: TypeOf;
  readonly question: Question;
  /** The address of the list. */
  readonly path: string;
  readonly zone: string;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
  /** Whether it is the list of all organizations. */
  readonly inAll: boolean;
}

export const EventList = (props: ListProps): VNode =>
  props.question.view === "table" ? <EventTable {...props} /> : <EventDays {...props} />;

/** The same list with a filter more. */
function linksOf(
  { path, question }: Pick<ListProps, "path" | "question">,
  { type, actor }: RecordedEvent,
): { type: string; actor: string | undefined } {
  const { given, about } = question;
  const isFixed = actor === undefined || about?.name === "actor";
  return {
    type: addressOf(path, withValue(given, "type", type)),
    actor: isFixed ? undefined : addressOf(path, withValue(given, "actor", `${actor.type}:${actor.id}`)),
  };
}

const EventDays = (props: ListProps): VNode => {
  const { events, zone, now, question } = props;
  const types = question.filter.types ?? [];
  return (
    <>
      {daysOf(events, { zone, now, types }).map(({ words, entries }) => (
        <section class="db-day">
          <h2 class="db-day__name">{words}</h2>
          <ol class="db-day__events">
            {entries.map((entry) => (
              <li>
                <OneEntry {...props} entry={entry} />
              </li>
            ))}
          </ol>
        </section>
      ))}
    </>
  );
};

const routineWords: Readonly<Record<Routine, string>> = {
  drafts: "drafts saved",
  "viewer sessions": "viewer sessions opened",
};

const OneEntry = ({ entry, ...list }: ListProps & { readonly entry: Entry }): VNode =>
  entry.kind === "event" ? (
    <OneEvent {...list} event={entry.event} />
  ) : (
    <details class="db-together">
      <summary class="db-together__summary">
        <Icon name="chevron-right" />
        <span class="db-together__words">
          {entry.kind === "act"
            ? actWords(entry.events, list.typeOf)
            : `${entry.events.length} ${routineWords[entry.kind]}`}
        </span>
        <span class="db-quiet db-small">
          <Who events={entry.events} /> <Between events={entry.events} zone={list.zone} />
        </span>
      </summary>
      <ol class="db-day__events">
        {entry.events.map((event) => (
          <li>
            <OneEvent {...list} event={event} />
          </li>
        ))}
      </ol>
    </details>
  );

const OneEvent = ({
  event,
  typeOf,
  zone,
  now,
  inAll,
  ...list
}: ListProps & { readonly event: RecordedEvent }): VNode => (
  <EventCard
    event={event}
    type={typeOf(event)}
    zone={zone}
    now={now}
    links={linksOf(list, event)}
    inAll={inAll}
  />
);

/** "4 events of one act: Member removed, 3 times Team deleted" */
function actWords(events: readonly RecordedEvent[], typeOf: TypeOf): string {
  const counts = new Map<string, number>();
  for (const event of [...events].reverse()) {
    const title = titleOf(event, typeOf(event));
    counts.set(title, (counts.get(title) ?? 0) + 1);
  }
  const all = [...counts].map(([title, count]) => (count === 1 ? title : `${title} (${count})`));
  return `${events.length} events of one act: ${all.join(", ")}`;
}

/** By whom, where all are of one. */
const Who = ({ events }: { readonly events: readonly RecordedEvent[] }): VNode | null => {
  const actors = new Set(events.map(({ actor }) => `${actor?.type}:${actor?.id}`));
  return actors.size === 1 ? (
    <>
      By <ActorName actor={events[0]?.actor} />
    </>
  ) : (
    <>By {actors.size} actors</>
  );
};

/** "between 2:10pm and 2:22pm"; "at 2:10pm" where both are of one minute. */
const Between = ({
  events,
  zone,
}: {
  readonly events: readonly RecordedEvent[];
  readonly zone: string;
}): VNode => {
  const [last = 0n, first = 0n] = [events[0], events.at(-1)].map((event) => event && occurredAtOf(event));
  const start = <Time at={first} zone={zone} form="time" />;
  if (timeOfDay(Number(first / 1000n), zone) === timeOfDay(Number(last / 1000n), zone))
    return <>at {start}</>;
  return (
    <>
      between {start} and <Time at={last} zone={zone} form="time" />
    </>
  );
};

const EventTable = (props: ListProps): VNode => {
  const { events, inAll } = props;
  const titles = ["Event", "Actor", "Target", ...(inAll ? ["Organization"] : []), "Outcome", "When"];
  return (
    <Table
      caption="Events, newest first"
      captionHidden
      columns={titles.map((title) => ({ title }))}
      rows={events.map((event) => rowOf(event, props))}
    />
  );
};

const Cell = ({ children }: { readonly children: ComponentChildren }): VNode => (
  <span class="db-cell">{children}</span>
);

function rowOf(event: RecordedEvent, list: ListProps): ComponentChildren[] {
  const { typeOf, zone, inAll } = list;
  const { slug, name } = event.organization;
  const [target] = event.targets ?? [];
  return [
    <Cell>
      <a href={eventPath(slug, event.id)}>{titleOf(event, typeOf(event))}</a>
    </Cell>,
    <Cell>
      <ActorName actor={event.actor} href={linksOf(list, event).actor} />
    </Cell>,
    target === undefined ? (
      <span class="db-quiet">None</span>
    ) : (
      <Cell>
        <a href={targetPath(slug, target)}>
          <bdi>{nameOf(target)}</bdi>
        </a>
      </Cell>
    ),
    ...(inAll
      ? [
          <Cell>
            <a href={organizationPath(slug)}>
              <bdi>{name}</bdi>
            </a>
          </Cell>,
        ]
      : []),
    event.outcome === "success" ? outcomeWords.success : <Outcome event={event} />,
    <span class="db-cell db-cell--whole">
      <Time at={occurredAtOf(event)} zone={zone} />
    </span>,
  ];
}
