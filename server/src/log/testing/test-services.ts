/** The services for tests of recording: a database of their own, its store, the log over it, and organizations. */
import { type EventInput, newEventId, newKeyPair, type RecordedBy, readEvents } from "daybook/internal";
import { databaseKinds, freshDatabase } from "../../../../test/support/database.ts";
import { type Finding, fsck } from "../../integrity/index.ts";
import type { Deployment } from "../../store/contract/deployment.ts";
import type { Organization } from "../../store/contract/organizations.ts";
import { openPostgres } from "../../store/postgres/index.ts";
import type { Store } from "../../store/store.ts";
import { anywhere } from "../../store/testing/anywhere.ts";
import {
  catalogueTypes,
  type EventLog,
  initialiseDeployment,
  type LogOptions,
  newOrganizationId,
  openLog,
  openOrganization,
  type RecordAnswer,
  type UnreadEvents,
} from "../index.ts";
import type { Input } from "../prepared.ts";

export const client: RecordedBy = { type: "api_client", id: "client_7" };

/** A store and a log over a database, with helpers for tests. */
export interface TestServices {
  readonly url: string;
  readonly store: Store;
  readonly log: EventLog;
  readonly deployment: Deployment;
  newOrganization(slug: string): Promise<Organization>;
  record(organization: Organization, ...events: object[]): Promise<RecordAnswer>;
  /** What fsck finds in the logs; the rows of these services have no events. */
  findings(): Promise<Finding[]>;
  close(): Promise<void>;
}

/** Opens services over a new database, or over the given one; `wrap` puts something between log and store. */
export async function openTestServices(
  options: Partial<LogOptions> & { url?: string; wrap?: (store: Store) => Store } = {},
): Promise<TestServices> {
  const url = options.url ?? (await freshDatabase(databaseKinds().at(-1)!));
  const store = await openPostgres(url);
  const deployment = await initialiseDeployment({
    store,
    logName: "log.example.org",
    publicKey: newKeyPair().publicKey,
    operatorTokenHash: new Uint8Array(32),
  });
  const { wrap = (inner: Store) => inner, url: _, ...rest } = options;
  const log = openLog({ types: catalogueTypes, ...rest, store: wrap(store) });
  return {
    url,
    store,
    log,
    deployment,
    newOrganization: (slug) =>
      log.change(async (tx) => {
        const wanted = { id: newOrganizationId(), slug, name: slug };
        return (await openOrganization(tx, { organization: wanted, deployment })).organization;
      }, anywhere),
    record: (organization, ...events) =>
      log.record({ organization, unread: unreadOf(...events), recordedBy: client, mayImport: false }),
    findings: async () => {
      const found: Finding[] = [];
      for await (const finding of fsck(store, { logsOnly: true })) found.push(finding);
      return found;
    },
    close: async () => {
      await log.close();
      await store.close();
    },
  };
}

/** Events of a body. */
export const unreadOf = (...events: object[]): UnreadEvents =>
  unread(readEvents(Buffer.from(JSON.stringify({ events })), "application/json").inputs);

/** As a body that has been read already. */
export const unread = (inputs: readonly Input[]): UnreadEvents => ({
  bytes: inputs.reduce((sum, { bytes }) => sum + bytes, 0),
  estimate: inputs.length,
  read: () => ({ next: () => false, events: () => ({ inputs }) }),
});

/** A valid event with an id; given members replace its own. */
export const anEvent = (members: Partial<EventInput> = {}): EventInput & { id: string } => ({
  id: newEventId(),
  type: "API_CLIENT_UPDATED",
  actor: { type: "user", id: "u_17", name: "Anne Wilson", email: "anne@acme.example" },
  targets: [{ type: "api_client", id: "c_9", name: "Register sandbox" }],
  changes: [{ path: "/name", from: "Old", to: "New" }],
  data: { clientId: "c_9", name: "New" },
  ...members,
});
