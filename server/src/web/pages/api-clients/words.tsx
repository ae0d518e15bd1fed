/** API clients in words: status, scopes, dates. Pure. */
import type { VNode } from "preact";
import { Tag, type TagProps } from "../../components/tag/tag.tsx";
import { dayInWords } from "../../time/format.ts";
import type { Client } from "./places.ts";

type Status = Client["status"];
type Scope = Client["scopes"][number];

const statuses: Readonly<Record<Status, { readonly text: string; readonly colour: TagProps["colour"] }>> = {
  active: { text: "Active", colour: "green" },
  expired: { text: "Expired", colour: "grey" },
  revoked: { text: "Revoked", colour: "red" },
};

export const StatusTag = ({ status }: Pick<Client, "status">): VNode => (
  <Tag colour={statuses[status].colour}>{statuses[status].text}</Tag>
);

/** What each scope is called, and what it lets a client do. */
export const scopeWords: Readonly<Record<Scope, { readonly text: string; readonly hint: string }>> = {
  "events:write": { text: "Record events", hint: "Writes what happens into the organization’s log" },
  "events:read": {
    text: "Read events",
    hint: "Reads and follows the whole log, and opens viewer sessions for others",
  },
  "events:import": {
    text: "Import events",
    hint: "Writes events of the past, with the times at which they happened elsewhere",
  },
  "audit-log:download": { text: "Download the audit log", hint: "Downloads the log as a file" },
  "event-types:write": {
    text: "Register event types",
    hint: "Defines event types of this organization: their names are kept for ever",
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

/** A day of the calendar, `YYYY-MM-DD`: the same in every zone. */
export const Day = ({ day }: { readonly day: string }): VNode => (
  <time dateTime={day}>{dayInWords(Date.parse(`${day}T00:00:00Z`), "UTC")}</time>
);

/** The expiry date, and whether it is near. */
export const Expiry = ({
  client: { expiresOn, expiresWithinDays },
}: {
  readonly client: Pick<Client, "expiresOn" | "expiresWithinDays">;
}): VNode => (
  <>
    <Day day={expiresOn} />
    {expiresWithinDays !== null && (
      <div>
        <Tag colour="yellow">Expires within {expiresWithinDays} days</Tag>
      </div>
    )}
  </>
);

/** Who added it. */
export const Creator = ({ createdBy }: Pick<Client, "createdBy">): VNode => (
  <>
    <bdi>{createdBy.name ?? createdBy.id}</bdi>
    {createdBy.hasLeft && <div class="db-quiet db-small">Creator has left</div>}
  </>
);
