/** API clients over a real log and database, with a clock that tests move by hand, and a store that can fail. */
import { vi } from "vitest";
import type { Authenticator } from "../../access/index.ts";
import { type Denials, openDenials } from "../../denials/index.ts";
import type { ChangeRequest } from "../../log/index.ts";
import { type Fault, failing } from "../../log/testing/failing.ts";
import { openTestServices, type TestServices } from "../../log/testing/test-services.ts";
import type { Store } from "../../store/store.ts";
import type { IssuedApiClient } from "../add.ts";
import { type ApiClients, openApiClients } from "../api-clients.ts";
import type { ClientOrganization } from "../organization.ts";

/** A time on 25 November 2026. */
export const noon = 1_795_608_000_000_000n;
export const minute = 60_000_000n;
export const day = 1440n * minute;

/** The initiator in these tests. */
export const changeRequest: ChangeRequest = {
  initiator: {
    actor: { type: "user", id: "u_17", name: "Anne Wilson" },
    recordedBy: { type: "operator", id: "operator" },
  },
};

/** The content of an event about an API client. */
interface ExpectedEvent {
  readonly type: string;
  readonly data: Record<string, unknown>;
  readonly changes?: unknown;
  readonly reason?: unknown;
  readonly targets: unknown;
}

export interface OpenedApiClients extends TestServices {
  readonly clients: ApiClients;
  readonly denials: Denials;
  readonly authenticate: Authenticator;
  /** Failures outside requests. */
  readonly failures: unknown[];
  /** The time of the services' clock. */
  now(): bigint;
  move(micros: bigint): void;
  set(to: bigint): void;
  fail(fault: Fault | undefined): void;
  /** Whether the services trust the clock; at first, they do. */
  trust(isTimely: boolean): void;
  organization(): Promise<ClientOrganization>;
  /** A client that expires in that number of days. */
  add(organization: ClientOrganization, more?: object): Promise<IssuedApiClient & { readonly token: string }>;
  /** The events of an organization about its clients, oldest first. */
  recorded(organization: ClientOrganization): Promise<ExpectedEvent[]>;
}

let made = 0;

/** Opens the services over a new database, or over the given one. Scheduled jobs run only when a test calls them. */
export async function openClients(url?: string): Promise<OpenedApiClients> {
  vi.useFakeTimers({ toFake: ["setInterval"] });
  let now = noon;
  let fault: Fault | undefined;
  let isTimely = true;
  const failures: unknown[] = [];
  const failed = (error: unknown): void => void failures.push(error);
  const dependencies = await openTestServices({
    wrap: (store: Store) => failing(store, () => fault),
    ...(url === undefined ? {} : { url }),
  });
  const { store, log } = dependencies;
  const clock = (): bigint => now;
  const denials = openDenials({ store, log, clock, failed });
  const clients = openApiClients({ store, log, denials, clock, failed, isTimely: async () => isTimely });
  return {
    ...dependencies,
    clients,
    denials,
    failures,
    authenticate: clients.authenticate,
    now: clock,
    move: (micros) => {
      now += micros;
    },
    set: (to) => {
      now = to;
    },
    fail: (next) => {
      fault = next;
    },
    trust: (next) => {
      isTimely = next;
    },
    organization: async () => visible(await dependencies.newOrganization(`acme-${++made}`)),
    add: async (organization, more = {}) => {
      const wanted = { name: `Client ${++made}`, expiresOn: "2027-05-31", scopes: ["events:write"] };
      const issued = await clients.add({
        organization,
        creatorId: null,
        ...wanted,
        ...changeRequest,
        ...more,
      });
      return { ...issued, token: issued.token as string };
    },
    recorded: (organization) => recorded(store, organization),
    close: async () => {
      await clients.close();
      await denials.close();
      await dependencies.close();
    },
  };
}

const visible = (organization: Awaited<ReturnType<TestServices["newOrganization"]>>): ClientOrganization => ({
  ...organization,
  view: { rowScope: organization.organizationId },
});

async function recorded(store: Store, { organizationId }: ClientOrganization): Promise<ExpectedEvent[]> {
  const events = await store.events(organizationId, 0, 0n, 1000);
  return events
    .filter(({ type }) => type.startsWith("API_CLIENT_"))
    .map(({ type, slots }) => {
      const all = Object.entries(slots).map(([name, slot]) => [
        name,
        JSON.parse((slot as { json: string }).json),
      ]);
      return { type, ...Object.fromEntries(all) };
    });
}
