/** Denied attempts: how many become how many events, with a clock moved by hand, over a real database that can fail. */
import type { EventInput } from "daybook/internal";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type Fault, failing } from "../log/testing/failing.ts";
import { openTestServices, type TestServices } from "../log/testing/test-services.ts";
import { StoreError } from "../store/contract/errors.ts";
import type { Organization } from "../store/contract/organizations.ts";
import type { Store } from "../store/store.ts";
import { anywhere } from "../store/testing/anywhere.ts";
import { type Denials, openDenials } from "./denials.ts";

const minute = 60_000_000n;
let now = 0n;
let fault: Fault | undefined;
let services: TestServices;
let other: TestServices;
let organization: Organization;
let made = 0;

beforeAll(async () => {
  // scheduled jobs run only when these tests call them
  vi.useFakeTimers({ toFake: ["setInterval"] });
  services = await openTestServices({ wrap: (store: Store) => failing(store, () => fault) });
  other = await openTestServices({ url: services.url });
});
afterAll(async () => {
  await other.close();
  await services.close();
  vi.useRealTimers();
});
beforeEach(async () => {
  now = BigInt(Date.now()) * 1000n;
  fault = undefined;
  organization = await services.newOrganization(`acme-${++made}`);
});

const refusalsOf = ({ store, log }: TestServices): Denials => openDenials({ store, log, clock: () => now });

const event = (why = "The client is revoked"): EventInput => ({
  type: "API_CLIENT_REFUSED",
  actor: { type: "anonymous", id: "anonymous" },
  targets: [{ type: "api_client", id: "client_1", name: "Sandbox" }],
  data: { clientId: "client_1", name: "Sandbox", why },
});

const note = (denials: Denials, times = 1, subject = "client_1"): void => {
  for (let n = 0; n < times; n++)
    denials.note({ organizationId: organization.organizationId, subject, event: event() });
};

/** The counts in an organization's events, oldest first. */
async function counts({ organizationId } = organization): Promise<unknown[]> {
  const events = await services.store.events(organizationId, 0, 0n, 100);
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
  const denials = refusalsOf(services);
  note(denials);
  await denials.flush();
  expect(await counts()).toEqual([1]);
  for (let n = 0; n < 9; n++) {
    note(denials, 111);
    now += 6n * minute;
    await denials.flush();
    await denials.due();
  }
  expect(await counts()).toEqual([1]);
  now += 6n * minute - 1n;
  await denials.due();
  expect(await counts()).toEqual([1]);
  now += 1n;
  await denials.due();
  expect(await counts()).toEqual([1, 999]);
  await denials.due();
  now += 600n * minute;
  await denials.due();
  expect(await counts()).toEqual([1, 999]);
  await denials.close();
});

test("what comes after the hour takes along what waited", async () => {
  const denials = refusalsOf(services);
  note(denials, 3);
  await denials.flush();
  note(denials, 4);
  await denials.flush();
  now += 60n * minute;
  note(denials, 5);
  await denials.flush();
  expect(await counts()).toEqual([3, 9]);
  note(denials);
  await denials.flush();
  expect(await counts()).toEqual([3, 9]);
  await denials.close();
});

test("subjects are counted apart, and so are logs", async () => {
  const denials = refusalsOf(services);
  const second = await services.newOrganization(`acme-${++made}`);
  note(denials, 2);
  note(denials, 3, "client_2");
  const organizationIds = [organization, second].map(({ organizationId }) => organizationId);
  denials.note({ organizationIds, subject: "anne", event: event() });
  await denials.flush();
  expect(await counts()).toEqual([2, 3, 1]);
  expect(await counts(second)).toEqual([1]);
  await denials.close();
});

