/** Every write step fails twice, before and after it is done; which requests a failure affects, and their responses. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { StoreError, type StoreFailure } from "../store/contract/errors.ts";
import type { Organization } from "../store/contract/organizations.ts";
import { anywhere } from "../store/testing/anywhere.ts";
import { byServer } from "./change.ts";
import { type FailingStep, type Fault, failing } from "./testing/failing.ts";
import { anEvent, openTestServices, type TestServices } from "./testing/test-services.ts";

let fault: Fault | undefined;
let services: TestServices;
let acme: Organization;
let other: Organization;
beforeAll(async () => {
  services = await openTestServices({ wrap: (store) => failing(store, () => fault), limits: { retries: 3 } });
  acme = await services.newOrganization("acme");
  other = await services.newOrganization("other");
});
beforeEach(() => {
  fault = undefined;
});
afterAll(() => services.close());

const plan = (step: FailingStep, done: boolean, failure: StoreFailure, times = 1): void => {
  fault = { step, done, error: () => new StoreError(failure, "planned"), times };
};
const size = async (organization: Organization): Promise<bigint> =>
  (await services.store.heads([organization.organizationId]))[0]!.size;

const aboutTiles: ReadonlySet<FailingStep> = new Set<FailingStep>(["leafHashes", "appendTiles"]);

/** Enough events to reach the step: a full tile for the step about tiles. */
const batchFor = (step: FailingStep): { id: string }[] =>
  Array.from({ length: aboutTiles.has(step) ? 256 : 3 }, () => anEvent());

const steps: FailingStep[] = [
  "lockHeads",
  "clock",
  "findEvents",
  "leafHashes",
  "appendEvents",
  "appendTiles",
  "updateHeads",
  "commit",
];
const cases = steps.flatMap((step) => [false, true].map((done) => ({ step, done })));

describe.each(cases)("a failure of $step (done: $done)", ({ step, done }) => {
  test("leaves nothing half written, and the same request sent again is recorded once", async () => {
    const events = batchFor(step);
    const before = await size(acme);
    // after COMMIT was sent, "unavailable" would be wrong
    plan(step, done, step === "commit" ? "retry" : "unavailable");
    if (step === "commit" && done) plan(step, done, "unknown", 9);
    const failed = await services.record(acme, ...events).catch((error) => error);
    expect(["store-unavailable", "outcome-unknown", undefined]).toContain(failed.code);
    fault = undefined;
    const again = await services.record(acme, ...events);
    expect(again.receipts.map((each) => each.id)).toEqual(events.map((each) => each.id));
    expect(await size(acme)).toBe(before + BigInt(events.length));
  });

  test("is got over within the request where it may be", async () => {
    const events = batchFor(step);
    const before = await size(acme);
    plan(step, done, step === "commit" ? "unknown" : "retry");
    const answer = await services.record(acme, ...events);
    // what a doubtful attempt had committed also counts as recorded by this request
    expect([answer.recorded, answer.receipts.length]).toEqual([events.length, events.length]);
    expect(await size(acme)).toBe(before + BigInt(events.length));
  });
});

test("what one request brought about fails that one alone", async () => {
  const events = [anEvent(), anEvent(), anEvent()];
  const error = new StoreError("refused", "planned");
  const refusing = await openTestServices({
    url: services.url,
    wrap: (store) => ({
      ...store,
      write: (work, names) =>
        store.write(async (tx) => {
          const result = await work({
            ...tx,
            appendEvents: async (appended) => {
              if (appended.some((event) => event.id === events[1]!.id)) throw error;
              await tx.appendEvents(appended);
            },
          });
          return result;
        }, names),
    }),
  });
  const results = await Promise.allSettled(events.map((event) => refusing.record(acme, event)));
  expect(
    results.map((each) => (each.status === "fulfilled" ? each.value.recorded : each.reason.code)),
  ).toEqual([1, "event-invalid", 1]);
  await refusing.close();
});

test("a log that stays locked fails its own requests, and holds up no other organization", async () => {
  let locked = true;
  const busy = await openTestServices({
    url: services.url,
    wrap: (store) => ({
      ...store,
      write: (work, names) =>
        store.write(
          (tx) =>
            work({
              ...tx,
              lockHeads: async (ids) => {
                if (locked && ids.includes(acme.organizationId)) throw new StoreError("busy", "planned");
                return tx.lockHeads(ids);
              },
            }),
          names,
        ),
    }),
  });
  const [mine, theirs] = await Promise.allSettled([
    busy.record(acme, anEvent()),
    busy.record(other, anEvent()),
  ]);
  expect(mine).toMatchObject({ status: "rejected", reason: { code: "overloaded", retryAfter: 2 } });
  expect(theirs.status).toBe("fulfilled");
  locked = false;
  await busy.record(acme, anEvent());
  await busy.close();
});

