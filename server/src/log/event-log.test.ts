/** `record` from outside: receipts, refusals, time rules, listeners, closing. */
import {
  disclosureDigest,
  eventIdTime,
  formatTime,
  hashLeaf,
  newEventId,
  readDisclosure,
  readJson,
  toBase64,
} from "daybook/internal";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Organization } from "../store/contract/organizations.ts";
import { anEvent, client, openTestServices, type TestServices, unreadOf } from "./testing/test-services.ts";

let services: TestServices;
let acme: Organization;
beforeAll(async () => {
  services = await openTestServices();
  acme = await services.newOrganization("acme");
});
afterAll(() => services.close());

const fails = (code: string, pointer?: string) =>
  expect.objectContaining({
    code,
    ...(pointer === undefined
      ? {}
      : { issues: expect.arrayContaining([expect.objectContaining({ pointer })]) }),
  });

test("events get the next places of their log, one receipt each, in the order sent", async () => {
  const [head] = await services.store.heads([acme.organizationId]);
  const events = [anEvent(), anEvent(), anEvent()];
  const { receipts, recorded } = await services.record(acme, ...events);
  expect(recorded).toBe(3);
  expect(receipts.map((each) => each.id)).toEqual(events.map((each) => each.id));
  const first = Number(head!.size);
  expect(receipts).toMatchObject([0, 1, 2].map((i) => ({ log: head!.origin, seq: first + i })));
});

test("a full receipt has all that its leaf hash is worked out from", async () => {
  const sent = unreadOf(anEvent({ reason: "Ticket 42", occurredAt: formatTime(BigInt(Date.now()) * 1000n) }));
  const answer = await services.log.record({
    organization: acme,
    unread: sent,
    recordedBy: client,
    mayImport: false,
    receipt: "full",
  });
  const receipt = answer.receipts[0] as {
    leafData: string;
    disclosures: Record<string, string>;
    leafHash: string;
  };
  expect(toBase64(hashLeaf(receipt.leafData))).toBe(receipt.leafHash);
  const leaf = readJson(receipt.leafData) as { sd: Record<string, string> };
  expect(Object.keys(receipt.disclosures)).toEqual(Object.keys(leaf.sd));
  for (const [slot, text] of Object.entries(receipt.disclosures)) {
    expect(disclosureDigest(text)).toBe(leaf.sd[slot]);
    expect(readDisclosure(text).slot).toBe(slot);
  }
  expect(readDisclosure(receipt.disclosures.reason!).value).toBe("Ticket 42");
  expect(Object.keys(leaf.sd)).toEqual(
    ["actor", "actorPersonal", "changes", "data", "reason", "recordedBy", "targets"].sort(),
  );
});

test("an event without an id and a time gets both", async () => {
  const { id: _, ...event } = anEvent();
  const { receipts } = await services.record(acme, event);
  const stored = await services.store.event(acme.organizationId, receipts[0]!.id);
  expect(stored!.occurredAt).toBe(stored!.recordedAt);
});

test("one wrong event refuses the whole batch, and names every place that is wrong", async () => {
  const good = anEvent();
  const bad = { ...anEvent(), actor: { type: "user" } };
  const worse = { ...anEvent(), extra: 1 };
  const refused = services.record(acme, good, bad, worse);
  await expect(refused).rejects.toEqual(fails("event-invalid", "/events/1/actor"));
  await expect(refused).rejects.toEqual(fails("event-invalid", "/events/2/extra"));
  expect(await services.store.event(acme.organizationId, good.id)).toBeUndefined();
});

test("types that only the server writes are refused, as are unknown ones and wrong first targets", async () => {
  const opened = { type: "LOG_OPENED", actor: { type: "system", id: "opener" }, data: {} };
  await expect(services.record(acme, opened)).rejects.toEqual(fails("event-type-reserved", "/events/0/type"));
  await expect(services.record(acme, anEvent({ type: "NO_SUCH_TYPE" }))).rejects.toEqual(
    fails("event-type-unknown", "/events/0/type"),
  );
  await expect(services.record(acme, anEvent({ targets: [{ type: "user", id: "u" }] }))).rejects.toEqual(
    fails("event-invalid", "/events/0/targets/0/type"),
  );
  await expect(services.record(acme, anEvent({ targets: [] }))).rejects.toEqual(
    fails("event-invalid", "/events/0/targets"),
  );
});

test("an event in which nothing changed is not recorded, and its id stays free", async () => {
  const { changes: _, ...event } = anEvent();
  const same = { ...event, before: { name: "A" }, after: { name: "A" } };
  expect(await services.record(acme, same)).toEqual({
    receipts: [{ id: event.id, recorded: false }],
    recorded: 0,
  });
  const { receipts, recorded } = await services.record(acme, { ...event, after: { name: "A" } });
  expect(recorded).toBe(1);
  expect(receipts).toMatchObject([{ id: event.id, leafHash: expect.any(String) }]);
});

