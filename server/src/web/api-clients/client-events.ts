/** The events about an API client: what was done to it, what it did itself, what it recorded, and what others reported about it. */
import type { RecordedEvent } from "daybook/internal";
import type { RequestOrganization } from "../../http/index.ts";
import { addressOf } from "../base/parameters.ts";
import { targetPath } from "../base/party-paths.ts";
import type { Web } from "../base/web.ts";
import { type Reported, reportedAtOnce } from "../event-card/reported.tsx";

export interface ClientEvents {
  /** A page of its history: what Daybook did to it, and the attempts that it refused. */
  readonly history: readonly RecordedEvent[];
  /** The cursor of older ones, null if there are none. */
  readonly next: string | null;
  readonly lastChange: RecordedEvent | undefined;
  /** The newest that it did itself. */
  readonly did: readonly RecordedEvent[];
  readonly didMore: boolean;
  /** The newest that it recorded. */
  readonly recorded: readonly RecordedEvent[];
  /** Undefined if there are none, or on a later page of the history. */
  readonly reported: Reported | undefined;
}

/** The types of events that change a client, and so name who changed it last. */
const changing: readonly string[] = [
  "API_CLIENT_ADDED",
  "API_CLIENT_UPDATED",
  "API_CLIENT_TOKEN_ROTATED",
  "API_CLIENT_REVOKED",
  "API_CLIENT_DELETED",
];
/** Events per page of the history. */
const limit = 25;
/** How many are read whose addresses are counted. */
const mostRead = 100;
const mostRecorded = 5;

type ClientEventsPage = Parameters<Web["services"]["search"]["events"]>[1];

interface ClientEventsQuery {
  readonly organization: RequestOrganization;
  /** The client's id. */
  readonly id: string;
  readonly cursor: string | undefined;
}

/** Reads them. Throws `cursor-invalid`. */
export async function clientEvents(
  { services: { search } }: Web,
  { organization, id, cursor }: ClientEventsQuery,
): Promise<ClientEvents> {
  const key = `api_client:${id}`;
  const read = (most: number, request: Partial<ClientEventsPage>): ReturnType<typeof search.events> =>
    search.events(organization, { filter: {}, cursor: undefined, limit: most, ...request });
  // reports of others are not part of its history
  const done = { targets: [key], recordedBy: "daybook" as const };
  const anyOf = [[{ kind: "recordedBy" as const, value: key }]];
  const [page, changes, did, recorded, reported] = await Promise.all([
    read(limit, { filter: done, cursor }),
    read(1, { filter: { ...done, types: changing } }),
    read(mostRead, { filter: { actors: [key], recordedBy: "daybook" } }),
    read(mostRecorded, { wanted: { all: [], none: [], anyOf } }),
    read(reportedAtOnce, { filter: { targets: [key], recordedBy: "others" } }),
  ]);
  const all = addressOf(
    targetPath(organization.slug, { type: "api_client", id }),
    new Map([["recordedBy", ["others"]]]),
  );
  return {
    history: page.events,
    next: page.next,
    lastChange: changes.events[0],
    did: did.events,
    didMore: did.next !== null,
    recorded: recorded.events,
    reported:
      cursor !== undefined || reported.events.length === 0
        ? undefined
        : { events: reported.events, all: reported.next === null ? undefined : all },
  };
}
