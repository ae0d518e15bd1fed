/** The events of a page: by day as cards with folded groups, or as the rows of a table. */
import type { RecordedEvent } from "daybook/internal";
import type { VNode } from "preact";
import { EventCard } from "../event-card/event-card.tsx";
import { type HasNamesake, namesakesOf } from "../event-card/namesakes.ts";
import { Icon } from "../kit/components/icon/icon.tsx";
import { marked } from "../kit/components/marked-text/marked-text.tsx";
import { Later } from "../kit/later/later.tsx";
import { type DayEntry, daysOf } from "./days.ts";
import { Between, foldedWords, moreWords, Who } from "./folded.tsx";
import { linksOf } from "./links.ts";
import { type ActivityListProps, EventTable } from "./table.tsx";

export const EventList = (props: ActivityListProps): VNode => {
  const { events, zone, now, question } = props;
  const hasNamesake = namesakesOf(events);
  const days = daysOf(events, { zone, now, types: question.filter.types ?? [] });
  if (question.view === "table") return <EventTable {...props} days={days} hasNamesake={hasNamesake} />;
  const list = { ...props, hasNamesake };
  return (
    <>
      {days.map(({ words, entries }) => (
        <section class="db-day">
          <h2 class="db-day__name">{words}</h2>
          <ol class="db-day__events">
            {entries.map((entry) => (
              <li>
                <Later>
                  <OneEntry list={list} entry={entry} />
                </Later>
              </li>
            ))}
          </ol>
        </section>
      ))}
    </>
  );
};

/** The list is one property: copying its twenty for each of a page's events takes longer than their links. */
interface OfList {
  readonly list: ActivityListProps & { readonly hasNamesake: HasNamesake };
}

/** Of an act, its first event is a card, and the others are folded below it. */
const OneEntry = ({ entry, list }: OfList & { readonly entry: DayEntry }): VNode => {
  if (entry.kind === "event") return <OneEvent list={list} event={entry.event} />;
  const { events, kind } = entry;
  const first = events.at(-1);
  if (kind !== "act" || first === undefined)
    return <Together list={list} events={events} words={foldedWords(entry, list.typeOf)} />;
  const others = events.slice(0, -1);
  return (
    <>
      <OneEvent list={list} event={first} />
      <Together list={list} events={others} words={moreWords(others, list.typeOf)} />
    </>
  );
};

interface TogetherProps extends OfList {
  readonly events: readonly RecordedEvent[];
  readonly words: string;
}

const Together = ({ list, events, words }: TogetherProps): VNode => (
  <details class="db-together">
    <summary class="db-together__summary">
      <Icon name="chevron-right" />
      <span class="db-together__words">{marked(words)}</span>
      <span class="db-quiet db-small">
        By <Who events={events} recorderOf={list.recorderOf} /> <Between events={events} zone={list.zone} />
      </span>
    </summary>
    <ol class="db-day__events">
      {events.map((event) => (
        <li>
          <Later>
            <OneEvent list={list} event={event} />
          </Later>
        </li>
      ))}
    </ol>
  </details>
);

const OneEvent = ({ event, list }: OfList & { readonly event: RecordedEvent }): VNode => {
  const { typeOf, recorderOf, zone, now, inAll, hasNamesake } = list;
  return (
    <EventCard
      event={event}
      type={typeOf(event)}
      recorder={recorderOf(event)}
      links={linksOf(list, event)}
      zone={zone}
      now={now}
      inAll={inAll}
      hasNamesake={hasNamesake}
    />
  );
};
