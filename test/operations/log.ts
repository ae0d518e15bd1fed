/** Operations on the log itself: recording, custom types, downloads, and viewer sessions. */
import { formatTime, newEventId } from "daybook/internal";
import { type ExportFormat, exportFormats } from "../../server/src/export/index.ts";
import { finishCheck } from "../../server/src/integrity/index.ts";
import { type ChangeTransaction, catalogueTypes, openLog } from "../../server/src/log/index.ts";
import { setToken } from "../../server/src/operator-token/index.ts";
import type { Organization } from "../../server/src/store/contract/organizations.ts";
import type { Store } from "../../server/src/store/store.ts";
import { anywhere } from "../../server/src/store/testing/anywhere.ts";
import { ask, client, newName, organization, person, team } from "./fixture.ts";
import { type Operation, theServer } from "./operation.ts";

const route = ({ name }: Pick<ExportFormat, "name">): string =>
  `GET /v1/organizations/:org/audit-log.${name}`;

const recording: readonly Operation[] = [
  {
    name: "Record events",
    how: "POST /v1/organizations/:org/events",
    records: { organization: ["NEW_TEAM", "invoice.paid"] },
    answers: 201,
    again: "nothing",
    prepare: async (fixture) => {
      const org = await organization(fixture);
      await ask(fixture, "POST", `${org.at}/event-types`, { ...aType, data: null });
      const one = await client(fixture, org);
      const actor = { type: "user", id: "u_17", name: "Anne Wilson" };
      const events = [
        {
          id: newEventId(),
          type: "NEW_TEAM",
          actor,
          targets: [{ type: "team", id: "t_1" }],
          data: { teamId: "t_1", team: "T" },
        },
        { id: newEventId(), type: "invoice.paid", actor },
      ];
      return {
        perform: async ({ server }) =>
          (await server.call("POST", `${org.at}/events`, { events }, one.bearer)).status,
        logs: { organization: org.slug },
        by: { actor: actor as object, recordedBy: one.recordedBy },
        pins: { organization: events },
      };
    },
  },
  {
    name: "Register a custom event type",
    how: "POST /v1/organizations/:org/event-types",
    records: { organization: ["EVENT_TYPE_REGISTERED"] },
    answers: 201,
    again: "nothing",
    prepare: async (fixture) => {
      const { at, slug } = await organization(fixture);
      const body = { ...aType, data: null };
      return {
        perform: async ({ server }) => (await server.call("POST", `${at}/event-types`, body)).status,
        logs: { organization: slug },
        pins: { organization: [{ data: { name: aType.name, version: 1, title: aType.title } }] },
      };
    },
  },
  {
    name: "Register an event type for the whole service",
    how: "POST /v1/organizations/:org/event-types",
    records: { daybook: ["EVENT_TYPE_REGISTERED"] },
    answers: 201,
    again: "nothing",
    prepare: async () => {
      const body = { ...aType, name: newName("service.restarted"), data: null };
      return {
        perform: async ({ server }) =>
          (await server.call("POST", "/v1/organizations/daybook/event-types", body)).status,
        pins: { daybook: [{ data: { name: body.name, version: 1, scope: "SERVICE" } }] },
      };
    },
  },
  {
    name: "Complete the scheduled check of all logs and rows",
    how: "clock: a check of everything is due",
    records: { daybook: ["INTEGRITY_CHECKED"] },
    answers: 0,
    again: "nothing",
    prepare: async ({ server }) => {
      const claimed = await server.services.store.claimCheck({ every: 0n, claim: 0n });
      const counts = { organizations: 3, events: 4711, findings: 0 };
      return {
        perform: async (on) => {
          await finishCheck(on.server.services.log, claimed!, counts);
          return 0;
        },
        by: theServer,
        pins: { daybook: [{ data: { ...counts, startedAt: formatTime(claimed!.startedAt) } }] },
      };
    },
  },
  {
    name: "Correct the clock of a log",
    how: "cli: recover --clock",
    records: { organization: ["LOG_CLOCK_CORRECTED"] },
    answers: 0,
    again: "nothing",
    prepare: async (fixture) => {
      const org = await organization(fixture);
      const { id: clientId, name, expiresOn } = await client(fixture, org);
      const targets = [{ type: "api_client", id: clientId, name }];
      const data = { clientId, name, expiresOn, scopes: ["events:write"] };
      const event = { type: "API_CLIENT_EXPIRED", actor: { type: "system", id: "daybook" } } as const;
      await changeAhead(
        fixture.server.services.store,
        async (tx, { organizationId }) => {
          await tx.rows.setExpiryWarned(organizationId, clientId, 0);
          await tx.record({ organizationId }, { ...event, targets, data }, byServer);
        },
        org.slug,
      );
      return {
        perform: async ({ server }) => {
          await server.services.log.recoverClock("NTP was off");
          return 0;
        },
        logs: { organization: org.slug },
        by: theServer,
        pins: { organization: [{ reason: "NTP was off" }] },
      };
    },
  },
  {
    name: "Correct the clock of the deployment's log",
    how: "cli: recover --clock",
    records: { daybook: ["LOG_CLOCK_CORRECTED"] },
    answers: 0,
    again: "nothing",
    prepare: async ({ server, plant }) => {
      const { store } = server.services;
      const { operatorTokenHash } = (await store.deployment())!;
      const initiator = { actor: { type: "system", id: "daybook" }, recordedBy: byServer } as const;
      await changeAhead(store, (tx) => setToken(tx, { operatorTokenHash, initiator }), "daybook");
      // the row has the same time as the event
      await plant(
        "UPDATE deployment SET operator_token_since = operator_token_since + interval '1 hour'",
        [],
      );
      return {
        perform: async (on) => {
          await on.server.services.log.recoverClock();
          return 0;
        },
        by: theServer,
      };
    },
  },
];

