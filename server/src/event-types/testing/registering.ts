/** A database with an organization for each test, and two processes that register types on it. */
import { type Actor, DaybookError, type Json, type JsonObject, type RecordedBy } from "daybook/internal";
import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import { freshDatabase } from "../../../../test/support/database.ts";
import { type EventLog, initialiseDeployment, openLog, openOrganization } from "../../log/index.ts";
import type { Organization } from "../../store/contract/organizations.ts";
import { openPostgres } from "../../store/postgres/index.ts";
import type { Store } from "../../store/store.ts";
import { anywhere } from "../../store/testing/anywhere.ts";
import { type EventTypes, openEventTypes } from "../event-types.ts";
import { type Registered, registerEventType } from "../register.ts";

export const anne: Actor = { type: "user", id: "u_17", name: "Anne Wilson" };
export const recordedBy: RecordedBy = { type: "operator", id: "operator" };

export const definition = (change: JsonObject = {}): JsonObject => ({
  name: "invoice.paid",
  title: "Invoice paid",
  sentence: "{actor} paid invoice {data.number}",
  data: {
    type: "object",
    properties: { number: { type: "string" } },
    required: ["number"],
    additionalProperties: false,
  },
  ...change,
});

/** A process: its own look-up and log on the common store. */
export interface Process {
  readonly types: EventTypes;
  readonly log: EventLog;
}

/** The dependencies of a test. */
export interface Registering {
  readonly store: Store;
  readonly organization: Organization;
  /** The reserved organization, for types of the service. */
  readonly service: Organization;
  readonly one: Process;
  readonly other: Process;
  /** Counts the organizations, so that each test has its own names. */
  readonly made: number;
}

/** The clock of the look-ups. */
export const clock = { now: 0 };
let opened: Registering;
let store: Store;
let made = 0;

/** Opens the database before the tests of a file; `ready` gets the dependencies of each test. */
export function openRegistering(ready: (opened: Registering) => void): void {
  beforeAll(async () => {
    store = await openPostgres(await freshDatabase("embedded"));
    const deployment = {
      logName: "log.example.org",
      publicKey: new Uint8Array(32),
      operatorTokenHash: new Uint8Array(32),
    };
    await initialiseDeployment({ ...deployment, store });
  });
  afterAll(() => store?.close());
  beforeEach(async () => {
    const [service] = await store.organizationsById([0]);
    const organization = await another();
    opened = { store, service: service!, organization, one: startProcess(), other: startProcess(), made };
    ready(opened);
  });
}

export function startProcess(over: Store = store): Process {
  const types = openEventTypes({ store: over, now: () => clock.now });
  return { types, log: openLog({ store: over, types }) };
}

export async function another(): Promise<Organization> {
  made++;
  const deployment = (await store.deployment())!;
  const names = { id: `org_${made}`, slug: `o-${made}`, name: `Organization ${made}` };
  const opened = await startProcess().log.change(
    (tx) => openOrganization(tx, { organization: names, deployment }),
    anywhere,
  );
  return opened.organization;
}

export const register = (
  sent: Json,
  by: Process = opened.one,
  organization: Organization = opened.organization,
): Promise<Registered> => registerEventType(by, { organization, definition: sent, actor: anne, recordedBy });

export const registerForAll = (sent: Json, by?: Process): Promise<Registered> =>
  register(sent, by, opened.service);

/** The data of the registration events in a log. */
export async function registeredEvents(of: Organization = opened.organization): Promise<unknown[]> {
  const events = await store.events(of.organizationId, 0, 0n, 1000);
  return events
    .filter((event) => event.type === "EVENT_TYPE_REGISTERED")
    .map((event) => {
      const slot = event.slots.data!;
      return "json" in slot ? JSON.parse(slot.json) : undefined;
    });
}

/** The version of `invoice.paid` that a process finds. */
export const find = (by: Process, version?: number): Promise<number | undefined> =>
  Promise.resolve(by.types.find(opened.organization.organizationId, "invoice.paid", version)).then(
    (known) => known?.type.version,
  );

/** The code of the refusal. */
export async function refused(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DaybookError);
  return (error as DaybookError).code;
}
