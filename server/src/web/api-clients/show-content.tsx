/** The content of the page of an API client. */

import { eventType } from "daybook/catalogue";
import { parseTime, type RecordedEvent } from "daybook/internal";
import type { VNode } from "preact";
import { paths } from "../../paths.ts";
import { Day, Expiry } from "../base/expiry.tsx";
import { addressOf } from "../base/parameters.ts";
import { actorPath, targetPath } from "../base/party-paths.ts";
import { ActorName, EventCard } from "../event-card/event-card.tsx";
import { occurredAtOf } from "../event-card/occurred-at.ts";
import type { RecorderOf } from "../event-card/recorders.ts";
import { type Reported, ReportedByOthers } from "../event-card/reported.tsx";
import { A } from "../kit/address/address.tsx";
import { ButtonGroup, LinkButton } from "../kit/components/button/button.tsx";
import { BackLink } from "../kit/components/links/links.tsx";
import { Name } from "../kit/components/marked-text/name.tsx";
import { PageHeading } from "../kit/components/page-heading/page-heading.tsx";
import { Pagination } from "../kit/components/pagination/pagination.tsx";
import { SummaryList, type SummaryRow } from "../kit/components/summary-list/summary-list.tsx";
import { Time } from "../kit/components/time/time.tsx";
import { Later } from "../kit/later/later.tsx";
import type { ClientPageContext } from "./client-of.ts";
import type { Client } from "./places.ts";
import { Creator, Scopes, StatusTag } from "./words.tsx";

interface HistoryOf {
  readonly events: readonly RecordedEvent[];
  readonly reported: Reported | undefined;
  readonly recorderOf: RecorderOf;
  readonly zone: string;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
  readonly newest: string | undefined;
  /** The page of what the client itself did. */
  readonly own: string;
  readonly older: string | undefined;
}

interface ClientProps {
  /** The address of the list. */
  readonly list: string;
  /** What the paths of the client need. */
  readonly at: ClientPageContext["at"];
  readonly client: Client;
  readonly lastChange: RecordedEvent | undefined;
  readonly mayChange: boolean;
  readonly history: HistoryOf;
}

export const Shown = (props: ClientProps): VNode => {
  const { list, at, client, mayChange, history } = props;
  return (
    <>
      <BackLink href={list}>API clients</BackLink>
      <PageHeading title={<Name name={client.name} />} caption="API client" />
      <SummaryList rows={rowsOf(props)} />
      {mayChange && (
        <ButtonGroup>
          {client.status !== "revoked" && (
            <LinkButton href={paths.revokeClient(at)} kind="secondary">
              Revoke
            </LinkButton>
          )}
          <LinkButton href={paths.deleteClient(at)} kind="secondary">
            Delete
          </LinkButton>
        </ButtonGroup>
      )}
      <HistoryPart {...history} />
    </>
  );
};

function rowsOf({ client, at, mayChange, lastChange, history: { zone } }: ClientProps): SummaryRow[] {
  const action = (
    may: boolean,
    link: NonNullable<SummaryRow["actions"]>[number],
  ): Pick<SummaryRow, "actions"> => (may ? { actions: [link] } : {});
  const { status, lastUsedOn } = client;
  return [
    {
      key: "Client name",
      value: <Name name={client.name} />,
      ...action(mayChange && status !== "revoked", {
        text: "Change",
        hidden: "client name",
        href: paths.renameClient(at),
      }),
    },
    { key: "Status", value: <StatusTag status={status} /> },
    { key: "Expiry date", value: <Expiry client={client} /> },
    { key: "What it may do", value: <Scopes scopes={client.scopes} /> },
    {
      key: "Token",
      value: <code>{client.tokenPrefix}…</code>,
      ...action(mayChange && status === "active", {
        text: "Rotate",
        hidden: "token",
        href: paths.rotateClient(at),
      }),
    },
    {
      key: "Added by",
      value: (
        <>
          <Creator createdBy={client.createdBy} />
          <When at={parseTime(client.createdAt) ?? 0n} zone={zone} />
        </>
      ),
    },
    { key: "Last used", value: lastUsedOn === null ? "Never" : <Day day={lastUsedOn} /> },
    ...(lastChange === undefined
      ? []
      : [{ key: "Last changed by", value: <LastChange {...{ lastChange, zone }} /> }]),
  ];
}

const When = ({ at, zone }: { readonly at: bigint; readonly zone: string }): VNode => (
  <div class="db-quiet db-small">
    <Time at={at} zone={zone} />
  </div>
);

interface LastChangeProps {
  readonly lastChange: RecordedEvent;
  readonly zone: string;
}

const LastChange = ({ lastChange, zone }: LastChangeProps): VNode => (
  <>
    <ActorName {...lastChange} begins />
    <When at={occurredAtOf(lastChange)} zone={zone} />
  </>
);

/** Links to the same type of event of this client, and to other events of the same actor. */
function linksOf({ actor, type, targets = [], organization: { slug } }: RecordedEvent): {
  readonly type: string;
  readonly actor: string | undefined;
} {
  const client = targets.find((target) => target.type === "api_client");
  const path = client === undefined ? paths.activity({ org: slug }) : targetPath(slug, client);
  return {
    type: addressOf(path, new Map([["type", [type]]])),
    actor: actor && actorPath(slug, actor),
  };
}

const HistoryPart = (history: HistoryOf): VNode => {
  const { events, reported, newest, older, own } = history;
  return (
    <>
      <section class="db-client-history" aria-labelledby="history">
        <h2 id="history">History</h2>
        {events.length === 0 ? <NoHistory newest={newest} own={own} /> : <Cards {...history} />}
        <Pagination newer={newest} older={older} words={{ newer: "Newest", older: "Older" }} />
      </section>
      {reported !== undefined && (
        <ReportedByOthers all={reported.all}>
          <Cards {...history} events={reported.events} />
        </ReportedByOthers>
      )}
    </>
  );
};

const Cards = ({ events, recorderOf, zone, now }: HistoryOf): VNode => (
  <ol class="db-day__events">
    {events.map((event) => (
      <li>
        <Later>
          <EventCard
            {...{ event, zone, now }}
            type={eventType(event.type)}
            recorder={recorderOf(event)}
            links={linksOf(event)}
          />
        </Later>
      </li>
    ))}
  </ol>
);

/** No older ones are stored, or the address is of an earlier page. */
const NoHistory = ({ newest, own }: Pick<HistoryOf, "newest" | "own">): VNode => (
  <p>
    There are no events about this client here.{" "}
    {newest === undefined ? (
      <>
        They may be older than the log&rsquo;s retention period: see{" "}
        <A href={own}>what the client did itself</A>.
      </>
    ) : (
      <A href={newest}>See the newest events.</A>
    )}
  </p>
);

interface DeletedProps {
  readonly list: string;
  readonly history: HistoryOf;
}

export const Deleted = ({ list, history }: DeletedProps): VNode => (
  <>
    <BackLink href={list}>API clients</BackLink>
    <PageHeading title={<Name name={nameOf(history.events)} />} caption="API client">
      This API client is deleted. Its token no longer works. Its history stays in the log.
    </PageHeading>
    <HistoryPart {...history} />
  </>
);

/** Its name in the newest of these events. */
function nameOf(events: readonly RecordedEvent[]): string {
  const targets = events.flatMap(({ targets = [] }) => targets);
  return targets.find(({ type, name }) => type === "api_client" && name)?.name ?? "Deleted API client";
}
