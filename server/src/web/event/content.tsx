/** The content of the page of one event. */
import { type EventType, sentenceParts } from "daybook/catalogue";
import { escapedLines, type RecordedEvent } from "daybook/internal";
import type { ComponentChildren, VNode } from "preact";
import { apiPaths, paths } from "../../paths.ts";
import { ActorName, Outcome } from "../event-card/event-card.tsx";
import { EventRows } from "../event-card/event-rows.tsx";
import { occurredAtOf } from "../event-card/occurred-at.ts";
import { RecordedBy } from "../event-card/recorded-by.tsx";
import type { RecorderOf } from "../event-card/recorders.ts";
import { someRowsOf } from "../event-card/rows.ts";
import type { TypeOf } from "../event-card/types.ts";
import { erasedWords, nameOf, titleOf } from "../event-card/words.ts";
import { A } from "../kit/address/address.tsx";
import { CodeBlock } from "../kit/components/code-block/code-block.tsx";
import { CopyLink } from "../kit/components/copy-button/copy-button.tsx";
import { Details } from "../kit/components/details/details.tsx";
import { BackLink } from "../kit/components/links/links.tsx";
import { marked } from "../kit/components/marked-text/marked-text.tsx";
import { Name } from "../kit/components/marked-text/name.tsx";
import { PageHeading } from "../kit/components/page-heading/page-heading.tsx";
import { Pagination } from "../kit/components/pagination/pagination.tsx";
import { SummaryCard } from "../kit/components/summary-list/summary-list.tsx";
import { Time } from "../kit/components/time/time.tsx";
import { Origin } from "./origin.tsx";
import { type PartyPages, partyPages } from "./party-pages.ts";
import { Proof } from "./proof.tsx";
import { Related } from "./related.tsx";
import { Rest } from "./rest.tsx";
import { When } from "./when.tsx";
import { Targets, Who } from "./who.tsx";

interface EventContentProps {
  readonly event: RecordedEvent;
  readonly typeOf: TypeOf;
  readonly recorderOf: RecorderOf;
  /** The reader's zone (IANA). */
  readonly zone: string;
  /** The name of the zone at the time of the event. */
  readonly zoneSaid: string;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
  /** The ids of the events of the same target before and after it; and the events of the same request or act. */
  readonly beside: {
    readonly previous: string | null;
    readonly next: string | null;
    readonly related: readonly RecordedEvent[];
  };
  /** The index of the first row on this page. */
  readonly from: number;
  /** Whether another site's page shows it to a viewer, who has no token. */
  readonly inFrame: boolean;
}

type EventPartProps = EventContentProps & {
  readonly type: EventType | undefined;
  readonly pages: PartyPages;
};

export const EventContent = (given: EventContentProps): VNode => {
  const { event } = given;
  const type = given.typeOf(event);
  const props = { ...given, type, pages: partyPages(event, given.inFrame) };
  const { slug } = event.organization;
  return (
    <div class="db-event-page">
      <BackLink href={paths.activity({ org: slug })}>All activity</BackLink>
      <PageHeading title={<Name name={titleOf(event, type)} />} actions={<Outcome event={event} />}>
        <ByLine {...props} />
      </PageHeading>
      <Sentence {...props} />
      <Facts {...props} />
      <Targets {...props} />
      <div class="db-event-page__parts">
        <Who {...props} recorder={given.recorderOf(event)} />
        <Origin event={event} />
        <When {...props} />
        <Why {...props} />
      </div>
      <Related {...props} />
      <Rest {...props} />
      <Proof event={event} />
      {!props.inFrame && <AsSent event={event} />}
    </div>
  );
};

const ByLine = ({ event, recorderOf, pages, zone, zoneSaid, now }: EventPartProps): VNode => {
  const at = occurredAtOf(event);
  const recorder = recorderOf(event);
  return (
    <>
      By <ActorName {...event} href={event.actor && pages.actor(event.actor)} />{" "}
      <span class="db-on">
        on <Time at={at} zone={zone} />
      </span>{" "}
      {zoneSaid}, <Time at={at} zone={zone} form="ago" now={now} />
      {recorder !== undefined && (
        <div>
          <RecordedBy recorder={recorder} />
        </div>
      )}
    </>
  );
};