test("an event in which nothing changed is told as recorded if its id is, within a batch too", async () => {
  const { changes: _, ...event } = anEvent();
  const same = { ...event, before: { name: "A" }, after: { name: "A" } };
  const first = await services.record(acme, event);
  expect(await services.record(acme, same)).toEqual({ receipts: first.receipts, recorded: 0 });
  await expect(services.record(acme, { ...same, reason: "x" })).rejects.toEqual(
    fails("id-reused", "/events/0/id"),
  );
  const other = { ...event, id: newEventId() };
  const twice = { ...other, before: {}, after: {} };
  for (const batch of [
    [twice, other],
    [other, twice],
  ]) {
    const { receipts } = await services.record(acme, ...batch);
    expect(receipts[0]).toEqual(receipts[1]);
    expect(receipts[0]).toMatchObject({ id: other.id, leafHash: expect.any(String) });
  }
  const third = { ...event, id: newEventId() };
  const batch = [{ ...third, before: {}, after: {} }, anEvent(), { ...third, after: { name: "B" } }];
  await expect(services.record(acme, ...batch)).rejects.toEqual(fails("id-reused", "/events/0/id"));
  const { id: __, ...withoutId } = same;
  expect(await services.record(acme, withoutId)).toMatchObject({
    recorded: 0,
    receipts: [{ recorded: false }],
  });
});

test("an event more than 5 minutes in the future is refused", async () => {
  const at = (minutes: number) => formatTime(BigInt(Date.now() + minutes * 60_000) * 1000n);
  await expect(services.record(acme, anEvent({ occurredAt: at(6) }))).rejects.toEqual(
    fails("event-invalid", "/events/0/occurredAt"),
  );
  await services.record(acme, anEvent({ occurredAt: at(4) }));
});

test("an event more than 7 days late is an import", async () => {
  const event = anEvent({ occurredAt: formatTime(BigInt(Date.now() - 8 * 86_400_000) * 1000n) });
  await expect(services.record(acme, event)).rejects.toEqual(fails("event-late", "/events/0/occurredAt"));
  const remedy = "To import old events, use a token with the scope events:import.";
  await expect(services.record(acme, event)).rejects.toMatchObject({ remedy });
  const request = { organization: acme, unread: unreadOf(event), recordedBy: client };
  const first = await services.log.record({ ...request, mayImport: true });
  // sent again, it is a repeat, no matter who sends it
  expect(await services.record(acme, event)).toEqual({ receipts: first.receipts, recorded: 0 });
});

test("an unknown organization fails its own request only, even in the same transaction", async () => {
  const nowhere = { ...acme, organizationId: 987_654 };
  const [lost, kept] = await Promise.allSettled([
    services.record(nowhere, anEvent()),
    services.record(acme, anEvent()),
  ]);
  expect(lost).toMatchObject({ status: "rejected", reason: { code: "organization-not-found" } });
  expect(kept.status).toBe("fulfilled");
});

test("ids from before what retention has removed are refused, and no others", async () => {
  const [before, first] = [anEvent({ id: newEventId(1_000) }), anEvent({ id: newEventId(1_001) })];
  const log = await openTestServices({ url: services.url, idsFrom: () => eventIdTime(first.id) });
  await expect(log.record(acme, before)).rejects.toEqual(fails("id-expired", "/events/0/id"));
  expect((await log.record(acme, first)).recorded).toBe(1);
  await log.close();
});

test("listeners hear of each organization whose log grew, and of no other", async () => {
  const heard: number[] = [];
  const stop = services.log.appended((organizationId) => heard.push(organizationId));
  const event = anEvent();
  await services.record(acme, event);
  await services.record(acme, event);
  stop();
  await services.record(acme, anEvent());
  expect(heard).toEqual([acme.organizationId]);
});

test("the log that all this made is whole", async () => {
  expect(await services.findings()).toEqual([]);
});

test("closing answers what was taken, and refuses what comes after", async () => {
  const closing = await openTestServices({ url: services.url });
  const pending = Array.from({ length: 20 }, () => closing.record(acme, anEvent()));
  await closing.log.close();
  await expect(closing.record(acme, anEvent())).rejects.toEqual(fails("shutting-down"));
  const answers = await Promise.all(pending);
  expect(answers.every((answer) => answer.recorded === 1)).toBe(true);
  expect(closing.log.load).toEqual({ events: 0, bytes: 0, groups: 0 });
  await closing.close();
});
