/** Refusals: how many become how many events, with the clock moved by hand, over a real database that may fail. */
import type { EventInput } from "daybook/event";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type Fault, failing } from "../log/testing/failing.ts";
import { openRooms, type Rooms } from "../log/testing/rooms.ts";
import { type Organization, type Store, StoreError } from "../store/store.ts";
import { openRefusals, type Refusals } from "./refusals.ts";

const minute = 60_000_000n;
let now = 0n;
let fault: Fault | undefined;
let rooms: Rooms;
let other: Rooms;
let organization: Organization;
let made = 0;

beforeAll(async () => {
  // rounds come when these tests ask for them
  vi.useFakeTimers({ toFake: ["setInterval"] });
  rooms = await openRooms({ wrap: (store: Store) => failing(store, () => fault) });
  other = await openRooms({ url: rooms.url });
});
afterAll(async () => {
  await other.close();
  await rooms.close();
  vi.useRealTimers();
});
beforeEach(async () => {
  now = BigInt(Date.now()) * 1000n;
  fault = undefined;
  organization = await rooms.newOrganization(`acme-${++made}`);
});

const refusalsOf = ({ store, log }: Rooms): Refusals => openRefusals({ store, log, clock: () => now });

const event = (why = "The client is revoked"): EventInput => ({
  type: "API_CLIENT_REFUSED",
  actor: { type: "anonymous", id: "anonymous" },
  targets: [{ type: "api_client", id: "client_1", name: "Sandbox" }],
  data: { clientId: "client_1", name: "Sandbox", why },
});

const note = (refusals: Refusals, times = 1, subject = "client_1"): void => {
  for (let n = 0; n < times; n++)
    refusals.note({ organizationId: organization.organizationId, subject, event: event() });
};

/** The counts of the events in an organization's log, the oldest first. */
async function counts({ organizationId } = organization): Promise<unknown[]> {
  const events = await rooms.store.events(organizationId, 0, 0n, 100);
  return events
    .filter(({ type }) => type === "API_CLIENT_REFUSED")
    .map(({ outcome, slots }) => {
      expect(outcome).toBe("denied");
      expect(JSON.parse((slots.recordedBy as { json: string }).json)).toEqual({
        type: "server",
        id: "daybook",
      });
      return JSON.parse((slots.data as { json: string }).json).count;
    });
}

test("1,000 refusals in an hour are one event with count 1, and an hour later one with 999", async () => {
  const refusals = refusalsOf(rooms);
  note(refusals);
  await refusals.flush();
  expect(await counts()).toEqual([1]);
  for (let n = 0; n < 9; n++) {
    note(refusals, 111);
    now += 6n * minute;
    await refusals.flush();
    await refusals.due();
  }
  expect(await counts()).toEqual([1]);
  now += 6n * minute - 1n;
  await refusals.due();
  expect(await counts()).toEqual([1]);
  now += 1n;
  await refusals.due();
  expect(await counts()).toEqual([1, 999]);
  await refusals.due();
  now += 600n * minute;
  await refusals.due();
  expect(await counts()).toEqual([1, 999]);
  await refusals.close();
});

test("what comes after the hour takes along what waited", async () => {
  const refusals = refusalsOf(rooms);
  note(refusals, 3);
  await refusals.flush();
  note(refusals, 4);
  await refusals.flush();
  now += 60n * minute;
  note(refusals, 5);
  await refusals.flush();
  expect(await counts()).toEqual([3, 9]);
  note(refusals);
  await refusals.flush();
  expect(await counts()).toEqual([3, 9]);
  await refusals.close();
});

test("subjects are counted apart, and so are logs", async () => {
  const refusals = refusalsOf(rooms);
  const second = await rooms.newOrganization(`acme-${++made}`);
  note(refusals, 2);
  note(refusals, 3, "client_2");
  const organizationIds = [organization, second].map(({ organizationId }) => organizationId);
  refusals.note({ organizationIds, subject: "anne", event: event() });
  await refusals.flush();
  expect(await counts()).toEqual([2, 3, 1]);
  expect(await counts(second)).toEqual([1]);
  await refusals.close();
});

