/** The expiry of API clients and its warnings: once each, with any number of processes. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { StoreError } from "../store/contract/errors.ts";
import { anywhere } from "../store/testing/anywhere.ts";
import { addDays, dayOf } from "../tokens/index.ts";
import type { ClientOrganization } from "./organization.ts";
import { changeRequest, day, noon, type OpenedApiClients, openClients } from "./testing/open.ts";

let dependencies: OpenedApiClients;
let other: OpenedApiClients;
let organization: ClientOrganization;
beforeAll(async () => {
  dependencies = await openClients();
  other = await openClients(dependencies.url);
});
afterAll(async () => {
  await other.close();
  await dependencies.close();
});
beforeEach(async () => {
  at(noon);
  dependencies.fail(undefined);
  dependencies.trust(true);
  organization = await dependencies.organization();
});

function at(time: bigint): void {
  dependencies.set(time);
  other.set(time);
}

const inDays = (days: number): string => addDays(dayOf(noon), days);

/** The scheduled events, in short. */
async function recordedTypes(): Promise<string[]> {
  const recorded = await dependencies.recorded(organization);
  return recorded
    .filter(({ type }) => type.startsWith("API_CLIENT_EXPIRE"))
    .map(({ type, data }) =>
      type === "API_CLIENT_EXPIRED" ? `${data.name} expired` : `${data.name} ${data.days}`,
    );
}

/** Runs of both processes simultaneously on each of these days. */
async function live(from: number, to: number): Promise<void> {
  for (let days = from; days <= to; days++) {
    at(noon + BigInt(days) * day);
    await Promise.all([dependencies.clients.due(), other.clients.due(), other.clients.due()]);
  }
}

test("each is warned of at 30 and at 7 days, and ends once, whoever notices", async () => {
  const { client } = await dependencies.add(organization, { name: "Long", expiresOn: inDays(40) });
  await live(0, 9);
  expect(await recordedTypes()).toEqual([]);
  await live(10, 32);
  expect(await recordedTypes()).toEqual(["Long 30"]);
  await live(33, 40);
  expect(await recordedTypes()).toEqual(["Long 30", "Long 7"]);
  await live(41, 43);
  expect(await recordedTypes()).toEqual(["Long 30", "Long 7", "Long expired"]);
  expect((await dependencies.recorded(organization)).at(-1)).toMatchObject({
    actor: { type: "system", id: "daybook" },
    recordedBy: { type: "server", id: "daybook" },
    targets: [{ type: "api_client", id: client.id, name: "Long" }],
    data: { clientId: client.id, name: "Long", expiresOn: inDays(40), scopes: ["events:write"] },
  });
});

test("one that is added late gets the warnings that still fit, and none at once", async () => {
  for (const days of [30, 20, 7, 1])
    await dependencies.add(organization, { name: `${days}`, expiresOn: inDays(days) });
  await live(0, 12);
  expect(await recordedTypes()).toEqual(["1 expired", "7 expired"]);
  await live(13, 31);
  expect(await recordedTypes()).toEqual([
    "1 expired",
    "7 expired",
    "20 7",
    "20 expired",
    "30 7",
    "30 expired",
  ]);
});

test("after a long rest only the nearest is said", async () => {
  await dependencies.add(organization, { name: "Slept", expiresOn: inDays(40) });
  await live(36, 36);
  expect(await recordedTypes()).toEqual(["Slept 7"]);
  await dependencies.add(organization, { name: "Never seen", expiresOn: inDays(100) });
  await live(200, 200);
  expect(await recordedTypes()).toEqual(["Slept 7", "Slept expired", "Never seen expired"]);
});

test("nothing is said of what is revoked or deleted", async () => {
  const { client } = await dependencies.add(organization, { expiresOn: inDays(40) });
  const { client: second } = await dependencies.add(organization, { expiresOn: inDays(40) });
  await dependencies.clients.revoke({ organization, id: client.id, ...changeRequest });
  await dependencies.clients.delete({ organization, id: second.id, ...changeRequest });
  await live(35, 45);
  expect(await recordedTypes()).toEqual([]);
});

test("a token that is presented after the end says it at once", async () => {
  const { token } = await dependencies.add(organization, { name: "Met", expiresOn: inDays(1) });
  at(noon + 2n * day);
  await Promise.allSettled(
    [1, 2, 3].flatMap(() => [dependencies.authenticate(token), other.authenticate(token)]),
  );
  await expect.poll(recordedTypes).toEqual(["Met expired"]);
  await dependencies.clients.due();
  expect(await recordedTypes()).toEqual(["Met expired"]);
});

