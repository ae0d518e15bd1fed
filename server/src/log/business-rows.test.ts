/** No change without its event: a transaction that changes rows must record something. */
import { beforeAll, describe, expect, test } from "vitest";
import type { Organization } from "../store/contract/organizations.ts";
import { anywhere } from "../store/testing/anywhere.ts";
import { changingRows, otherRows } from "./business-rows.ts";
import { byServer } from "./change.ts";
import { anEvent, client, openTestServices, type TestServices } from "./testing/test-services.ts";

let services: TestServices;
let acme: Organization;
beforeAll(async () => {
  services = await openTestServices();
  acme = await services.newOrganization("acme");
  return () => services.close();
});

const nameOf = async (): Promise<string | undefined> => (await services.store.organization("acme"))?.name;
const event = { type: "ORGANIZATION_CHANGE", actor: { type: "system", id: "daybook" } } as const;
const targets = (): { targets: { type: string; id: string }[]; changes: { path: string; to: string }[] } => ({
  targets: [{ type: "organization", id: acme.id }],
  changes: [{ path: "/name", to: "Named" }],
});

test("a change of rows that records nothing is refused, and nothing of it stays", async () => {
  const planted = services.log.change(
    (tx) => tx.rows.updateOrganization(acme.organizationId, { name: "Planted" }),
    anywhere,
  );
  await expect(planted).rejects.toThrow("A change without its event: updateOrganization.");
  expect(await nameOf()).toBe("acme");
});

test("with its event it commits", async () => {
  await services.log.change(async (tx) => {
    await tx.rows.updateOrganization(acme.organizationId, { name: "Named" });
    await tx.record(acme, { ...event, ...targets() }, byServer);
  }, anywhere);
  expect(await nameOf()).toBe("Named");
});

/** The recorders in the newest events of acme, oldest first. */
const recorders = async (count: number): Promise<unknown[]> => {
  const { size } = (await services.store.heads([acme.organizationId]))[0]!;
  const events = await services.store.events(acme.organizationId, 0, size - BigInt(count), count);
  return events.map(({ slots }) => JSON.parse((slots.recordedBy as { json: string }).json));
};

test("an event is Daybook's own exactly where rows changed in its transaction, whichever came first", async () => {
  const recorded = { ...event, ...targets() };
  await services.log.change(async (tx) => {
    await tx.record(acme, recorded, byServer);
    await tx.rows.updateOrganization(acme.organizationId, { name: "Own" });
    await tx.record(acme, recorded, client);
  }, anywhere);
  await services.log.change((tx) => tx.record(acme, recorded, byServer), anywhere);
  await services.log.change(async (tx) => {
    await tx.rows.deleteSessions({ userId: 1 });
    await tx.record(acme, recorded, byServer);
  }, anywhere);
  await services.record(acme, anEvent());
  expect(await recorders(5)).toEqual([
    { ...byServer, own: true },
    { ...client, own: true },
    byServer,
    byServer,
    client,
  ]);
});

test("the event that opens a log is Daybook's own", async () => {
  const [opened] = await services.store.events(acme.organizationId, 0, 0n, 1);
  expect(opened!.type).toBe("LOG_OPENED");
  expect((opened!.slots.recordedBy as { json: string }).json).toBe(
    '{"id":"daybook","own":true,"type":"server"}',
  );
});

test("no producer says that an event is Daybook's own", async () => {
  const posed = { ...anEvent(), recordedBy: { ...byServer, own: true } };
  await expect(services.record(acme, posed)).rejects.toMatchObject({ code: "event-invalid" });
  await expect(services.record(acme, { ...anEvent(), own: true })).rejects.toMatchObject({
    code: "event-invalid",
  });
});

test("looking, locking and keeping books need no event", async () => {
  await services.log.change(async (tx) => {
    await tx.rows.organizationForUpdate(acme.organizationId);
    await tx.rows.claimIdempotencyKey(acme.organizationId, "key", new Uint8Array(32));
    await tx.rows.countOwners(acme.organizationId);
  }, anywhere);
});

test("taking what is not there changes nothing, and needs no event", async () => {
  await services.log.change(async (tx) => {
    expect(await tx.rows.deleteSessions({ userId: 1 })).toEqual([]);
    expect(await tx.rows.takeCode(new Uint8Array(32))).toBeUndefined();
    expect(await tx.rows.deleteTeamMember(acme.organizationId, "team_1", 1)).toBe(false);
  }, anywhere);
});

describe("the table of methods", () => {
  const named = /^(insert|update|set|delete|close|rename|revoke|take|touch|end|finish|reset)/;

  test("counts nothing as a change that isn't named after one", () => {
    expect(changingRows.filter((name) => !named.test(name))).toEqual([]);
    expect(changingRows.length).toBeGreaterThan(30);
  });

  test("counts what is named after a change as one, but for half sign-ins, steps of codes and the name of a key", () => {
    expect(otherRows.filter((name) => named.test(name))).toEqual([
      "setSecretsKeyId",
      "takeStep",
      "insertHalfSession",
      "deleteHalfSession",
      "deleteHalfSessions",
    ]);
  });
});
