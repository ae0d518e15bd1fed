/** The clock rules, with clocks that are set. */
import { readJson } from "daybook/event";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Organization } from "../store/store.ts";
import { anEvent, openRooms, type Rooms } from "./testing/rooms.ts";

const second = 1_000_000n;
/** How far the database's clock, and the process's, are from the true time. */
let databaseOff = 0n;
let processOff = 0n;

let rooms: Rooms;
let acme: Organization;
beforeAll(async () => {
  rooms = await openRooms({
    clock: () => BigInt(Date.now()) * 1000n + processOff,
    wrap: (store) => ({
      ...store,
      clock: async () => (await store.clock()) + databaseOff,
      write: (work, lane) =>
        store.write((tx) => work({ ...tx, clock: async () => (await tx.clock()) + databaseOff }), lane),
    }),
  });
  acme = await rooms.newOrganization("acme");
});
afterAll(() => rooms.close());

/** Both clocks go together. */
const setClocks = (off: bigint): void => {
  databaseOff = off;
  processOff = off;
};
const recordedAt = async (): Promise<bigint> =>
  (await rooms.store.heads([acme.organizationId]))[0]!.recordedAt!;

test("nothing is recorded while the two clocks differ by more than 10 seconds", async () => {
  for (const off of [11n * second, -11n * second]) {
    databaseOff = off;
    await expect(rooms.record(acme, anEvent())).rejects.toMatchObject({
      code: "clock-disagrees",
      status: 503,
    });
    await expect(rooms.newOrganization("late")).rejects.toMatchObject({ code: "clock-disagrees" });
  }
  databaseOff = 8n * second;
  await rooms.record(acme, anEvent());
  setClocks(0n);
  expect(await rooms.store.organization("late")).toBeUndefined();
});

test("recordedAt never falls: where the clock is a little behind, events get the time of the newest", async () => {
  setClocks(50n * second);
  await rooms.record(acme, anEvent());
  const newest = await recordedAt();
  setClocks(0n);
  await rooms.record(acme, anEvent());
  expect(await recordedAt()).toBe(newest);
});

test("more than 60 seconds behind its newest event a log takes nothing, until the clock is corrected", async () => {
  const other = await rooms.newOrganization("other");
  setClocks(3600n * second);
  const ahead = anEvent();
  const first = await rooms.record(acme, ahead);
  const newest = await recordedAt();
  setClocks(0n);
  await expect(rooms.record(acme, anEvent())).rejects.toMatchObject({ code: "clock-behind", status: 503 });
  await rooms.record(other, anEvent());
  // a repeat appends nothing, and is answered
  expect(await rooms.record(acme, ahead)).toEqual({ receipts: first.receipts, recorded: 0 });

  const corrected = await rooms.log.recoverClock("The clock was an hour ahead");
  expect(corrected).toMatchObject([{ organization: { slug: "acme" }, from: newest }]);
  const [head] = await rooms.store.heads([acme.organizationId]);
  const [event] = await rooms.store.events(acme.organizationId, 0, head!.size - 1n, 1);
  expect(event!.type).toBe("LOG_CLOCK_CORRECTED");
  expect(event!.recordedAt < newest - 3590n * second).toBe(true);
  const data = event!.slots.data as { json: string };
  expect(readJson(data.json)).toEqual({
    previousRecordedAt: (first.receipts[0] as { recordedAt: string }).recordedAt,
  });

  await rooms.record(acme, anEvent());
  expect(await rooms.log.recoverClock()).toEqual([]);
  expect(await rooms.findings()).toEqual([]);
});

test("two processes that correct the same clock at once correct it once", async () => {
  setClocks(3600n * second);
  await rooms.record(acme, anEvent());
  setClocks(0n);
  const both = await Promise.all([rooms.log.recoverClock(), rooms.log.recoverClock()]);
  expect(both.flat().length).toBe(1);
  expect(await rooms.findings()).toEqual([]);
});
