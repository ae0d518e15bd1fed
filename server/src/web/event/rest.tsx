/** What an event has besides what its page shows above: its type, its id, and the members of its data that its card leaves out. */
import type { EventType } from "daybook/catalogue";
import type { RecordedEvent } from "daybook/internal";
import type { VNode } from "preact";
import { paths } from "../../paths.ts";
import { addressOf, typeAddress } from "../base/parameters.ts";
import { EventRows } from "../event-card/event-rows.tsx";
import { otherRowsOf } from "../event-card/other-rows.ts";
import { A } from "../kit/address/address.tsx";
import { Name } from "../kit/components/marked-text/name.tsx";
import { SummaryList } from "../kit/components/summary-list/summary-list.tsx";

interface RestProps {
  readonly event: RecordedEvent;
  /** Undefined for a type that no longer exists. */
  readonly type: EventType | undefined;
  /** The reader's zone (IANA). */
  readonly zone: string;
  /** Whether another site's page shows it. */
  readonly inFrame: boolean;
}

export const Rest = ({ event, type, zone, inFrame }: RestProps): VNode => {
  const { slug, name } = event.organization;
  return (
    <>
      <h2>Everything else that was recorded</h2>
      <EventRows rows={otherRowsOf(event, type)} reason={undefined} zone={zone} whole />
      <SummaryList
        rows={[
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
          {
            key: "Organization",
            value: (
              <A href={paths.activity({ org: slug })}>
                <Name name={name} />
              </A>
            ),
          },
          { key: "Event id", value: <code>{event.id}</code> },
        ]}
      />
    </>
  );
};

/** A link to its description; frames have none, because they have no other pages of Daybook. */
const TypeName = ({ event, type, inFrame }: Omit<RestProps, "zone">): VNode => {
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
