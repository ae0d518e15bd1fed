/** Operations on API clients, by people and by the clock; and requests with tokens that no longer work. */
import { ask, client, inDays, newName, type OperationsFixture, organization, person } from "./fixture.ts";
import { aStranger, type On, type Operation, type Prepared, theServer } from "./operation.ts";

const route = "/v1/organizations/:org/api-clients";

interface Changing {
  readonly method: "POST" | "PATCH" | "DELETE";
  /** After the client's address. */
  readonly path?: string;
  readonly body?: unknown;
  readonly pin?: object;
}

/** A change of a client by an owner. */
async function changing(
  fixture: OperationsFixture,
  { method, path = "", body, pin = {} }: Changing,
): Promise<Prepared> {
  const org = await organization(fixture);
  const owner = await person(fixture, { organization: org.slug });
  const one = await client(fixture, org);
  return {
    perform: async ({ server }) => (await server.call(method, one.at + path, body, owner.cookie)).status,
    logs: { organization: org.slug },
    by: owner,
    pins: {
      organization: [
        {
          targets: [{ type: "api_client", id: one.id }],
          data: { clientId: one.id, name: one.name, expiresOn: one.expiresOn },
          ...pin,
        },
      ],
    },
  };
}

/** A client whose end is so many days away, behind its back. */
async function ending(fixture: OperationsFixture, days: number, pin: object): Promise<Ending> {
  const org = await organization(fixture);
  const one = await client(fixture, org);
  await fixture.plant("UPDATE api_client SET expires_on = $2 WHERE id = $1", [one.id, inDays(days)]);
  return {
    perform: async ({ server }) => {
      await server.services.apiClients.due();
      return 0;
    },
    logs: { organization: org.slug },
    by: theServer,
    pins: { organization: [{ data: { clientId: one.id, name: one.name, ...pin } }] },
    bearer: one.bearer,
    clientId: one.id,
  };
}
type Bearer = { readonly authorization: string };
interface Ending extends Prepared {
  readonly bearer: Bearer;
  readonly clientId: string;
}

