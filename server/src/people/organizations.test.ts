/** Organizations and the events about them, on a real database. */
import { randomBytes } from "node:crypto";
import { type EventInput, joinPersonal, readJson, type Slots } from "daybook/internal";
import { afterAll, beforeAll, expect, test } from "vitest";
import { anEvent } from "../log/testing/test-services.ts";
import { StoreError } from "../store/contract/errors.ts";
import type { StoredEvent } from "../store/contract/events.ts";
import type { Organization } from "../store/contract/organizations.ts";
import { nothing } from "../store/contract/row-scope.ts";
import type { Store } from "../store/store.ts";
import { anywhere } from "../store/testing/anywhere.ts";
import { openPeople, type People } from "./index.ts";
import { all, initiator, openTestPeople, type PeopleServices } from "./testing/open-people.ts";

let services: PeopleServices;
let people: People;
beforeAll(async () => {
  services = await openTestPeople();
  people = services.people;
});
afterAll(() => services.close());

const reserved = { organizationId: 0 };

let made = 0;
const newSlug = (): string => `org-${made++}`;
const create = (slug = newSlug()): Promise<Organization> =>
  people.createOrganization({ slug, name: "Acme", initiator });

async function events({ organizationId }: { organizationId: number }): Promise<StoredEvent[]> {
  return services.store.events(organizationId, 0, 0n, 1000);
}
const read = (event: StoredEvent): Partial<EventInput> => {
  const slots: Slots = {};
  for (const [name, slot] of Object.entries(event.slots)) {
    if ("json" in slot) slots[name as keyof Slots] = readJson(slot.json);
  }
  return joinPersonal(slots);
};

test("a new organization has a log that opens with LOG_OPENED, and the log of daybook says who made it", async () => {
  const acme = await create();
  expect(acme.id).toMatch(/^org_[a-z2-7]{26}$/);
  const [opened, ...more] = await events(acme);
  expect(more).toEqual([]);
  const [log] = await services.store.logs(acme.organizationId);
  expect(opened!.type).toBe("LOG_OPENED");
  expect(read(opened!)).toMatchObject({
    actor: { type: "system", id: "daybook" },
    data: { organization: acme.id, previous: null, keys: [expect.stringMatching(`^${log!.origin}[+]`)] },
  });
  const added = (await events(reserved)).at(-1)!;
  expect(added.type).toBe("ORGANIZATION_ADDED");
  expect(read(added)).toMatchObject({
    actor: initiator.actor,
    context: initiator.context,
    targets: [{ type: "organization", id: acme.id, name: "Acme" }],
    data: { organizationId: acme.id, slug: acme.slug, name: "Acme" },
  });
  expect((added.slots.recordedBy as { json: string }).json).toBe(
    '{"id":"operator","own":true,"type":"operator"}',
  );
});

test("of many who want one slug at once exactly one gets it", async () => {
  const slug = newSlug();
  const before = (await events(reserved)).length;
  const results = await Promise.allSettled(Array.from({ length: 10 }, () => create(slug)));
  expect(results.filter((each) => each.status === "fulfilled").length).toBe(1);
  for (const each of results) {
    if (each.status === "rejected") expect(each.reason).toMatchObject({ code: "slug-taken", status: 409 });
  }
  expect((await events(reserved)).length).toBe(before + 1);
});

test("closing twice changes and logs nothing", async () => {
  const acme = await create();
  const closed = await people.closeOrganization({ organization: acme, initiator });
  const logged = [(await events(acme)).length, (await events(reserved)).length];
  expect(await people.closeOrganization({ organization: acme, initiator })).toEqual(closed);
  expect([(await events(acme)).length, (await events(reserved)).length]).toEqual(logged);
});