// one hundred are read at once: two rounds, and one more
test("hundreds at a time", async () => {
  for (let n = 0; n < 7; n++) {
    const add = () => dependencies.add(organization, { expiresOn: inDays(40) });
    await Promise.all(Array.from({ length: 30 }, add));
  }
  await live(41, 41);
  expect(await recordedTypes()).toHaveLength(210);
}, 60_000);

test("a database that fails in between says it later, once", async () => {
  await dependencies.add(organization, { name: "Late", expiresOn: inDays(40) });
  at(noon + 41n * day);
  const failure = dependencies.failures.length;
  dependencies.fail({
    step: "updateHeads",
    done: false,
    times: 1,
    error: () => new StoreError("unavailable", "test"),
  });
  await dependencies.clients.due();
  expect([await recordedTypes(), dependencies.failures.length]).toEqual([[], failure + 1]);
  dependencies.fail({ step: "commit", done: true, times: 1, error: () => new StoreError("unknown", "test") });
  await dependencies.clients.due();
  await other.clients.due();
  expect(await recordedTypes()).toEqual(["Late expired"]);
});

test("nothing is recorded while the clock is not trusted, and what is true afterwards is", async () => {
  const { token } = await dependencies.add(organization, { name: "Jumped", expiresOn: inDays(200) });
  at(noon + 400n * day);
  dependencies.trust(false);
  await dependencies.clients.due();
  await expect(dependencies.authenticate(token)).rejects.toMatchObject({ code: "not-authenticated" });
  await dependencies.clients.due();
  expect(await recordedTypes()).toEqual([]);
  at(noon);
  dependencies.trust(true);
  await dependencies.clients.due();
  expect(await recordedTypes()).toEqual([]);
  await expect(dependencies.authenticate(token)).resolves.toMatchObject({ kind: "api_client" });
});

test("a wrong expiry is set right by recovering the clock: the true ones come in their time", async () => {
  await dependencies.add(organization, { name: "Far", expiresOn: inDays(200) });
  await dependencies.add(organization, { name: "Near", expiresOn: inDays(20) });
  await dependencies.add(organization, { name: "Ended", expiresOn: inDays(1) });
  await live(2, 2);
  const { client } = await dependencies.add(organization, { name: "Revoked", expiresOn: inDays(200) });
  await live(400, 400);
  await dependencies.clients.revoke({ organization, id: client.id, ...changeRequest });
  const wrong = await recordedTypes();
  expect(wrong.sort()).toEqual(["Ended expired", "Far expired", "Near expired", "Revoked expired"]);
  at(noon + 2n * day);
  const { organizationId } = organization;
  const today = dayOf(noon + 2n * day);
  await dependencies.store.write((tx) => tx.resetExpiryWarned(organizationId, today), anywhere);
  // again, it has nothing to set right
  await dependencies.store.write((tx) => tx.resetExpiryWarned(organizationId, today), anywhere);
  await live(2, 12);
  expect(await recordedTypes()).toHaveLength(4);
  await live(13, 21);
  expect((await recordedTypes()).slice(4)).toEqual(["Near 7", "Near expired"]);
  await live(170, 201);
  expect((await recordedTypes()).slice(6)).toEqual(["Far 30", "Far 7", "Far expired"]);
});

test("a day of use that a clock ahead noted is replaced by the true one", async () => {
  const { token, client } = await dependencies.add(organization, { name: "Used", expiresOn: inDays(300) });
  const usedOn = async (): Promise<unknown> =>
    (await dependencies.store.apiClient(organization.organizationId, client.id))?.lastUsedOn;
  at(noon + 100n * day);
  await dependencies.authenticate(token);
  await dependencies.clients.noteUsed();
  expect(await usedOn()).toBe(inDays(100));
  at(noon + day);
  await dependencies.authenticate(token);
  await dependencies.clients.noteUsed();
  expect(await usedOn()).toBe(inDays(1));
  // the clock of another process can be a few seconds behind at midnight
  at(noon);
  await dependencies.authenticate(token);
  await dependencies.clients.noteUsed();
  expect(await usedOn()).toBe(inDays(1));
});

test("counts how many that work end within 7 and within 30 days", async () => {
  const far = noon + 1000n * day;
  at(far);
  const from = dayOf(far);
  for (const days of [1, 7, 8, 30, 31])
    await dependencies.add(organization, { expiresOn: addDays(from, days) });
  const { client } = await dependencies.add(organization, { expiresOn: addDays(from, 2) });
  await dependencies.clients.revoke({ organization, id: client.id, ...changeRequest });
  await dependencies.clients.due();
  expect(dependencies.clients.expiring()).toEqual({ "7d": 2, "30d": 4 });
});