const aType = { name: "invoice.paid", title: "Invoice paid", sentence: "{actor} paid" };

const byServer = { type: "server", id: "daybook" } as const;

/** Changes something while both clocks are ahead by an hour; rows that get a time have the true one. */
async function changeAhead(
  store: Store,
  work: (tx: ChangeTransaction, organization: Organization) => Promise<unknown>,
  slug: string,
): Promise<void> {
  const hour = 3_600_000_000n;
  const ahead = openLog({
    types: catalogueTypes,
    clock: () => BigInt(Date.now()) * 1000n + hour,
    store: {
      ...store,
      write: (inside, names) =>
        store.write((tx) => {
          const clock = async (): Promise<bigint> => (await tx.clock()) + hour;
          return inside({ ...tx, clock, changedAt: async () => (await tx.changedAt()) + hour });
        }, names),
    },
  });
  const organization = (await store.organization(slug))!;
  await ahead.change((tx) => work(tx, organization), anywhere);
  await ahead.close();
}

/** The two operations of a format. */
const downloading = (format: ExportFormat): readonly Operation[] => [
  {
    name: `Download the log as ${format.title}`,
    how: route(format),
    records: { organization: ["AUDIT_LOG_DOWNLOADED"] },
    answers: 200,
    again: "another act",
    prepare: async (fixture) => {
      const { at, slug } = await organization(fixture);
      const auditor = await person(fixture, { organization: slug, role: "AUDITOR" });
      const path = `${at}/audit-log.${format.name}?type=LOG_OPENED`;
      return {
        perform: async ({ server }) => (await server.call("GET", path, undefined, auditor.cookie)).status,
        logs: { organization: slug },
        by: auditor,
        pins: { organization: [{ data: { format: format.name, filter: { types: ["LOG_OPENED"] } } }] },
      };
    },
  },
  {
    name: `Try to download the log as ${format.title} without permission`,
    how: route(format),
    records: { organization: ["AUDIT_LOG_DOWNLOAD_REFUSED"] },
    answers: 403,
    again: "nothing",
    later: true,
    prepare: async (fixture) => {
      const { at, slug } = await organization(fixture);
      const designer = await person(fixture, { organization: slug, role: "DESIGNER" });
      const path = `${at}/audit-log.${format.name}`;
      return {
        perform: async ({ server }) => {
          const { status } = await server.call("GET", path, undefined, designer.cookie);
          await server.services.denials.flush();
          return status;
        },
        logs: { organization: slug },
        by: { actor: designer.actor, recordedBy: theServer.recordedBy },
        pins: { organization: [{ outcome: "denied", data: { format: format.name, count: 1 } }] },
      };
    },
  },
];

const looking: readonly Operation[] = [
  ...exportFormats.flatMap(downloading),
  {
    name: "Open a viewer session as an API client",
    how: "POST /v1/viewer-sessions",
    records: { organization: ["VIEWER_SESSION_OPENED"] },
    answers: 201,
    again: "another act",
    prepare: async (fixture) => {
      const org = await organization(fixture);
      const one = await client(fixture, org, ["events:read"]);
      const onlyTarget = { type: "team", id: (await team(fixture, org)).id };
      const viewer = { id: newName("viewer"), name: "Bob" };
      const body = { organization: org.slug, role: "CONSUMER", viewer, onlyTarget };
      return {
        perform: async ({ server }) =>
          (await server.call("POST", "/v1/viewer-sessions", body, one.bearer)).status,
        logs: { organization: org.slug },
        by: one,
        pins: { organization: [{ data: { userId: viewer.id, role: "CONSUMER", onlyTarget } }] },
      };
    },
  },
  {
    name: "End a viewer session as an owner",
    how: "DELETE /v1/organizations/:org/viewer-sessions/:session",
    records: { organization: ["VIEWER_SESSION_ENDED"] },
    answers: 204,
    again: "nothing",
    prepare: async (fixture) => {
      const org = await organization(fixture);
      const owner = await person(fixture, { organization: org.slug });
      const one = await client(fixture, org, ["events:read"]);
      const viewer = { id: newName("viewer"), name: "Bob" };
      const body = { organization: org.slug, role: "CONSUMER", viewer };
      const { id } = (await ask(fixture, "POST", "/v1/viewer-sessions", body, one.bearer)).body;
      const openedBy = { type: "api_client", id: one.id };
      return {
        perform: async ({ server }) =>
          (await server.call("DELETE", `${org.at}/viewer-sessions/${id}`, undefined, owner.cookie)).status,
        logs: { organization: org.slug },
        by: owner,
        pins: { organization: [{ data: { viewerSessionId: id, openedBy, userId: viewer.id } }] },
      };
    },
  },
];

export const ofTheLog: readonly Operation[] = [...recording, ...looking];
