/** An event at a glance, below its row of a table: what changed, why, and where it came from, without leaving the list. */
import type { EventType } from "daybook/catalogue";
import type { RecordedEvent } from "daybook/internal";
import type { VNode } from "preact";
import { paths } from "../../paths.ts";
import { addressOf } from "../base/parameters.ts";
import { targetPath } from "../base/party-paths.ts";
import { A } from "../kit/address/address.tsx";
import { LinkButton } from "../kit/components/button/button.tsx";
import { Time } from "../kit/components/time/time.tsx";
import { cardFacts } from "./event-rows.tsx";
import { occurredAtOf } from "./occurred-at.ts";
import { RecordedBy } from "./recorded-by.tsx";
import type { Recorder } from "./recorders.ts";
import { changesFirst, type LabelledRow } from "./rows.ts";
import { erasedWords } from "./words.ts";

/** The changes and facts at a glance; the event's own page has all. */
const mostRows = 5;

interface EventGlanceProps {
  readonly event: RecordedEvent;
  readonly type: EventType | undefined;
  /** Who reported it; undefined if Daybook recorded it itself. */
  readonly recorder: Recorder | undefined;
  /** The reader's zone (IANA). */
  readonly zone: string;
}

export const EventGlance = ({ event, type, recorder, zone }: EventGlanceProps): VNode => {
  const { rows, more } = changesFirst(event, type, mostRows);
  const page = paths.event({ org: event.organization.slug, id: event.id });
  const erased = erasedWords(event);
  return (
    <div class="db-glance">
      {cardFacts({ rows, reason: undefined, zone })}
      {more > 0 && (
        <p>
          <A href={page}>{more.toLocaleString("en-GB")} more</A>
        </p>
      )}
      {cardFacts({ rows: originRows(event), reason: event.reason, zone })}
      {erased !== undefined && <p class="db-quiet">{erased}</p>}
      <p class="db-row">
        <LinkButton href={page} kind="secondary" size="small">
          Open event
        </LinkButton>
        {onlyLinks(event)}
        <span class="db-quiet">
          <Time at={occurredAtOf(event)} zone={zone} />
          {recorder !== undefined && (
            <>
              . <RecordedBy recorder={recorder} />
            </>
          )}
        </span>
      </p>
    </div>
  );
};

/** Where it came from, for readers who may see it. */
const originRows = ({ context = {} }: RecordedEvent): LabelledRow[] =>
  (
    [
      ["Address", context.ip],
      ["Browser or program", context.userAgent],
      ["Request", context.requestId],
    ] as const
  ).flatMap(([label, value]) => (value === undefined ? [] : [{ label, value }]));

/** The lists of what belongs together with the event. */
const onlyLinks = ({ context, organization: { slug }, targets: [target] = [] }: RecordedEvent): VNode => (
  <>
    {context?.requestId !== undefined && (
      <A
        href={addressOf(paths.activity({ org: slug }), new Map([["q", [requestSearch(context.requestId)]]]))}
      >
        Everything of this request
      </A>
    )}
    {target !== undefined && <A href={targetPath(slug, target)}>All of this target</A>}
  </>
);

const requestSearch = (id: string): string => `request:"${id.replaceAll(/["“”„\\]/g, "\\$&")}"`;