/** Resolves when the log has the client's expiry, because a request with its token doesn't wait for that. */
async function untilEnded({ server }: OperationsFixture, org: string, clientId: string): Promise<void> {
  const path = `/v1/organizations/${org}/events?type=API_CLIENT_EXPIRED&target=api_client:${clientId}`;
  for (let tries = 0; tries < 80; tries++) {
    const { body } = await server.call("GET", path);
    if (body.events.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`Nothing tells that ${clientId} expired.`);
}

/** A request with a token that no longer works, and its event a moment later. */
async function refused({ server }: On, path: string, bearer: Bearer): Promise<number> {
  const { status } = await server.call("GET", path, undefined, bearer);
  await server.services.denials.flush();
  return status;
}

const byPeople: readonly Operation[] = [
  {
    name: "Add an API client",
    how: `POST ${route}`,
    records: { organization: ["API_CLIENT_ADDED"] },
    answers: 201,
    again: "nothing",
    prepare: async (fixture) => {
      const { at, slug } = await organization(fixture);
      const owner = await person(fixture, { organization: slug });
      const data = { name: newName("Client"), expiresOn: inDays(40), scopes: ["events:read"] };
      const headers = { ...owner.cookie, "idempotency-key": data.name };
      return {
        perform: async ({ server }) => (await server.call("POST", `${at}/api-clients`, data, headers)).status,
        logs: { organization: slug },
        by: owner,
        pins: { organization: [{ data, targets: [{ type: "api_client", name: data.name }] }] },
      };
    },
  },
  {
    name: "Add an API client that expires soon",
    how: `POST ${route}`,
    records: { organization: ["API_CLIENT_ADDED"] },
    answers: 201,
    again: "nothing",
    prepare: async (fixture) => {
      const { at, slug } = await organization(fixture);
      const data = { name: newName("Client"), expiresOn: inDays(5), scopes: ["events:read"] };
      return {
        perform: async ({ server }) => (await server.call("POST", `${at}/api-clients`, data)).status,
        logs: { organization: slug },
        pins: { organization: [{ data }] },
      };
    },
  },
  {
    name: "Rename an API client",
    how: `PATCH ${route}/:client`,
    records: { organization: ["API_CLIENT_UPDATED"] },
    answers: 200,
    again: "nothing",
    prepare: (fixture) => {
      const name = newName("Renamed");
      const changes = [{ path: "/name", label: "Client name", to: name }];
      return changing(fixture, { method: "PATCH", body: { name }, pin: { changes, data: { name } } });
    },
  },
  {
    name: "Rotate an API client's token",
    how: `POST ${route}/:client/rotate`,
    records: { organization: ["API_CLIENT_TOKEN_ROTATED"] },
    answers: 200,
    again: "another act",
    prepare: (fixture) => changing(fixture, { method: "POST", path: "/rotate" }),
  },
  {
    name: "Rotate an API client's token, with an overlap",
    how: `POST ${route}/:client/rotate`,
    records: { organization: ["API_CLIENT_TOKEN_ROTATED"] },
    answers: 200,
    again: "another act",
    prepare: (fixture) =>
      changing(fixture, { method: "POST", path: "/rotate", body: { overlapMinutes: 30 } }),
  },
  {
    name: "Revoke an API client",
    how: `POST ${route}/:client/revoke`,
    records: { organization: ["API_CLIENT_REVOKED"] },
    answers: 200,
    again: "nothing",
    prepare: (fixture) => {
      const why = { reason: "Found in a repository" };
      return changing(fixture, { method: "POST", path: "/revoke", body: why, pin: why });
    },
  },
  {
    name: "Delete an API client",
    how: `DELETE ${route}/:client`,
    records: { organization: ["API_CLIENT_DELETED"] },
    answers: 204,
    again: "nothing",
    prepare: (fixture) =>
      changing(fixture, { method: "DELETE", path: "?reason=Ticket%2043", pin: { reason: "Ticket 43" } }),
  },
];

const byClock: readonly Operation[] = [
  {
    name: "Let an API client expire",
    how: "clock: an API client's day is over",
    records: { organization: ["API_CLIENT_EXPIRED"] },
    answers: 0,
    again: "nothing",
    prepare: (fixture) => ending(fixture, -1, { expiresOn: inDays(-1) }),
  },
  {
    name: "Warn that an API client expires within 30 days",
    how: "clock: an API client's end is near",
    records: { organization: ["API_CLIENT_EXPIRES_SOON"] },
    answers: 0,
    again: "nothing",
    prepare: (fixture) => ending(fixture, 20, { days: 30 }),
  },
  {
    name: "Warn that an API client expires within 7 days",
    how: "clock: an API client's end is near",
    records: { organization: ["API_CLIENT_EXPIRES_SOON"] },
    answers: 0,
    again: "nothing",
    prepare: (fixture) => ending(fixture, 3, { days: 7 }),
  },
];

const byStrangers: readonly Operation[] = [
  {
    name: "Send the token of a revoked client",
    how: "token: refused",
    records: { organization: ["API_CLIENT_REFUSED"] },
    answers: 401,
    again: "nothing",
    later: true,
    prepare: async (fixture) => {
      const org = await organization(fixture);
      const one = await client(fixture, org, ["events:read"]);
      await ask(fixture, "POST", `${one.at}/revoke`);
      const data = { clientId: one.id, name: one.name, why: "The client is revoked", count: 1 };
      return {
        perform: (on) => refused(on, `${org.at}/events`, one.bearer),
        logs: { organization: org.slug },
        by: aStranger,
        pins: { organization: [{ outcome: "denied", data }] },
      };
    },
  },
  {
    name: "Send the token of an expired client before its expiry is recorded",
    how: "token: expired",
    records: { organization: ["API_CLIENT_EXPIRED", "API_CLIENT_REFUSED"] },
    answers: 401,
    again: "nothing",
    several: "its end, which is told at once, and the refusal",
    later: true,
    prepare: async (fixture) => {
      const { bearer, logs, clientId } = await ending(fixture, -1, {});
      return {
        perform: async (on) => {
          const { status } = await on.server.call("GET", "/v1/organizations", undefined, bearer);
          await untilEnded(fixture, logs!.organization!, clientId);
          await on.server.services.denials.flush();
          return status;
        },
        logs: logs!,
        pins: { organization: [theServer, { ...aStranger, outcome: "denied", data: { count: 1 } }] },
      };
    },
  },
  {
    name: "Record denied attempts after their hour",
    how: "clock: the hour of refusals is over",
    records: { organization: ["API_CLIENT_REFUSED"] },
    answers: 0,
    again: "nothing",
    prepare: async (fixture) => {
      const org = await organization(fixture);
      const one = await client(fixture, org, ["events:read"]);
      await ask(fixture, "POST", `${one.at}/revoke`);
      const { server, plant } = fixture;
      // the first is recorded immediately, two wait
      for (let i = 0; i < 3; i++) await refused({ server, databaseUrl: "" }, `${org.at}/events`, one.bearer);
      const anHour = "UPDATE denial SET recorded_at = recorded_at - interval '1 hour' WHERE subject LIKE $1";
      await plant(anHour, [`%${one.id}%`]);
      return {
        perform: async ({ server }) => {
          await server.services.denials.due();
          return 0;
        },
        logs: { organization: org.slug },
        by: aStranger,
        pins: { organization: [{ outcome: "denied", data: { clientId: one.id, count: 2 } }] },
      };
    },
  },
];

export const apiClients: readonly Operation[] = [...byPeople, ...byClock, ...byStrangers];
