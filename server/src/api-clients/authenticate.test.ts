/** The authenticator of API clients' tokens: which tokens it accepts, how soon changes count, and what the log records. */
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { isWellFormedToken, newToken } from "../secrets/index.ts";
import { anywhere } from "../store/testing/anywhere.ts";
import type { ClientOrganization } from "./organization.ts";
import { changeRequest, day, minute, noon, type OpenedApiClients, openClients } from "./testing/open.ts";

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
  dependencies.set(noon);
  organization = await dependencies.organization();
});

const inTheSameWords = {
  code: "not-authenticated",
  message: "The request has no valid token.",
  issues: [],
  remedy: "Send 'Authorization: Bearer <token>' with a token that is still valid.",
};
const refuses = (token: string, by = dependencies): Promise<void> =>
  expect(by.authenticate(token)).rejects.toMatchObject(inTheSameWords);
const change = (id: string) => ({ organization, id, ...changeRequest });

/** The log's events about denied attempts, after the noted ones are recorded. */
async function denials(): Promise<unknown[]> {
  await dependencies.denials.flush();
  const recorded = await dependencies.recorded(organization);
  return recorded
    .filter(({ type }) => type === "API_CLIENT_REFUSED")
    .map(({ data }) => [data.why, data.count]);
}

test("a token that works says whose it is", async () => {
  const { client, token } = await dependencies.add(organization, { name: "Sandbox" });
  expect(await dependencies.authenticate(token)).toMatchObject({
    kind: "api_client",
    id: client.id,
    actor: { type: "api_client", id: client.id, name: "Sandbox" },
    recordedBy: { type: "api_client", id: client.id },
    client: { scopes: ["events:write"] },
    organization: { id: organization.id, closedAt: null },
  });
  expect(await denials()).toEqual([]);
});

describe("what no client holds is refused and counted, and nobody's log tells of it:", () => {
  test.each<[string, (token: string) => string, "malformed" | "unknown"]>([
    ["cut short", (token) => token.slice(0, -1), "malformed"],
    ["one character longer", (token) => `${token}0`, "malformed"],
    [
      "with one bit changed",
      (token) => token.slice(0, 20) + flipped(token[20]!) + token.slice(21),
      "malformed",
    ],
    ["the prefix alone", () => "dbk_live_", "malformed"],
    ["in other letters", (token) => `${token.slice(0, -1)}é`, "malformed"],
    ["with U+0000", (token) => `${token.slice(0, -1)}\0`, "malformed"],
    ["well-formed, of nobody", () => newToken("dbk_live_"), "unknown"],
  ])("%s", async (_, spoilt, why) => {
    const { token } = await dependencies.add(organization);
    const before = dependencies.clients.refusedTokens();
    await refuses(spoilt(token));
    expect(dependencies.clients.refusedTokens()).toEqual({ ...before, [why]: before[why] + 1 });
    expect(await denials()).toEqual([]);
  });

  const flipped = (character: string): string => String.fromCharCode(character.charCodeAt(0) ^ 1);
});

test("every token that is made is well-formed, and no other text that differs in one character", () => {
  const characters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_ \0é";
  const property = fc.property(
    fc.uint8Array({ minLength: 32, maxLength: 32 }),
    fc.nat(57),
    fc.constantFrom(...characters),
    (random, at, character) => {
      const token = newToken("dbk_live_", () => random);
      expect(isWellFormedToken(token, "dbk_live_")).toBe(true);
      const changed = token.slice(0, at) + character + token.slice(at + 1);
      expect(isWellFormedToken(changed, "dbk_live_")).toBe(changed === token);
    },
  );
  fc.assert(property, { numRuns: 2000 });
});

describe("a token that worked once is refused in the same words, and the client's log tells why:", () => {
  test.each<[string, (id: string) => Promise<unknown>]>([
    ["The client is revoked", (id) => dependencies.clients.revoke(change(id))],
    ["The client is deleted", (id) => dependencies.clients.delete(change(id))],
    ["The token was replaced by a newer one", (id) => dependencies.clients.rotate(change(id))],
    ["The client has expired", async () => dependencies.move(200n * day)],
    ["The organization is closed", () => close()],
  ])("%s", async (why, end) => {
    const { client, token } = await dependencies.add(organization);
    await dependencies.authenticate(token);
    await end(client.id);
    for (let n = 0; n < 3; n++) await refuses(token);
    expect(await denials()).toEqual([[why, 3]]);
    expect(
      (await dependencies.recorded(organization)).find(({ type }) => type === "API_CLIENT_REFUSED"),
    ).toMatchObject({
      actor: { type: "anonymous" },
      targets: [{ type: "api_client", id: client.id, name: client.name }],
      recordedBy: { type: "server", id: "daybook" },
    });
    await refuses(token);
    expect(await denials()).toEqual([[why, 3]]);
  });

  async function close(): Promise<void> {
    await dependencies.log.change(async (tx) => {
      await tx.rows.closeOrganization(organization.organizationId);
      tx.closeLog(organization);
      const { id, slug, name } = organization;
      const { actor, recordedBy } = changeRequest.initiator;
      const targets = [{ type: "organization", id, name }];
      const data = { organizationId: id, slug, name };
      await tx.record(organization, { type: "ORGANIZATION_CLOSED", actor, targets, data }, recordedBy);
    }, anywhere);
  }
});

test("a client works to the last microsecond of its day in UTC, and not one more", async () => {
  const { token } = await dependencies.add(organization, { expiresOn: "2026-12-31" });
  const end = BigInt(Date.parse("2027-01-01T00:00:00Z")) * 1000n;
  dependencies.set(end - 1n);
  await dependencies.authenticate(token);
  dependencies.set(end);
  await refuses(token);
  dependencies.set(end + 1_000_000n);
  await refuses(token);
});

test("what one process revokes, another refuses on the very next request, however many are under way", async () => {
  const { client, token } = await dependencies.add(organization);
  let revoked = false;
  const busy = Array.from({ length: 20 }, async () => {
    while (!revoked) await other.authenticate(token).catch(() => undefined);
  });
  await dependencies.clients.revoke(change(client.id));
  await refuses(token, other);
  await refuses(token);
  revoked = true;
  await Promise.all(busy);
});

describe("the day of last use", () => {
  const used = async (id: string): Promise<unknown> =>
    (await dependencies.clients.show(organization, id)).client.lastUsedOn;

  test("is noted once a day, and not by those who are refused", async () => {
    const { client, token } = await dependencies.add(organization);
    await dependencies.authenticate(token);
    expect(await used(client.id)).toBeNull();
    await dependencies.clients.noteUsed();
    expect(await used(client.id)).toBe("2026-11-25");
    dependencies.move(day);
    await dependencies.authenticate(token);
    await dependencies.clients.noteUsed();
    expect(await used(client.id)).toBe("2026-11-26");
    expect((await dependencies.clients.show(organization, client.id)).version).toBe(1);
    await dependencies.clients.revoke(change(client.id));
    dependencies.move(day);
    await refuses(token);
    await dependencies.clients.noteUsed();
    expect(await used(client.id)).toBe("2026-11-26");
  });

  test("is written at closing", async () => {
    const brief = await openClients(dependencies.url);
    const { client, token } = await dependencies.add(organization);
    brief.move(minute);
    await brief.authenticate(token);
    await brief.close();
    expect(await used(client.id)).toBe("2026-11-25");
  });
});
