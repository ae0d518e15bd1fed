/** The clock rules, with movable clocks. */
import { readJson } from "daybook/internal";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Organization } from "../store/contract/organizations.ts";
import { anywhere } from "../store/testing/anywhere.ts";
import { anEvent, openTestServices, type TestServices } from "./testing/test-services.ts";

const second = 1_000_000n;
/** The difference of the database's clock, and of the process's, from the true time. */
let databaseOff = 0n;
let processOff = 0n;

let services: TestServices;
let acme: Organization;
beforeAll(async () => {
  services = await openTestServices({
    clock: () => BigInt(Date.now()) * 1000n + processOff,
    wrap: (store) => ({
      ...store,
      clock: async () => (await store.clock()) + databaseOff,
      write: (work, names) =>
        store.write((tx) => work({ ...tx, clock: async () => (await tx.clock()) + databaseOff }), names),
    }),
  });
  acme = await services.newOrganization("acme");
});
afterAll(() => services.close());

/** Both clocks move together. */
const setClocks = (off: bigint): void => {
  databaseOff = off;
  processOff = off;
};
const recordedAt = async (): Promise<bigint> =>
  (await services.store.heads([acme.organizationId]))[0]!.recordedAt!;

test("nothing is recorded while the two clocks differ by more than 10 seconds", async () => {
  for (const off of [11n * second, -11n * second]) {
    databaseOff = off;
    await expect(services.record(acme, anEvent())).rejects.toMatchObject({
      code: "clock-disagrees",
      status: 503,
    });
    await expect(services.newOrganization("late")).rejects.toMatchObject({ code: "clock-disagrees" });
  }
  databaseOff = 8n * second;
  await services.record(acme, anEvent());
  setClocks(0n);
  expect(await services.store.organization("late")).toBeUndefined();
});

test("recordedAt never falls: where the clock is a little behind, events get the time of the newest", async () => {
  setClocks(50n * second);
  await services.record(acme, anEvent());
  const newest = await recordedAt();
  setClocks(0n);
  await services.record(acme, anEvent());
  expect(await recordedAt()).toBe(newest);
});

test("more than 60 seconds behind its newest event a log takes nothing, until the clock is corrected", async () => {
  const other = await services.newOrganization("other");
  setClocks(3600n * second);
  const ahead = anEvent();
  const first = await services.record(acme, ahead);
  const newest = await recordedAt();
  setClocks(0n);
  await expect(services.record(acme, anEvent())).rejects.toMatchObject({ code: "clock-behind", status: 503 });
  await services.record(other, anEvent());
  // a repeat appends nothing, and still gets its receipt
  expect(await services.record(acme, ahead)).toEqual({ receipts: first.receipts, recorded: 0 });

  const { organizationId } = acme;
  const client = { organizationId, id: "client_x", name: "X", expiresOn: "9999-01-01" };
  await services.store.write(async (tx) => {
    await tx.insertApiClient({
      ...client,
      scopes: ["events:write"],
      createdBy: { type: "user", id: "u" },
      creatorId: null,
    });
    // its expiry was recorded while the clock was ahead
    await tx.setExpiryWarned(organizationId, client.id, 0);
  }, anywhere);
  const corrected = await services.log.recoverClock("The clock was an hour ahead");
  expect(await services.store.apiClient(organizationId, client.id)).toMatchObject({ expiryWarned: null });
  expect(corrected).toMatchObject([{ organization: { slug: "acme" }, from: newest }]);
  const [head] = await services.store.heads([acme.organizationId]);
  const [event] = await services.store.events(acme.organizationId, 0, head!.size - 1n, 1);
  expect(event!.type).toBe("LOG_CLOCK_CORRECTED");
  expect(event!.recordedAt < newest - 3590n * second).toBe(true);
  const data = event!.slots.data as { json: string };
  expect(readJson(data.json)).toEqual({
    previousRecordedAt: (first.receipts[0] as { recordedAt: string }).recordedAt,
  });

  await services.record(acme, anEvent());
  expect(await services.log.recoverClock()).toEqual([]);
  expect(await services.findings()).toEqual([]);
});

test("two processes that correct the same clock at once correct it once", async () => {
  setClocks(3600n * second);
  await services.record(acme, anEvent());
  setClocks(0n);
  const both = await Promise.all([services.log.recoverClock(), services.log.recoverClock()]);
  expect(both.flat().length).toBe(1);
  expect(await services.findings()).toEqual([]);
});
