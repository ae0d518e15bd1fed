/** The place of an event in the log, as the rows of a list: log, type, number, hash. */
import type { EventType } from "daybook/catalogue";
import { parseTime, type RecordedEvent } from "daybook/internal";
import type { VNode } from "preact";
import { paths } from "../../paths.ts";
import { addressOf, typeAddress } from "../base/parameters.ts";
import { outcomeWords } from "../event-card/words.ts";
import { A } from "../kit/address/address.tsx";
import { Name } from "../kit/components/marked-text/name.tsx";
import type { SummaryRow } from "../kit/components/summary-list/summary-list.tsx";
import { Time } from "../kit/components/time/time.tsx";

interface PositionProps {
  readonly event: RecordedEvent;
  /** Undefined for a type that no longer exists. */
  readonly type: EventType | undefined;
  /** The reader's zone (IANA). */
  readonly zone: string;
  /** Whether another site's page shows it. */
  readonly inFrame: boolean;
}

export function positionRows({ event, type, zone, inFrame }: PositionProps): SummaryRow[] {
  const { slug } = event.organization;
  return [
    {
      key: "Organization",
      value: (
        <A href={paths.activity({ org: slug })}>
          <Name name={event.organization.name} />
        </A>
      ),
    },
    {
      key: "Type",
      value: (
        <span class="db-row">
          <TypeName {...{ event, type, inFrame }} />
          <A href={addressOf(paths.activity({ org: slug }), new Map([["type", [event.type]]]))}>
            All of this type
          </A>
        </span>
      ),
    },
    { key: "Outcome", value: outcomeWords[event.outcome] },
    { key: "Number in the log", value: event.seq.toLocaleString("en-GB") },
    { key: "Recorded", value: <Time at={parseTime(event.recordedAt) ?? 0n} zone={zone} /> },
    { key: "Exactly", value: <code>{event.recordedAt}</code> },
    { key: "Leaf hash", value: <code>{event.leafHash}</code> },
    { key: "Event id", value: <code>{event.id}</code> },
  ];
}

/** A link to its description; frames have none, because they have no other pages of Daybook. */
const TypeName = ({ event, type, inFrame }: Omit<PositionProps, "zone">): VNode => {
  const name = <code>{event.type}</code>;
  const isOurs = type?.about !== "custom";
  const path = isOurs ? paths.eventTypes() : paths.organizationEventTypes({ org: event.organization.slug });
  return !inFrame && type !== undefined ? (
    <A href={typeAddress(path, event.type)} title="About this event type">
      {name}
    </A>
  ) : (
    name
  );
};
