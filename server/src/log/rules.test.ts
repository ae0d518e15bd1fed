/** The number of the hiding rules: stored with each event, and used for a repeat after an upgrade. */
import { allRules, type Rules } from "daybook/internal";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { StoredEvent } from "../store/contract/events.ts";
import type { Organization } from "../store/contract/organizations.ts";
import { anEvent, openTestServices, type TestServices } from "./testing/test-services.ts";

const first = allRules[0]!;
/** The next version, for this test only: `credential` is a secret name too. */
const second: Rules = {
  ...first,
  number: 2,
  names: {
    of: (name) => (name === "credential" ? 1 : first.names.of(name)),
    isSecret: (text) => text === "credential" || first.names.isSecret(text),
  },
};

let services: TestServices;
let upgraded: TestServices;
let acme: Organization;
beforeAll(async () => {
  services = await openTestServices({ rules: [first] });
  upgraded = await openTestServices({ url: services.url, rules: [first, second] });
  acme = await services.newOrganization("acme");
});
afterAll(async () => {
  await upgraded.close();
  await services.close();
});

const secretly = (): ReturnType<typeof anEvent> =>
  anEvent({
    changes: [
      { path: "/credential", from: "a", to: "b" },
      { path: "/password", from: "a", to: "b" },
    ],
  });
const find = async (id: string): Promise<StoredEvent> =>
  (await services.store.findEvents([{ organizationId: acme.organizationId, id }]))[0]!;
const textOf = ({ slots }: StoredEvent, slot: "changes" | "rules"): string | undefined =>
  (slots[slot] as { json: string } | undefined)?.json;

test("the first rules have no slot, and the next ones have it", async () => {
  const [early, late] = [secretly(), secretly()];
  await services.record(acme, early);
  await upgraded.record(acme, late);
  const [before, after] = [await find(early.id), await find(late.id)];
  expect(textOf(before, "rules")).toBeUndefined();
  expect(textOf(before, "changes")).toContain('{"from":"a","path":"/credential","to":"b"}');
  expect(textOf(after, "rules")).toBe("2");
  expect(textOf(after, "changes")).toContain('{"from":"[hidden]","hidden":true,"path":"/credential"');
  expect(await services.findings()).toEqual([]);
});

test("a repeat after an upgrade is a repeat, alone and among new events", async () => {
  const event = secretly();
  const { receipts } = await services.record(acme, event);
  expect(await upgraded.record(acme, event)).toEqual({ receipts, recorded: 0 });
  const fresh = secretly();
  const mixed = await upgraded.record(acme, fresh, event);
  expect([mixed.recorded, mixed.receipts[1]]).toEqual([1, receipts[0]]);
  expect(textOf(await find(fresh.id), "rules")).toBe("2");
  // values that only the later rules hide still distinguish two events
  const other = { ...event, changes: [{ path: "/credential", from: "a", to: "c" }, event.changes![1]!] };
  await expect(upgraded.record(acme, other)).rejects.toMatchObject({ code: "id-reused" });
});

test("a repeat of an event of later rules is one for a process that knows them, and no fault of the sender for one that doesn't", async () => {
  const event = secretly();
  const { receipts } = await upgraded.record(acme, event);
  expect(await upgraded.record(acme, event)).toEqual({ receipts, recorded: 0 });
  await expect(services.record(acme, event)).rejects.toMatchObject({
    code: "internal",
    message: "An event was recorded under the rules 2, which this version of Daybook doesn't know.",
    remedy: "Upgrade every process to the newest version.",
  });
});

test("a repeat with another secret is the same event: what was hidden is not kept", async () => {
  const event = secretly();
  const { receipts } = await services.record(acme, event);
  const again = { ...event, changes: [event.changes![0]!, { path: "/password", from: "x", to: "y" }] };
  expect(await services.record(acme, again)).toEqual({ receipts, recorded: 0 });
});
