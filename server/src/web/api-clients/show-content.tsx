/** The content of the page of an API client. */

import { parseTime, type RecordedEvent } from "daybook/internal";
import type { VNode } from "preact";
import { paths } from "../../paths.ts";
import { Expiry } from "../base/expiry.tsx";
import { whoPath } from "../base/party-paths.ts";
import { ActorName } from "../event-card/event-card.tsx";
import { occurredAtOf } from "../event-card/occurred-at.ts";
import { ButtonGroup, LinkButton } from "../kit/components/button/button.tsx";
import { BackLink } from "../kit/components/links/links.tsx";
import { Name } from "../kit/components/marked-text/name.tsx";
import { PageHeading } from "../kit/components/page-heading/page-heading.tsx";
import { SummaryList, type SummaryRow } from "../kit/components/summary-list/summary-list.tsx";
import { Time } from "../kit/components/time/time.tsx";
import { LastUsed } from "./client-table.tsx";
import type { Client } from "./places.ts";
import { Told, type ToldOf } from "./told.tsx";
import { Creator, Scopes, StatusTag } from "./words.tsx";

interface ClientProps {
  /** The address of the list. */
  readonly list: string;
  readonly client: Client;
  readonly mayChange: boolean;
  readonly told: ToldOf;
}

export const Shown = (props: ClientProps): VNode => {
  const { list, client, mayChange, told } = props;
  const { at } = told;
  return (
    <>
      <BackLink href={list}>API clients</BackLink>
      <PageHeading
        title={<Name name={client.name} />}
        caption="API client"
        actions={<StatusTag status={client.status} />}
      />
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
      <Told {...told} />
    </>
  );
};

function rowsOf({ client, mayChange, told: { at, found, zone } }: ClientProps): SummaryRow[] {
  const action = (
    may: boolean,
    link: NonNullable<SummaryRow["actions"]>[number],
  ): Pick<SummaryRow, "actions"> => (may ? { actions: [link] } : {});
  const { status } = client;
  const { lastChange } = found;
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
    { key: "Expiry date", value: <Expiry client={client} /> },
    { key: "What it may do", value: <Scopes scopes={client.scopes} /> },
    { key: "Last used", value: <LastUsed day={client.lastUsedOn} /> },
    {
      key: "Token",
      value: <code>{client.tokenPrefix}…</code>,
      ...action(mayChange && status === "active", {
        text: "Rotate",
        hidden: "token",
        href: paths.rotateClient(at),
      }),
    },
    { key: "Client id", value: <code>{client.id}</code> },
    {
      key: "Added by",
      value: (
        <>
          <Creator createdBy={client.createdBy} at={at} />
          <When at={parseTime(client.createdAt) ?? 0n} zone={zone} />
        </>
      ),
    },
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

const LastChange = ({ lastChange, zone }: LastChangeProps): VNode => {
  const { actor, organization } = lastChange;
  return (
    <>
      <ActorName {...lastChange} begins href={actor && whoPath(organization.slug, actor)} />
      <When at={occurredAtOf(lastChange)} zone={zone} />
    </>
  );
};

interface DeletedProps {
  readonly list: string;
  readonly told: ToldOf;
}

export const Deleted = ({ list, told }: DeletedProps): VNode => (
  <>
    <BackLink href={list}>API clients</BackLink>
    <PageHeading title={<Name name={nameOf(told.found.history)} />} caption="API client">
      This API client is deleted. Its token no longer works. Its history stays in the log.
    </PageHeading>
    <Told {...told} />
  </>
);

/** Its name in the newest of these events. */
function nameOf(events: readonly RecordedEvent[]): string {
  const targets = events.flatMap(({ targets = [] }) => targets);
  return targets.find(({ type, name }) => type === "api_client" && name)?.name ?? "Deleted API client";
}