test("waiting in vain for a connection is overload, for events and for changes, and not an outage", async () => {
  const waiting = await openTestServices({
    url: services.url,
    wrap: (store) => ({
      ...store,
      write: () => Promise.reject(new StoreError("overloaded", "planned")),
    }),
  });
  const overload = { code: "overloaded", overload: "connections", retryAfter: 2 };
  await expect(waiting.record(acme, anEvent())).rejects.toMatchObject(overload);
  await expect(waiting.log.change(async () => {}, anywhere)).rejects.toMatchObject(overload);
  await waiting.close();
});

test("serialization failures are tried again only so often", async () => {
  plan("updateHeads", false, "retry", 99);
  await expect(services.record(acme, anEvent())).rejects.toMatchObject({ code: "store-unavailable" });
  expect(fault!.times).toBe(96);
});

test("an id that was made for the request is looked for only after an attempt may have recorded it", async () => {
  const { id: _made, ...event } = anEvent();
  const before = await size(acme);
  plan("findEvents", false, "unavailable");
  expect((await services.record(acme, event)).recorded).toBe(1);
  plan("commit", true, "unknown");
  const answer = await services.record(acme, event);
  expect([answer.recorded, await size(acme)]).toEqual([1, before + 2n]);
});

test("an attempt whose outcome can't be found out is answered as such, and the repeat settles it", async () => {
  const event = anEvent();
  plan("commit", true, "unknown", 99);
  await expect(services.record(acme, event)).rejects.toMatchObject({
    code: "outcome-unknown",
    retryAfter: 2,
  });
  fault = undefined;
  expect(await services.record(acme, event)).toMatchObject({ recorded: 0, receipts: [{ id: event.id }] });
});

test("a mistake of ours in one organization's log fails nobody else", async () => {
  const broken = await openTestServices({
    url: services.url,
    wrap: (store) => ({
      ...store,
      write: (work, names) =>
        store.write(
          (tx) =>
            work({
              ...tx,
              lockHeads: async (ids) =>
                (await tx.lockHeads(ids)).map((head) =>
                  head.organizationId === acme.organizationId ? { ...head, size: head.size * 2n + 1n } : head,
                ),
            }),
          names,
        ),
    }),
  });
  const [mine, theirs] = await Promise.allSettled([
    broken.record(acme, anEvent()),
    broken.record(other, anEvent()),
  ]);
  expect(mine).toMatchObject({ status: "rejected", reason: { code: "internal" } });
  expect(theirs.status).toBe("fulfilled");
  await broken.close();
});

describe.each([...cases, { step: "updateOrganization" as const, done: true }])(
  "a change of our own, with a failure of $step (done: $done)",
  ({ step, done }) => {
    const rename = (name: string): Promise<string> =>
      services.log.change(async (tx) => {
        const organization = await tx.rows.organizationForUpdate(other.organizationId);
        await tx.rows.updateOrganization(other.organizationId, { name: name });
        const changes = [{ path: "/name", from: organization.name, to: name }];
        const targets = [{ type: "organization", id: other.id, name }];
        const actor = { type: "system" as const, id: "operator" };
        return tx.record(other, { type: "ORGANIZATION_CHANGE", actor, targets, changes }, byServer);
      }, anywhere);
    const state = async (): Promise<[string, bigint]> => [
      (await services.store.organization(other.id))!.name,
      await size(other),
    ];

    test("has both its rows and its event, or neither", async () => {
      const before = await state();
      plan(step, done, step === "commit" ? "unknown" : "unavailable");
      const failed = await rename(`${step} ${done}`).catch((error) => error);
      const did = !(failed instanceof Error);
      expect(await state()).toEqual(did ? [`${step} ${done}`, before[1] + 1n] : before);
      fault = undefined;
      if (did) expect(await services.store.event(other.organizationId, failed)).toBeDefined();
    });

    test("is run again after a serialization failure", async () => {
      const before = await state();
      plan(step, step !== "commit" && done, "retry");
      await rename(`again ${step} ${done}`);
      expect(await state()).toEqual([`again ${step} ${done}`, before[1] + 1n]);
    });
  },
);

test("work that throws leaves nothing behind", async () => {
  const before = await size(acme);
  const failure = new Error("planned");
  const work = services.log.change(async (tx) => {
    await tx.rows.updateOrganization(acme.organizationId, { name: "Never" });
    await tx.record(
      acme,
      { type: "LOG_KEY_ADDED", actor: { type: "system", id: "x" }, data: { key: "k" } },
      byServer,
    );
    throw failure;
  }, anywhere);
  await expect(work).rejects.toBe(failure);
  expect([(await services.store.organization("acme"))!.name, await size(acme)]).toEqual(["acme", before]);
});

test("after all these failures the logs are whole", async () => {
  expect(await services.findings()).toEqual([]);
});