/** The words between two names of a sentence, which a space separates. */
function between(text: string): ComponentChildren {
  const [, before, words = "", after] = /^( ?)(.*?)( ?)$/s.exec(text) ?? [];
  return [before, marked(words), after];
}

/** The whole sentence, with links for names. */
const Sentence = ({ event, type, pages }: EventPartProps): VNode | null => {
  if (type === undefined) return null;
  const { actor, targets = [] } = event;
  const [target] = targets;
  return (
    <p class="db-event-page__sentence">
      {sentenceParts(event, type).map(({ text, of }) => {
        const named = of === undefined ? between(text) : <Name name={text} />;
        if (of === "actor" && actor !== undefined) return <A href={pages.actor(actor)}>{named}</A>;
        if (of === "target" && target !== undefined) return <A href={pages.target(target)}>{named}</A>;
        return named;
      })}
    </p>
  );
};

/** The number of rows of a page. */
const rowsOfPage = 100;

const Facts = ({ event, type, zone, from }: EventPartProps): VNode | null => {
  const { rows, before, after } = someRowsOf(event, type, { from, most: rowsOfPage });
  const erased = erasedWords(event);
  if (rows.length === 0 && erased === undefined) return null;
  const [target] = event.targets ?? [];
  return (
    <>
      <SummaryCard title={<Name name={target === undefined ? event.organization.name : nameOf(target)} />}>
        <EventRows rows={rows} reason={undefined} zone={zone} whole />
        {erased !== undefined && <p class="db-quiet">{erased}</p>}
      </SummaryCard>
      <MoreFacts event={event} before={before} shown={rows.length} after={after} />
    </>
  );
};

interface MoreFactsProps extends Pick<EventContentProps, "event"> {
  readonly before: number;
  readonly shown: number;
  readonly after: number;
}

/** An event can have hundreds of changes: a page has some, with links to the others. */
const MoreFacts = ({ event, before, shown, after }: MoreFactsProps): VNode | null => {
  if (before + after === 0) return null;
  const path = paths.event({ org: event.organization.slug, id: event.id });
  const pageFrom = (from: number): string => (from <= 0 ? path : `${path}?from=${from + 1}`);
  const [first, last, total] = [before + 1, before + shown, before + shown + after].map((count) =>
    count.toLocaleString("en-GB"),
  );
  return (
    <>
      <p class="db-quiet">
        {shown === 0 ? `All ${total} facts stand before.` : `Facts ${first} to ${last} of ${total}`}
      </p>
      <Pagination
        label="More facts"
        newer={before > 0 ? pageFrom(before - rowsOfPage) : undefined}
        older={after > 0 ? pageFrom(before + shown) : undefined}
        words={{ newer: "Previous", older: "Next" }}
      />
    </>
  );
};

/** In the words of the person who did it. */
const Why = ({ event: { reason }, zone }: EventContentProps): VNode | null =>
  reason === undefined ? null : (
    <section>
      <h2>Why</h2>
      <EventRows rows={[]} reason={reason} zone={zone} whole />
    </section>
  );

const AsSent = ({ event }: Pick<EventContentProps, "event">): VNode => {
  const address = apiPaths.event({ org: event.organization.slug, id: event.id });
  return (
    <>
      <h2>For programs</h2>
      <div class="db-row db-event-page__take db-no-print">
        <A href={address} download={`event-${event.id}.json`}>
          Download JSON
        </A>
        <CopyLink>Copy link to this event</CopyLink>
      </div>
      <Details summary="As JSON">
        <CodeBlock what="JSON" text={escapedLines(JSON.stringify(event, null, 2))} />
      </Details>
      <Details summary="As curl">
        <CodeBlock
          what="command"
          text={`curl -fsS "$DAYBOOK_URL${address}" \\\n  -H "Authorization: Bearer $DAYBOOK_TOKEN"`}
        />
      </Details>
    </>
  );
};