test("a closed organization can be read, takes no events but the server's own, and no new name", async () => {
  const acme = await create();
  const event = anEvent();
  const first = await services.record(acme, event);
  const closed = await people.closeOrganization({ organization: acme, initiator });
  expect(closed.closedAt).toBeGreaterThan(acme.createdAt);
  for (const log of [acme, reserved]) {
    const recorded = (await events(log)).at(-1)!;
    expect(recorded.type).toBe("ORGANIZATION_CLOSED");
    expect(read(recorded).data).toEqual({ organizationId: acme.id, slug: acme.slug, name: "Acme" });
  }
  await expect(services.record(acme, anEvent())).rejects.toMatchObject({
    code: "organization-closed",
    status: 409,
  });
  expect(await services.record(acme, event)).toEqual({ receipts: first.receipts, recorded: 0 });
  const details = { name: "New" };
  await expect(people.changeSettings({ organization: acme, details, initiator })).rejects.toMatchObject({
    code: "organization-closed",
  });
  const own = {
    type: "LOG_KEY_ADDED",
    actor: { type: "system" as const, id: "daybook" },
    data: { key: "k" },
  };
  await services.log.change((tx) => tx.record(acme, own, { type: "server", id: "daybook" }), anywhere);
  expect((await events(acme)).at(-1)!.type).toBe("LOG_KEY_ADDED");
});

test("closing while events come in: each is either before the closing or refused", async () => {
  const acme = await create();
  const writing = Array.from({ length: 60 }, (_, i) =>
    new Promise((resolve) => setTimeout(resolve, i)).then(() => services.record(acme, anEvent())),
  );
  const closing = new Promise((resolve) => setTimeout(resolve, 20)).then(() =>
    people.closeOrganization({ organization: acme, initiator }),
  );
  const results = await Promise.allSettled(writing);
  await closing;
  const recorded = results.filter((each) => each.status === "fulfilled").length;
  const types = (await events(acme)).map((event) => event.type);
  expect(types).toEqual(["LOG_OPENED", ...Array(recorded).fill("API_CLIENT_UPDATED"), "ORGANIZATION_CLOSED"]);
  for (const each of results) {
    if (each.status === "rejected") expect(each.reason).toMatchObject({ code: "organization-closed" });
  }
});

test("the reserved organization can't be changed, has no members, and can't be closed", async () => {
  const organization = await people.organization("daybook", "everything");
  const request = { organization, initiator };
  for (const change of [
    () => people.changeSettings({ ...request, details: { name: "x" } }),
    () => people.closeOrganization(request),
    () => people.invite({ ...request, email: "anne@example.org", role: "OWNER" }),
    () => people.addTeam({ ...request, name: "Payments" }),
  ])
    await expect(change()).rejects.toMatchObject({ code: "not-allowed" });
});

test("what does not exist is not found, by slug or id", async () => {
  for (const slugOrId of ["no-such", "org_aaaaaaaaaaaaaaaaaaaaaaaaaa", "", "'; DROP TABLE event; --"]) {
    await expect(people.organization(slugOrId, "everything")).rejects.toMatchObject({
      code: "organization-not-found",
    });
    await expect(people.knownOrganization(slugOrId)).rejects.toMatchObject({
      code: "organization-not-found",
    });
  }
});

test("a thousand organizations that are asked for at once are one read, and one that is not there fails alone", async () => {
  const { store } = services;
  const acme = await create();
  const reads: number[] = [];
  let failing = false;
  const counted: Store = {
    ...store,
    organizationsNamed: async (slugsOrIds) => {
      reads.push(slugsOrIds.length);
      if (failing) throw new StoreError("unavailable", "The database is stopped.");
      return store.organizationsNamed(slugsOrIds);
    },
  };
  const cold = openPeople({ store: counted, log: services.log });
  const others = Array.from({ length: 997 }, (_, n) => `no-such-${n}`);
  const askAll = (): Promise<PromiseSettledResult<Organization>[]> =>
    Promise.allSettled([
      ...others.map((slug) => cold.knownOrganization(slug)),
      ...[acme.slug, acme.id, acme.slug].map((slugOrId) => cold.knownOrganization(slugOrId)),
      cold.organization("daybook", "everything"),
      cold.organization(acme.slug, "everything"),
    ]);
  const answers = await askAll();
  expect(reads).toEqual([1_000]);
  for (const answer of answers.slice(0, 997))
    expect(answer).toMatchObject({ status: "rejected", reason: { code: "organization-not-found" } });
  const found = answers.slice(997).map((answer) => answer.status === "fulfilled" && answer.value);
  expect(found).toEqual([acme, acme, acme, expect.objectContaining({ organizationId: 0 }), acme]);
  // for recording, what was found is remembered; the others are read again, and fail together
  failing = true;
  const failed = (await askAll()).map((answer) => answer.status === "rejected" && answer.reason.failure);
  expect(reads).toEqual([1_000, 999]);
  expect(failed).toEqual([
    ...others.map(() => "unavailable"),
    false,
    false,
    false,
    "unavailable",
    "unavailable",
  ]);
  failing = false;
  expect(await cold.organization(acme.slug, "everything")).toEqual(acme);
});

