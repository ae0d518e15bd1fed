/** The same id again, in all forms. */
import { eventType } from "daybook/catalogue";
import { type JsonObject, newEventId } from "daybook/internal";
import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { asSuperuser } from "../../../test/support/database.ts";
import type { Organization } from "../store/contract/organizations.ts";
import {
  anEvent,
  client,
  openTestServices,
  type TestServices,
  unread,
  unreadOf,
} from "./testing/test-services.ts";
import { catalogueTypes, type KnownType, type TypeLookup } from "./types.ts";

/** The versions of a custom type, in order of registration. */
let versions = 1;
const types: TypeLookup = {
  find(organizationId, name, version = versions) {
    if (name !== "invoice.paid") return catalogueTypes.find(organizationId, name);
    if (version > versions) return undefined;
    const personal = { changes: [], data: version === 1 ? [] : ["/email"] };
    const needed = version === 3 ? ["plan"] : [];
    return {
      type: { ...eventType("API_CLIENT_UPDATED")!, name, version, personal, firstTarget: [] },
      check: (data: JsonObject | undefined, pointer: string) =>
        needed
          .filter((member) => !(data && member in data))
          .map((member) => ({ pointer, detail: `${member} is missing.` })),
    };
  },
};

let services: TestServices;
let acme: Organization;
beforeAll(async () => {
  services = await openTestServices({ types });
  acme = await services.newOrganization("acme");
});
afterAll(() => services.close());

const reused = { code: "id-reused" };

/** Events in which every member can be present or absent. */
const events = fc.record(
  {
    id: fc.constant(null).map(() => newEventId()),
    type: fc.constantFrom("API_CLIENT_UPDATED", "API_CLIENT_ADDED"),
    actor: fc.record({ type: fc.constant("user"), id: fc.string({ minLength: 1 }).filter(isText) }),
    targets: fc.constant([{ type: "api_client", id: "c_9" }]),
    outcome: fc.constantFrom("success", "denied", "failed"),
    reason: fc.string({ minLength: 1 }).filter(isText),
    occurredAt: fc.constant(null).map(() => new Date().toISOString()),
    changes: fc.constantFrom([{ path: "/name", to: "New" }], [{ path: "/name", from: null }]),
    data: fc.constant({ clientId: "c_9", name: "New" }),
  },
  { requiredKeys: ["id", "type", "actor", "targets", "data"] },
);
function isText(text: string): boolean {
  return !/\p{Cs}|\0/u.test(text);
}

test("the same event again gives the first receipt and records nothing, however its members are ordered", async () => {
  await fc.assert(
    fc.asyncProperty(events, async (event) => {
      const first = await services.record(acme, event);
      const reordered = Object.fromEntries(Object.entries(event).reverse());
      const again = await services.record(acme, reordered);
      expect([first.recorded, again]).toEqual([1, { receipts: first.receipts, recorded: 0 }]);
    }),
    { numRuns: 40 },
  );
});

test("the same id with anything else in it is refused, and names the place", async () => {
  const other = fc.constantFrom(
    { type: "API_CLIENT_REVOKED" },
    { outcome: "failed" as const, reason: "x" },
    { reason: "another reason" },
    { actor: { type: "user" as const, id: "someone else" } },
    { actor: { type: "user" as const, id: "u_17", name: "Anne W." } },
    { data: { clientId: "c_9", name: "Newer" } },
    { context: { ip: "192.0.2.1" } },
    { producer: { id: "portal-1", n: 1 } },
    { producer: { id: "portal-1", externalId: "1" } },
    { occurredAt: "2026-11-22T11:20:31.123456Z" },
    { changes: [] },
  );
  await fc.assert(
    fc.asyncProperty(other, async (members) => {
      const event = anEvent();
      await services.record(acme, event);
      const request = services.log.record({
        organization: acme,
        unread: unread([
          { value: anEvent() as unknown as JsonObject, pointer: "/events/0", bytes: 1 },
          { value: { ...event, ...members } as unknown as JsonObject, pointer: "/events/1", bytes: 1 },
        ]),
        recordedBy: { type: "operator", id: "operator" },
        mayImport: true,
      });
      await expect(request).rejects.toMatchObject({ ...reused, issues: [{ pointer: "/events/1/id" }] });
    }),
    { numRuns: 20 },
  );
});

