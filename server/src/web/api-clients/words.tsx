/** API clients in words: status, scopes, creator. All functions are pure. */

import type { VNode } from "preact";
import { ownPartyName } from "../base/own-party.ts";
import { whoPath } from "../base/party-paths.ts";
import { A } from "../kit/address/address.tsx";
import { Name } from "../kit/components/marked-text/name.tsx";
import { Tag, type TagProps } from "../kit/components/tag/tag.tsx";
import type { Client } from "./places.ts";

type Status = Client["status"];
type ClientScope = Client["scopes"][number];

const statuses: Readonly<Record<Status, { readonly text: string; readonly colour: TagProps["colour"] }>> = {
  active: { text: "Active", colour: "green" },
  expired: { text: "Expired", colour: "grey" },
  revoked: { text: "Revoked", colour: "red" },
};

export const StatusTag = ({ status }: Pick<Client, "status">): VNode => (
  <Tag colour={statuses[status].colour}>{statuses[status].text}</Tag>
);

/** The name of each scope, and what it permits. */
export const scopeWords: Readonly<Record<ClientScope, { readonly text: string; readonly hint: string }>> = {
  "events:write": { text: "Record events", hint: "Writes events to the organization’s log" },
  "events:read": {
    text: "Read events",
    hint: "Reads and follows the whole log, and opens viewer sessions for other people",
  },
  "events:import": {
    text: "Import events",
    hint: "Writes past events with their original times",
  },
  "audit-log:download": { text: "Download the audit log", hint: "Downloads the log as a file" },
  "event-types:write": {
    text: "Register event types",
    hint: "Defines this organization’s event types. Their names are permanent",
  },
};

export const Scopes = ({ scopes }: Pick<Client, "scopes">): VNode => (
  <>
    {scopes.map((scope) => (
      <div>
        {scopeWords[scope].text} <code class="db-quiet">{scope}</code>
      </div>
    ))}
  </>
);

interface CreatorProps extends Pick<Client, "createdBy"> {
  /** The organization, for the paths of its pages. */
  readonly at: { readonly org: string };
}

/** The creator, with their page. */
export const Creator = ({ createdBy, at }: CreatorProps): VNode => (
  <>
    <A href={whoPath(at.org, createdBy)}>
      <Name name={ownPartyName(createdBy, true)} />
    </A>
    {createdBy.hasLeft && <div class="db-quiet db-small">Creator has left</div>}
  </>
);
