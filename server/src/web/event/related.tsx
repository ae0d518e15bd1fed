/** The other events of the same request or act, as a list beside one event. It gets none for readers who may not see contexts. */
import type { RecordedEvent } from "daybook/internal";
import type { VNode } from "preact";
import { paths } from "../../paths.ts";
import { Outcome } from "../event-card/event-card.tsx";
import { occurredAtOf } from "../event-card/occurred-at.ts";
import { RecordedBy } from "../event-card/recorded-by.tsx";
import type { Recorder, RecorderOf } from "../event-card/recorders.ts";
import type { TypeOf } from "../event-card/types.ts";
import { nameOf, titleOf } from "../event-card/words.ts";
import { A } from "../kit/address/address.tsx";
import { Details } from "../kit/components/details/details.tsx";
import { ItemList } from "../kit/components/item-list/item-list.tsx";
import { marked } from "../kit/components/marked-text/marked-text.tsx";
import { Name } from "../kit/components/marked-text/name.tsx";
import { Time } from "../kit/components/time/time.tsx";

interface RelatedProps {
  readonly event: RecordedEvent;
  /** The ids of the events of the same target before and after it; and those of the same request or act, newest first. */
  readonly beside: {
    readonly previous: string | null;
    readonly next: string | null;
    readonly related: readonly RecordedEvent[];
  };
  readonly typeOf: TypeOf;
  readonly recorderOf: RecorderOf;
  /** The reader's zone (IANA). */
  readonly zone: string;
}

/** The maximum number that is shown; the others are folded. */
const atOnce = 10;

export const Related = (props: RelatedProps): VNode | null => {
  const { related, previous, next } = props.beside;
  if (related.length === 0 && previous === null && next === null) return null;
  const [shown, folded] = [related.slice(0, atOnce), related.slice(atOnce)];
  return (
    <>
      <h2>Related events</h2>
      {related.length > 0 && (
        <>
          <p class="db-quiet">Events of the same request or act, up to an hour before or after this event.</p>
          <List {...props} some={shown} />
        </>
      )}
      {folded.length > 0 && (
        <Details summary={`And ${folded.length} more`}>
          <List {...props} some={folded} />
        </Details>
      )}
      <Beside {...props} />
    </>
  );
};

/** Other events about the same target. */
const Beside = ({ event, beside: { previous, next } }: RelatedProps): VNode | null => {
  if (previous === null && next === null) return null;
  const { slug } = event.organization;
  return (
    <p class="db-row">
      {previous !== null && <A href={paths.event({ org: slug, id: previous })}>Event before it</A>}
      {next !== null && <A href={paths.event({ org: slug, id: next })}>Event after it</A>}
      <span class="db-quiet">of the same target</span>
    </p>
  );
};

interface ListProps extends RelatedProps {
  readonly some: readonly RecordedEvent[];
}

const List = ({ event, some, typeOf, recorderOf, zone }: ListProps): VNode => (
  <ItemList
    items={some.map((one) => ({
      title: (
        <>
          <A href={paths.event({ org: one.organization.slug, id: one.id })}>
            {marked(titleOf(one, typeOf(one)))}
          </A>{" "}
          <Outcome event={one} />
        </>
      ),
      note: <About event={one} zone={zone} recorder={recorderOf(one)} />,
      aside: <span class="db-quiet db-small">{bondOf(event, one)}</span>,
    }))}
  />
);

interface AboutProps extends Pick<RelatedProps, "event" | "zone"> {
  readonly recorder: Recorder | undefined;
}

/** "Register sandbox and 2 more · 21 May 2026 at 2:22pm" */
const About = ({ event, zone, recorder }: AboutProps): VNode => {
  const [target, ...more] = event.targets ?? [];
  return (
    <>
      {target !== undefined && (
        <>
          <Name name={nameOf(target)} />
          {more.length > 0 && ` and ${more.length} more`}
          {" · "}
        </>
      )}
      <Time at={occurredAtOf(event)} zone={zone} />
      {recorder !== undefined && (
        <>
          {" · "}
          <RecordedBy recorder={recorder} />
        </>
      )}
    </>
  );
};

/** What two events have in common. */
function bondOf({ context: one }: RecordedEvent, { context: other }: RecordedEvent): string {
  const isSame = (name: "requestId" | "correlationId"): boolean =>
    one?.[name] !== undefined && one[name] === other?.[name];
  if (!isSame("correlationId")) return "Same request";
  return isSame("requestId") ? "Same request and act" : "Same act";
}