test("whether the time is sent the second time does not matter", async () => {
  const event = anEvent({ occurredAt: new Date().toISOString() });
  const first = await services.record(acme, event);
  const { occurredAt: _, ...withoutTime } = event;
  expect(await services.record(acme, withoutTime)).toEqual({ receipts: first.receipts, recorded: 0 });
});

test("another recorder is told that it is the same only if it may read the log", async () => {
  const { changes: _, ...event } = anEvent();
  const first = await services.record(acme, event);
  const by = (sent: object, mayRead?: boolean) =>
    services.log.record({
      organization: acme,
      unread: unreadOf(sent),
      recordedBy: { type: "api_client", id: "client_8" },
      mayImport: true,
      ...(mayRead === undefined ? {} : { mayRead }),
    });
  expect(await by(event, true)).toEqual({ receipts: first.receipts, recorded: 0 });
  const full = {
    organization: acme,
    unread: unreadOf(event),
    mayImport: true,
    mayRead: true,
    receipt: "full",
  } as const;
  const own = await services.log.record({ ...full, recordedBy: client });
  expect(own.receipts[0]).toMatchObject({
    leafData: expect.any(String),
    disclosures: { actor: expect.any(String) },
  });
  const other = await services.log.record({ ...full, recordedBy: { type: "operator", id: client.id } });
  expect(other).toEqual({ receipts: first.receipts, recorded: 0 });
  const guesses = [event, { ...event, reason: "x" }, { ...event, before: {}, after: {} }];
  for (const guess of guesses) {
    await expect(by(guess, false)).rejects.toMatchObject(reused);
    await expect(by(guess)).rejects.toMatchObject(reused);
  }
});

/** A log with a movable clock, whose types can become Daybook's own. */
let aheadMicros = 0n;
test("what the time, the type and the caller's scopes refuse is a repeat all the same if it is recorded", async () => {
  const reservable = { name: "API_CLIENT_UPDATED", writer: "producer" as "producer" | "server" | "none" };
  const later = await openTestServices({
    url: services.url,
    clock: () => BigInt(Date.now()) * 1000n + aheadMicros,
    wrap: (store) => ({
      ...store,
      write: (work, names) =>
        store.write((tx) => work({ ...tx, clock: async () => (await tx.clock()) + aheadMicros }), names),
    }),
    idsFrom: () => (aheadMicros < 0n ? 2n ** 60n : undefined),
    types: {
      find(organizationId, name, version) {
        const known = types.find(organizationId, name, version) as KnownType | undefined;
        if (known === undefined || name !== reservable.name || version !== undefined) return known;
        if (reservable.writer === "none") return undefined;
        return { ...known, type: { ...known.type, writer: reservable.writer } };
      },
    },
  });
  const ahead = new Date(Date.now() + 240_000).toISOString();
  const event = anEvent({ id: newEventId(Date.now() + 240_000), occurredAt: ahead });
  const first = await later.record(acme, event);
  const isRepeat = async (): Promise<void> => {
    const fresh = { ...event, id: newEventId(Date.now() + 240_000) };
    await expect(later.record(acme, fresh)).rejects.toMatchObject({
      code: expect.not.stringMatching("reused"),
    });
    expect(await later.record(acme, event)).toEqual({ receipts: first.receipts, recorded: 0 });
    await expect(later.record(acme, { ...event, reason: "x" })).rejects.toMatchObject(reused);
    await expect(later.record(acme, { ...event, data: { wrong: 1 } })).rejects.toMatchObject(reused);
  };
  // the clock was set back: id and time are ahead, and retention has removed the id
  aheadMicros = -600_000_000n;
  await isRepeat();
  // more than 7 days later, without events:import
  aheadMicros = 8n * 86_400_000_000n;
  await isRepeat();
  aheadMicros = 0n;
  for (const writer of ["server", "none"] as const) {
    reservable.writer = writer;
    await isRepeat();
  }
  await later.close();
});

test("another type under a recorded id is another event, even one that nobody knows", async () => {
  const event = anEvent();
  await services.record(acme, event);
  for (const type of ["API_CLIENT_REVOKED", "NO_SUCH_TYPE", "no.such_type", "LOG_OPENED"])
    await expect(services.record(acme, { ...event, type })).rejects.toMatchObject(reused);
  await expect(services.record(acme, { ...event, targets: [] })).rejects.toMatchObject(reused);
  // events that are always invalid are refused before the id is looked up
  await expect(services.record(acme, { ...event, type: "?" })).rejects.toMatchObject({
    code: "event-invalid",
  });
  await expect(services.record(acme, { ...event, colour: 1 })).rejects.toMatchObject({
    code: "event-invalid",
  });
});

