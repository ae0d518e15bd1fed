/** API clients as the rows of a table, which are blocks in a narrow window. */
import type { VNode } from "preact";
import { paths } from "../../paths.ts";
import { Day, Expiry, fromToday } from "../base/expiry.tsx";
import { A } from "../kit/address/address.tsx";
import { Name } from "../kit/components/marked-text/name.tsx";
import { Table } from "../kit/components/table/table.tsx";
import type { Client } from "./places.ts";
import { Creator, StatusTag } from "./words.tsx";

interface ClientTableProps {
  /** The organization, for the paths of its pages. */
  readonly at: { readonly org: string };
  readonly clients: readonly Client[];
  readonly caption: string;
}

export const ClientTable = ({ at, clients, caption }: ClientTableProps): VNode => (
  <Table
    caption={caption}
    captionHidden
    stacks
    columns={[
      { title: "Name" },
      { title: "Status" },
      { title: "Expiry date", label: "Expires" },
      { title: "Last used", label: "Last used" },
      { title: "May do", label: "May do" },
      { title: "Token", label: "Token" },
      { title: "Added by", label: "Added by" },
    ]}
    rows={clients.map((client) => [
      <A class="db-client-name" href={paths.client({ ...at, client: client.id })}>
        <Name name={client.name} />
      </A>,
      <StatusTag status={client.status} />,
      <Expiry client={client} />,
      <LastUsed day={client.lastUsedOn} />,
      <span class="db-client-scopes">
        {client.scopes.map((scope) => (
          <>
            <code>{scope}</code>{" "}
          </>
        ))}
      </span>,
      <code>{client.tokenPrefix}…</code>,
      <Creator createdBy={client.createdBy} at={at} />,
    ])}
  />
);

/** The day of its last use in UTC, which Daybook knows no more exactly. */
export const LastUsed = ({ day }: { readonly day: string | null }): VNode =>
  day === null ? (
    <span class="db-quiet">Never</span>
  ) : (
    <>
      <Day day={day} />
      <div class="db-quiet db-small">{fromToday(day)}</div>
    </>
  );
