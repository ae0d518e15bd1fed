/** Who did what an event tells, who recorded it, and what it was done to. */
import { type Actor, inWords, type RecordedEvent } from "daybook/internal";
import type { ComponentChildren, VNode } from "preact";
import { RecorderName } from "../event-card/recorded-by.tsx";
import type { Recorder } from "../event-card/recorders.ts";
import { nameOf } from "../event-card/words.ts";
import { A } from "../kit/address/address.tsx";
import { marked } from "../kit/components/marked-text/marked-text.tsx";
import { Name } from "../kit/components/marked-text/name.tsx";
import { SummaryList, type SummaryRow } from "../kit/components/summary-list/summary-list.tsx";
import type { PartyPages } from "./party-pages.ts";

const actorTypes: Readonly<Record<Actor["type"], string>> = {
  user: "User",
  api_client: "API client",
  system: "System",
  anonymous: "Someone who did not sign in",
};

const recorders: Readonly<Record<RecordedEvent["recordedBy"]["type"], string>> = {
  api_client: "API client",
  operator: "Operator",
  server: "Daybook itself",
};

/** The authenticated caller that recorded it, and whether it is Daybook's own. */
const recorded = (
  by: RecordedEvent["recordedBy"] | undefined,
  recorder: Recorder | undefined,
): ComponentChildren => {
  if (by === undefined) return "Erased";
  // the one operator token and the server have no other id
  const isOnlyOne = by.type === "server" || by.id === by.type;
  return (
    <>
      {recorder === undefined ? recorders[by.type] : <RecorderName recorder={recorder} />}{" "}
      {!isOnlyOne && recorder?.name !== by.id && <code class="db-quiet">{by.id}</code>}
      <div class="db-quiet db-small">{recorder === undefined ? wordOfDaybook(by) : wordOfOthers}</div>
    </>
  );
};

const wordOfDaybook = ({ own }: RecordedEvent["recordedBy"]): string =>
  own ? "Daybook made this change and recorded it." : "Daybook saw this happen.";
const wordOfOthers = "The recorder reported this. Daybook did not see it happen.";

interface ActorSectionProps {
  readonly event: RecordedEvent;
  readonly recorder: Recorder | undefined;
  readonly pages: PartyPages;
}

export const Who = (props: ActorSectionProps): VNode => (
  <section>
    <h2>Who did it</h2>
    <SummaryList rows={actorRows(props)} />
  </section>
);

function actorRows({ event: { actor, recordedBy }, recorder, pages }: ActorSectionProps): SummaryRow[] {
  const by: SummaryRow = { key: "Recorded by", value: recorded(recordedBy, recorder) };
  if (actor === undefined) return [{ key: "Actor", value: "Erased" }, by];
  const { onBehalfOf } = actor;
  return [
    {
      key: "Name",
      value: (
        <A href={pages.actor(actor)}>
          <Name name={nameOf(actor)} />
        </A>
      ),
    },
    { key: "Kind", value: actorTypes[actor.type] },
    ...(actor.id === undefined ? [] : [{ key: "Id", value: <code dir="auto">{marked(actor.id)}</code> }]),
    ...(actor.email === undefined ? [] : [{ key: "Email address", value: <Name name={actor.email} /> }]),
    ...(onBehalfOf === undefined
      ? []
      : [
          {
            key: "On behalf of",
            value: (
              <>
                <Name name={nameOf(onBehalfOf)} />{" "}
                <span class="db-quiet">
                  ({actorTypes[onBehalfOf.type]}
                  {onBehalfOf.id !== undefined && (
                    <>
                      {" "}
                      <code dir="auto">{marked(onBehalfOf.id)}</code>
                    </>
                  )}
                  )
                </span>
              </>
            ),
          },
        ]),
    by,
  ];
}

interface TargetsProps extends Pick<ActorSectionProps, "event" | "pages"> {}

export const Targets = ({ event, pages }: TargetsProps): VNode | null => {
  const { targets = [] } = event;
  if (targets.length === 0) return null;
  return (
    <>
      <h2>What it was done to</h2>
      <SummaryList
        rows={targets.map((target) => ({
          key: inWords(target.type),
          value: (
            <>
              <A href={pages.target(target)}>
                <Name name={nameOf(target)} />
              </A>{" "}
              <code class="db-quiet" dir="auto">
                {marked(target.id)}
              </code>
            </>
          ),
        }))}
      />
    </>
  );
};
