/** The newest events about something as a short table, below a title with a link to all of them: for pages that are about more than events. */
import type { RecordedEvent } from "daybook/internal";
import type { ComponentChildren, VNode } from "preact";
import { paths } from "../../paths.ts";
import { whoPath } from "../base/party-paths.ts";
import { A } from "../kit/address/address.tsx";
import { marked } from "../kit/components/marked-text/marked-text.tsx";
import { Table } from "../kit/components/table/table.tsx";
import { Time } from "../kit/components/time/time.tsx";
import { changeLine } from "./change-line.tsx";
import { ActorName, Outcome, TargetName } from "./event-card.tsx";
import { type HasNamesake, namesakesOf } from "./namesakes.ts";
import { occurredAtOf } from "./occurred-at.ts";
import { RecordedBy } from "./recorded-by.tsx";
import type { RecorderOf } from "./recorders.ts";
import type { TypeOf } from "./types.ts";
import { titleOf } from "./words.ts";

/** What a page needs to show events. */
export interface EventsForm {
  readonly typeOf: TypeOf;
  readonly recorderOf: RecorderOf;
  /** The reader's zone (IANA). */
  readonly zone: string;
}

type PartyColumn = "actor" | "target";

interface ShortTableProps extends EventsForm {
  readonly title: string;
  readonly events: readonly RecordedEvent[];
  /** Which of the two is not the same in all: who did it, what it was done to. */
  readonly parties: readonly PartyColumn[];
}

interface ShortListProps extends ShortTableProps {
  /** Of the section. */
  readonly id: string;
  /** The list of all. */
  readonly all?: { readonly href: string; readonly text: string } | undefined;
  /** Instead of the table, if there are no events. */
  readonly nothing: ComponentChildren;
  /** Between the title and the table. */
  readonly children?: ComponentChildren;
}

export const ShortList = (props: ShortListProps): VNode => {
  const { id, title, events, all, nothing, children } = props;
  return (
    <section class="db-apart" aria-labelledby={id}>
      <div class="db-titled">
        <h2 id={id}>{title}</h2>
        {all !== undefined && events.length > 0 && <A href={all.href}>{all.text}</A>}
      </div>
      {children}
      {events.length === 0 ? <p class="db-quiet">{nothing}</p> : <ShortTable {...props} />}
    </section>
  );
};

export const ShortTable = (props: ShortTableProps): VNode => {
  const { title, events, parties } = props;
  const hasNamesake = namesakesOf(events);
  return (
    <Table
      caption={`${title}, newest first`}
      captionHidden
      stacks
      header={1}
      columns={[
        { title: "When" },
        { title: "Event" },
        ...parties.map((party) => partyColumns[party]),
        { title: "What changed" },
      ]}
      rows={events.map((event) => rowOf(event, props, hasNamesake))}
    />
  );
};

const partyColumns = { actor: { title: "Actor", label: "By" }, target: { title: "Target", label: "To" } };

function rowOf(
  event: RecordedEvent,
  { typeOf, recorderOf, zone, parties }: ShortTableProps,
  hasNamesake: HasNamesake,
): ComponentChildren[] {
  const { slug } = event.organization;
  const type = typeOf(event);
  const recorder = recorderOf(event);
  const [target] = event.targets ?? [];
  const line = changeLine({ event, type, zone });
  return [
    <Time class="db-when" at={occurredAtOf(event)} zone={zone} />,
    <>
      <A class="db-cell--title" href={paths.event({ org: slug, id: event.id })}>
        {marked(titleOf(event, type))}
      </A>
      {recorder !== undefined && (
        <div class="db-cell-note">
          <RecordedBy recorder={recorder} />
        </div>
      )}
    </>,
    ...parties.map((party) =>
      party === "actor" ? (
        <ActorName
          {...event}
          begins
          href={event.actor && whoPath(slug, event.actor)}
          hasNamesake={hasNamesake}
        />
      ) : (
        target && <TargetName {...{ event, target, hasNamesake }} links={noLinks} />
      ),
    ),
    event.outcome === "success" ? (
      line && <div class="db-line">{line}</div>
    ) : (
      <div class="db-line">
        <Outcome event={event} /> {line}
      </div>
    ),
  ];
}

/** To the pages of the parties. */
const noLinks = { type: "", actor: undefined };