test("two processes at once record one event, and count all", async () => {
  const both = [refusalsOf(rooms), refusalsOf(other)];
  for (let round = 0; round < 10; round++) {
    for (const each of both) note(each, 5);
    await Promise.all(both.map((each) => each.flush()));
  }
  now += 60n * minute;
  await Promise.all(both.map((each) => each.due()));
  const found = await counts();
  expect(found).toHaveLength(2);
  expect(found).toEqual([5, 95]);
  await Promise.all(both.map((each) => each.close()));
});

test("a closed organization's log still says who was refused", async () => {
  const refusals = refusalsOf(rooms);
  await rooms.log.change(async (tx) => {
    await tx.rows.closeOrganization(organization.organizationId);
    tx.closeLog(organization);
    const { id, slug, name } = organization;
    const actor = { type: "system", id: "daybook" } as const;
    const data = { organizationId: id, slug, name };
    const targets = [{ type: "organization", id, name }];
    const closed: EventInput = { type: "ORGANIZATION_CLOSED", actor, targets, data };
    await tx.record(organization, closed, { type: "server", id: "daybook" });
  });
  note(refusals);
  await refusals.close();
  expect(await counts()).toEqual([1]);
});

describe("while the database is away", () => {
  const away = (step: Fault["step"]): Fault => ({
    step,
    done: false,
    times: 1000,
    error: () => new StoreError("unavailable", "away"),
  });

  test.each(["refusalForUpdate", "putRefusal", "appendEvents", "commit"] as const)(
    "at %s, counts are kept, and nothing is told twice",
    async (step) => {
      const told: unknown[] = [];
      const { store, log } = rooms;
      const refusals = openRefusals({ store, log, clock: () => now, failed: (error) => told.push(error) });
      fault = away(step);
      note(refusals, 2);
      note(refusals, 3, "client_2");
      await refusals.flush();
      note(refusals, 5);
      await refusals.flush();
      expect(await counts()).toEqual([]);
      expect(told).toHaveLength(2);
      fault = undefined;
      await refusals.flush();
      expect(await counts()).toEqual([7, 3]);
      await refusals.close();
    },
  );

  test("a commit that was done but reported failed is told once", async () => {
    const refusals = refusalsOf(rooms);
    fault = { step: "commit", done: true, times: 1, error: () => new StoreError("unknown", "cut") };
    note(refusals, 2);
    await refusals.flush();
    await refusals.flush();
    expect(await counts()).toEqual([2]);
    await refusals.close();
  });

  test("closing does not fail, and does not wait for it to come back", async () => {
    const refusals = refusalsOf(rooms);
    fault = away("refusalForUpdate");
    note(refusals);
    await refusals.close();
    expect(await counts()).toEqual([]);
  });

  test("subjects beyond 10,000 are passed over, and that is counted", async () => {
    const refusals = refusalsOf(rooms);
    fault = away("refusalForUpdate");
    for (let n = 0; n < 10_005; n++) note(refusals, 1, `client_${n}`);
    note(refusals, 7, "client_3");
    expect(refusals.passedOver()).toBe(5);
    await refusals.close();
  });
});

test("an event that no log takes is dropped and told, and holds up no other", async () => {
  const told: unknown[] = [];
  const { store, log } = rooms;
  const refusals = openRefusals({ store, log, clock: () => now, failed: (error) => told.push(error) });
  const { organizationId } = organization;
  const bad = { ...event(), type: "NO_SUCH_TYPE" };
  refusals.note({ organizationId, subject: "bad", event: bad });
  note(refusals);
  await refusals.flush();
  await refusals.flush();
  expect(await counts()).toEqual([1]);
  expect(told).toMatchObject([{ code: "event-type-unknown" }]);
  // one that waits, too
  note(refusals, 1, "worse");
  await refusals.flush();
  refusals.note({ organizationId, subject: "worse", event: bad });
  note(refusals, 2);
  await refusals.flush();
  now += 60n * minute;
  await refusals.due();
  await refusals.due();
  expect(await counts()).toEqual([1, 1, 2]);
  expect(told).toMatchObject([{ code: "event-type-unknown" }, { code: "event-type-unknown" }]);
  await refusals.close();
});