test("two processes at once record one event, and count all", async () => {
  const both = [refusalsOf(services), refusalsOf(other)];
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
  const denials = refusalsOf(services);
  await services.log.change(async (tx) => {
    await tx.rows.closeOrganization(organization.organizationId);
    tx.closeLog(organization);
    const { id, slug, name } = organization;
    const actor = { type: "system", id: "daybook" } as const;
    const data = { organizationId: id, slug, name };
    const targets = [{ type: "organization", id, name }];
    const closed: EventInput = { type: "ORGANIZATION_CLOSED", actor, targets, data };
    await tx.record(organization, closed, { type: "server", id: "daybook" });
  }, anywhere);
  note(denials);
  await denials.close();
  expect(await counts()).toEqual([1]);
});

describe("while the database is away", () => {
  const away = (step: Fault["step"]): Fault => ({
    step,
    done: false,
    times: 1000,
    error: () => new StoreError("unavailable", "away"),
  });

  test.each(["denialForUpdate", "putDenial", "appendEvents", "commit"] as const)(
    "at %s, counts are kept, and nothing is told twice",
    async (step) => {
      const failures: unknown[] = [];
      const { store, log } = services;
      const denials = openDenials({ store, log, clock: () => now, failed: (error) => failures.push(error) });
      fault = away(step);
      note(denials, 2);
      note(denials, 3, "client_2");
      await denials.flush();
      note(denials, 5);
      await denials.flush();
      expect(await counts()).toEqual([]);
      expect(failures).toHaveLength(2);
      fault = undefined;
      await denials.flush();
      expect(await counts()).toEqual([7, 3]);
      await denials.close();
    },
  );

  test("a commit that was done but reported failed is told once", async () => {
    const denials = refusalsOf(services);
    fault = { step: "commit", done: true, times: 1, error: () => new StoreError("unknown", "cut") };
    note(denials, 2);
    await denials.flush();
    await denials.flush();
    expect(await counts()).toEqual([2]);
    await denials.close();
  });

  test("closing does not fail, and does not wait for it to come back", async () => {
    const denials = refusalsOf(services);
    fault = away("denialForUpdate");
    note(denials);
    await denials.close();
    expect(await counts()).toEqual([]);
  });

  test("subjects beyond 10,000 are passed over, and that is counted", async () => {
    const denials = refusalsOf(services);
    fault = away("denialForUpdate");
    for (let n = 0; n < 10_005; n++) note(denials, 1, `client_${n}`);
    note(denials, 7, "client_3");
    expect(denials.passedOver()).toBe(5);
    await denials.close();
  });
});

test("an event that no log takes is dropped and told, and holds up no other", async () => {
  const failures: unknown[] = [];
  const { store, log } = services;
  const denials = openDenials({ store, log, clock: () => now, failed: (error) => failures.push(error) });
  const { organizationId } = organization;
  const bad = { ...event(), type: "NO_SUCH_TYPE" };
  denials.note({ organizationId, subject: "bad", event: bad });
  note(denials);
  await denials.flush();
  await denials.flush();
  expect(await counts()).toEqual([1]);
  expect(failures).toMatchObject([{ code: "event-type-unknown" }]);
  // one that waits, too
  note(denials, 1, "worse");
  await denials.flush();
  denials.note({ organizationId, subject: "worse", event: bad });
  note(denials, 2);
  await denials.flush();
  now += 60n * minute;
  await denials.due();
  await denials.due();
  expect(await counts()).toEqual([1, 1, 2]);
  expect(failures).toMatchObject([{ code: "event-type-unknown" }, { code: "event-type-unknown" }]);
  await denials.close();
});

test("an hour that a clock ahead began is over when the clock is right, also for attempts that wait", async () => {
  const denials = refusalsOf(services);
  now += 365n * 1440n * minute;
  note(denials);
  await denials.flush();
  note(denials, 2);
  await denials.flush();
  now -= 365n * 1440n * minute;
  expect(await counts()).toEqual([1]);
  await denials.due();
  expect(await counts()).toEqual([1, 2]);
  now += 365n * 1440n * minute;
  note(denials);
  await denials.flush();
  now -= 365n * 1440n * minute;
  note(denials, 3);
  await denials.flush();
  expect((await counts()).at(-1)).toBe(3);
  await denials.close();
});