test("the same request with the same Idempotency-Key is answered as the first time, and done once", async () => {
  const idempotency = { by: "user:user_1", key: "key-1", requestHash: randomBytes(32) };
  const wanted = { slug: newSlug(), name: "Acme", initiator, idempotency };
  const all = await Promise.all(Array.from({ length: 5 }, () => people.createOrganization(wanted)));
  for (const each of all) expect(each).toEqual(all[0]);
  const acme = all[0]!;
  expect(await people.organization(acme.id, "everything")).toEqual(acme);
  const reused = { ...idempotency, requestHash: randomBytes(32) };
  await expect(
    people.createOrganization({ ...wanted, slug: newSlug(), idempotency: reused }),
  ).rejects.toMatchObject({ code: "idempotency-key-reused", status: 409 });
  // the response is what was true then
  const closing = {
    organization: acme,
    initiator,
    idempotency: { by: "user:user_1", key: "key-2", requestHash: randomBytes(32) },
  };
  const rename = {
    ...closing,
    details: { name: "New" },
    idempotency: { by: "user:user_1", key: "key-3", requestHash: randomBytes(32) },
  };
  const first = await people.changeSettings(rename);
  await people.changeSettings({ organization: acme, details: { name: "Newer" }, initiator });
  const closed = await people.closeOrganization(closing);
  expect(await people.changeSettings(rename)).toEqual(first);
  expect(await people.closeOrganization(closing)).toEqual(closed);
  await expect(
    people.createOrganization({
      ...wanted,
      idempotency: { by: "user:user_1", key: "a key", requestHash: randomBytes(32) },
    }),
  ).rejects.toMatchObject({ code: "request-invalid" });
});

test("organizations are listed by slug, page by page, without the reserved one", async () => {
  const slugs: string[] = [];
  for (let after: string | undefined; ; ) {
    const page = await people.organizations("everything", { after, limit: 7 });
    if (page.length === 0) break;
    slugs.push(...page.map((each) => each.slug));
    after = slugs.at(-1);
  }
  expect(slugs).toEqual([...new Set(slugs)].sort());
  expect(slugs).toContain("org-0");
  expect(slugs).not.toContain("daybook");
});

test("a person's list has the organizations that they are a member of, a single one's itself", async () => {
  const [first, second, other] = [await create(), await create(), await create()];
  const { userId } = await services.newMember(second, "CONSUMER");
  await services.store.write(
    (tx) => tx.insertMember({ organizationId: first.organizationId, userId, role: "OWNER" }),
    anywhere,
  );
  expect(await people.organizations({ userId }, all)).toEqual([first, second]);
  expect(await people.organizations({ userId }, { after: undefined, limit: 1 })).toEqual([first]);
  expect(await people.organizations({ userId }, { after: first.slug, limit: 9 })).toEqual([second]);
  expect(await people.organizations({ only: other }, all)).toEqual([other]);
  expect(await people.organizations({ only: other }, { after: other.slug, limit: 9 })).toEqual([]);
});

test("an organization is found within the row scope of who looks, and no other", async () => {
  const [mine, other] = [await create(), await create()];
  expect(await people.organization(mine.slug, mine.organizationId)).toEqual(mine);
  for (const rowScope of [other.organizationId, nothing])
    await expect(people.organization(mine.id, rowScope)).rejects.toMatchObject({
      code: "organization-not-found",
    });
});

test("after all this the logs are whole", async () => {
  expect(await services.findings()).toEqual([]);
});