test("null and absent are the same in a repeat", async () => {
  const event = anEvent();
  const first = await services.record(acme, {
    ...event,
    reason: null,
    context: { ip: null },
    producer: null,
  });
  const again = { ...event, targets: [{ ...event.targets![0], extra: undefined }], before: null };
  expect(await services.record(acme, again)).toEqual({ receipts: first.receipts, recorded: 0 });
});

test("an id may be twice in a batch if the event is the same, and is recorded once", async () => {
  const event = anEvent();
  const { receipts, recorded } = await services.record(acme, event, anEvent(), event);
  expect(recorded).toBe(2);
  expect(receipts[2]).toEqual(receipts[0]);
  const twice = anEvent();
  await expect(services.record(acme, twice, { ...twice, reason: "x" })).rejects.toMatchObject({
    ...reused,
    issues: [{ pointer: "/events/1/id" }],
  });
  expect(await services.store.event(acme.organizationId, twice.id)).toBeUndefined();
});

test("the same event in many requests at once is recorded once; another one under its id never", async () => {
  const event = anEvent();
  const requests = Array.from({ length: 30 }, (_, i) =>
    services.record(acme, i % 3 === 2 ? { ...event, reason: "other" } : event),
  );
  const results = await Promise.allSettled(requests);
  const answers = results.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
  expect(answers.reduce((sum, answer) => sum + answer.recorded, 0)).toBe(1);
  expect(new Set(answers.map((answer) => JSON.stringify(answer.receipts))).size).toBe(1);
  for (const each of results) if (each.status === "rejected") expect(each.reason).toMatchObject(reused);
});

test("a batch that repeats some events and brings others records the others", async () => {
  const old = anEvent();
  const first = await services.record(acme, old);
  const { receipts, recorded } = await services.record(acme, anEvent(), old);
  expect(recorded).toBe(1);
  expect(receipts[1]).toEqual(first.receipts[0]);
});

test("the same id in another organization is another event", async () => {
  const other = await services.newOrganization("other");
  const event = anEvent();
  const answers = [await services.record(acme, event), await services.record(other, event)];
  expect(answers.map((answer) => answer.recorded)).toEqual([1, 1]);
});

test("a slot that was erased is left out of the comparison", async () => {
  const event = anEvent();
  const first = await services.record(acme, event);
  const database = new pg.Client(asSuperuser(services.url));
  await database.connect();
  await database.query(
    `UPDATE event SET actor_personal = NULL, erased = 2, digests = decode(repeat('00', 32), 'hex'),
      salts = substr(salts, 1, 16) || substr(salts, 33) WHERE id = $1`,
    [event.id],
  );
  await database.end();
  const guess = { ...event, actor: { ...event.actor, name: "A guess" } };
  expect(await services.record(acme, guess)).toEqual({ receipts: first.receipts, recorded: 0 });
  await expect(services.record(acme, { ...guess, reason: "x" })).rejects.toMatchObject(reused);
});

test("a repeat is taken by the version of its type that it was recorded by", async () => {
  const event = anEvent({ type: "invoice.paid", data: { email: "anne@acme.example" } });
  const batch = [anEvent(), event];
  const first = await services.record(acme, ...batch);
  versions = 2;
  expect(await services.record(acme, ...batch)).toEqual({ receipts: first.receipts, recorded: 0 });
  await expect(services.record(acme, { ...event, reason: "x" })).rejects.toMatchObject(reused);
  // the newest version would refuse it
  versions = 3;
  expect(await services.record(acme, ...batch)).toEqual({ receipts: first.receipts, recorded: 0 });
  await expect(services.record(acme, { ...event, id: newEventId() })).rejects.toMatchObject({
    code: "data-invalid",
  });
  const second = await services.record(acme, { ...event, id: newEventId(), data: { plan: "p", email: "e" } });
  const stored = await services.store.event(acme.organizationId, second.receipts[0]!.id);
  expect(Object.keys(stored!.slots)).toEqual(expect.arrayContaining(["dataPersonal", "typeVersion"]));
});
