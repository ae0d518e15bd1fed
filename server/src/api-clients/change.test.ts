/** Adding, renaming, rotating, revoking and deleting API clients: each with its event, or neither. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Fault } from "../log/testing/failing.ts";
import { credentialOf } from "../secrets/index.ts";
import { StoreError } from "../store/contract/errors.ts";
import { anywhere } from "../store/testing/anywhere.ts";
import { hashOf } from "../tokens/index.ts";
import type { ClientOrganization } from "./organization.ts";
import { changeRequest, minute, type OpenedApiClients, openClients } from "./testing/open.ts";

let dependencies: OpenedApiClients;
let organization: ClientOrganization;
beforeAll(async () => {
  dependencies = await openClients();
});
afterAll(() => dependencies.close());
beforeEach(async () => {
  dependencies.fail(undefined);
  organization = await dependencies.organization();
});

const refused = (code: string) => expect.objectContaining({ code });
const types = async (): Promise<string[]> =>
  (await dependencies.recorded(organization)).map(({ type }) => type);
const change = (id: string) => ({ organization, id, ...changeRequest });
const page = { after: undefined, limit: 100 };
const keyed = (key: string) => ({
  ...changeRequest,
  idempotency: { by: "user:user_1", key, requestHash: new Uint8Array(32) },
});

describe("adding", () => {
  test("shows the token once, and keeps its hash and prefix only", async () => {
    const { client, token, version } = await dependencies.add(organization, { name: "  Register sandbox " });
    expect(client).toEqual({
      id: expect.stringMatching(/^client_[a-z2-7]{26}$/),
      name: "Register sandbox",
      expiresOn: "2027-05-31",
      status: "active",
      scopes: ["events:write"],
      createdBy: { type: "user", id: "u_17", name: "Anne Wilson", hasLeft: false },
      createdAt: expect.stringMatching(/Z$/),
      lastUsedOn: null,
      tokenPrefix: token.slice(0, 15),
      expiresWithinDays: null,
    });
    expect([version, token]).toEqual([1, expect.stringMatching(/^dbk_live_[0-9A-Za-z]{49}$/)]);
    expect(await dependencies.clients.show(organization, client.id)).toEqual({ client, version });
    const [recorded] = await dependencies.recorded(organization);
    expect(recorded).toMatchObject({
      type: "API_CLIENT_ADDED",
      actor: { type: "user", id: "u_17" },
      targets: [{ type: "api_client", id: client.id, name: "Register sandbox" }],
      data: {
        clientId: client.id,
        name: "Register sandbox",
        expiresOn: "2027-05-31",
        scopes: ["events:write"],
      },
    });
    expect(JSON.stringify(recorded)).not.toContain(token.slice(9));
  });

  test("a name that another has, in another case or composition, is taken until that one is deleted", async () => {
    for (const [one, same] of [
      ["Register sandbox", " REGISTER Sandbox"],
      ["Zoë", "Zoe\u0308"],
      ["STRASSE", "straße"],
    ] as const) {
      const { client } = await dependencies.add(organization, { name: one });
      await expect(dependencies.add(organization, { name: same })).rejects.toThrow(refused("name-taken"));
      await expect(dependencies.add(organization, { name: same })).rejects.toMatchObject({
        issues: [{ pointer: "/name" }],
      });
      await dependencies.clients.revoke(change(client.id));
      await expect(dependencies.add(organization, { name: same })).rejects.toThrow(refused("name-taken"));
      await dependencies.clients.delete(change(client.id));
      await dependencies.add(organization, { name: same });
      await dependencies.add(await dependencies.organization(), { name: same });
    }
  });

  test("the same request under one key is done once, and its token is not shown again", async () => {
    const first = await dependencies.add(organization, { name: "Once", ...keyed("k") });
    const { token, ...rest } = first;
    const again = await dependencies.clients.add({
      organization,
      creatorId: null,
      name: "Once",
      expiresOn: "2027-05-31",
      scopes: ["events:write"],
      ...keyed("k"),
    });
    expect(again).toEqual(rest);
    expect("token" in again).toBe(false);
    expect(await types()).toEqual(["API_CLIENT_ADDED"]);
    await dependencies.authenticate(token);
  });

  test("is refused in the reserved organization and in a closed one", async () => {
    // except registering event types for the whole service
    const reserved = { ...organization, organizationId: 0 };
    for (const scopes of [["events:write"], ["event-types:write", "events:read"]])
      await expect(dependencies.add(reserved, { scopes })).rejects.toThrow(refused("request-invalid"));
    await close();
    await expect(dependencies.add(organization)).rejects.toThrow(refused("organization-closed"));
  });
});

describe("renaming", () => {
  test("changes the name only, and says from what to what", async () => {
    const { client, token } = await dependencies.add(organization, { name: "Old" });
    const renamed = await dependencies.clients.rename({ ...change(client.id), name: " New ", ifVersion: 1 });
    expect(renamed).toEqual({ client: { ...client, name: "New" }, version: 2 });
    expect(await dependencies.clients.show(organization, client.id)).toEqual(renamed);
    expect((await dependencies.recorded(organization)).at(-1)).toMatchObject({
      type: "API_CLIENT_UPDATED",
      targets: [{ type: "api_client", id: client.id, name: "New" }],
      changes: [{ path: "/name", label: "Client name", from: "Old", to: "New" }],
      data: { clientId: client.id, name: "New", expiresOn: "2027-05-31", scopes: ["events:write"] },
    });
    await dependencies.authenticate(token);
  });

  test("to the same name changes and logs nothing; to another case of it does", async () => {
    const { client } = await dependencies.add(organization, { name: "Same" });
    expect((await dependencies.clients.rename({ ...change(client.id), name: "Same " })).version).toBe(1);
    expect(await types()).toEqual(["API_CLIENT_ADDED"]);
    expect((await dependencies.clients.rename({ ...change(client.id), name: "SAME" })).version).toBe(2);
  });

  test("to a name that another has is refused", async () => {
    const { client } = await dependencies.add(organization, { name: "One" });
    await dependencies.add(organization, { name: "Two" });
    const rename = dependencies.clients.rename({ ...change(client.id), name: "TWO" });
    await expect(rename).rejects.toThrow(refused("name-taken"));
  });

  test("of a revoked, a deleted, an unknown client and one of another organization is refused", async () => {
    const { client } = await dependencies.add(organization);
    const rename = (id: string) => dependencies.clients.rename({ ...change(id), name: "New" });
    await dependencies.clients.revoke(change(client.id));
    await expect(rename(client.id)).rejects.toThrow(refused("api-client-revoked"));
    await dependencies.clients.delete(change(client.id));
    await expect(rename(client.id)).rejects.toThrow(refused("api-client-not-found"));
    const { client: foreign } = await dependencies.add(await dependencies.organization());
    for (const id of [foreign.id, "client_", "", "a\0b", "'", "x".repeat(200)])
      await expect(rename(id)).rejects.toThrow(refused("api-client-not-found"));
  });

  test("two at once from the same version: one is refused", async () => {
    const { client } = await dependencies.add(organization);
    const both = ["One", "Two"].map((name) =>
      dependencies.clients.rename({ ...change(client.id), name, ifVersion: 1 }),
    );
    const results = await Promise.allSettled(both);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(results.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { code: "changed-meanwhile" },
    });
    expect(await types()).toEqual(["API_CLIENT_ADDED", "API_CLIENT_UPDATED"]);
  });
});

describe("rotating", () => {
  test("while the clock is ahead does not let the old token work beyond the longest overlap", async () => {
    const week = 7n * 1_440n * minute;
    for (const [ahead, works] of [
      [minute, true],
      [2n * minute, false],
    ] as const) {
      const first = await dependencies.add(organization);
      dependencies.move(ahead);
      await dependencies.clients.rotate({
        ...change(first.client.id),
        overlapMinutes: Number(week / minute),
      });
      dependencies.move(-ahead);
      const authenticated = dependencies.authenticate(first.token);
      if (works) await authenticated;
      else await expect(authenticated).rejects.toMatchObject({ code: "not-authenticated" });
    }
  });

  test("stops the old tokens at once, unless an overlap is chosen", async () => {
    const first = await dependencies.add(organization);
    const second = await dependencies.clients.rotate({ ...change(first.client.id), overlapMinutes: 10 });
    const third = await dependencies.clients.rotate({ ...change(first.client.id), overlapMinutes: 20 });
    expect([second.version, third.version]).toEqual([2, 3]);
    expect(third.client.tokenPrefix).toBe(third.token?.slice(0, 15));
    const tokens = [first, second, third].map(({ token }) => token as string);
    const work = async (): Promise<boolean[]> =>
      (await Promise.allSettled(tokens.map((token) => dependencies.authenticate(token)))).map(
        ({ status }) => status === "fulfilled",
      );
    expect(await work()).toEqual([true, true, true]);
    dependencies.move(10n * minute - 1n);
    expect(await work()).toEqual([true, true, true]);
    dependencies.move(1n);
    expect(await work()).toEqual([false, true, true]);
    const { token: fourth } = await dependencies.clients.rotate(change(first.client.id));
    expect(await work()).toEqual([false, false, false]);
    await dependencies.authenticate(fourth as string);
    const recorded = (await dependencies.recorded(organization)).filter(
      ({ type }) => type === "API_CLIENT_TOKEN_ROTATED",
    );
    expect(recorded.map(({ data }) => data.overlapUntil)).toEqual([
      "2026-11-25T12:10:00.000000Z",
      "2026-11-25T12:20:00.000000Z",
      undefined,
    ]);
    // for each new token, the prefix for tracing a leaked one and the credential for checking its hash
    const issued = [...tokens.slice(1), fourth as string];
    expect(recorded.map(({ data }) => [data.tokenPrefix, data.credential])).toEqual(
      issued.map((token) => [token.slice(0, 15), credentialOf(hashOf(token))]),
    );
    for (const token of issued) expect(JSON.stringify(recorded)).not.toContain(token.slice(0, 16));
  });

  test("no old token outlives its client", async () => {
    const { client } = await dependencies.add(organization, { expiresOn: expiresIn(2) });
    await dependencies.clients.rotate({ ...change(client.id), overlapMinutes: 10_080 });
    const [, { data }] = (await dependencies.recorded(organization)) as [
      unknown,
      { data: { overlapUntil: string } },
    ];
    expect(data.overlapUntil).toBe(`${expiresIn(3)}T00:00:00.000000Z`);
  });

  test("is refused for what is revoked or has expired", async () => {
    const { client } = await dependencies.add(organization, { expiresOn: expiresIn(1) });
    const { client: other } = await dependencies.add(organization);
    await dependencies.clients.revoke(change(other.id));
    await expect(dependencies.clients.rotate(change(other.id))).rejects.toThrow(
      refused("api-client-revoked"),
    );
    const before = dependencies.now();
    dependencies.move(2n * 1440n * minute);
    await expect(dependencies.clients.rotate(change(client.id))).rejects.toThrow(
      refused("api-client-expired"),
    );
    dependencies.set(before);
  });

  test("under one key is done once, and its token is not shown again", async () => {
    const { client } = await dependencies.add(organization);
    const rotate = () => dependencies.clients.rotate({ organization, id: client.id, ...keyed("rotate") });
    const first = await rotate();
    const again = await rotate();
    expect(again).toEqual({ client: first.client, version: 2 });
    await dependencies.authenticate(first.token as string);
  });
});

const expiresIn = (days: number): string =>
  new Date(Number(dependencies.now() / 1000n) + days * 86_400_000).toISOString().slice(0, 10);

describe("revoking and deleting", () => {
  test("stop the token at once; twice changes and logs nothing; what is revoked can be deleted", async () => {
    const { client, token } = await dependencies.add(organization);
    const revoked = await dependencies.clients.revoke({ ...change(client.id), reason: " leaked " });
    expect(revoked).toMatchObject({ client: { status: "revoked", expiresWithinDays: null }, version: 2 });
    await expect(dependencies.authenticate(token)).rejects.toThrow(refused("not-authenticated"));
    expect(await dependencies.clients.revoke({ ...change(client.id), reason: "again" })).toEqual(revoked);
    expect(await dependencies.clients.list(organization, page)).toEqual([revoked]);
    await dependencies.clients.delete(change(client.id));
    await dependencies.clients.delete(change(client.id));
    expect(await dependencies.clients.list(organization, page)).toEqual([]);
    await expect(dependencies.clients.show(organization, client.id)).rejects.toThrow(
      refused("api-client-not-found"),
    );
    await dependencies.clients.demandKnown(organization, client.id);
    await expect(dependencies.clients.revoke(change(client.id))).rejects.toThrow(
      refused("api-client-not-found"),
    );
    expect(await types()).toEqual(["API_CLIENT_ADDED", "API_CLIENT_REVOKED", "API_CLIENT_DELETED"]);
    const [, recorded] = await dependencies.recorded(organization);
    expect(recorded).toMatchObject({ reason: "leaked", data: { clientId: client.id, name: client.name } });
  });

  test("by two at once, are done once", async () => {
    const { client } = await dependencies.add(organization);
    const four = [1, 2, 3, 4].map(() => dependencies.clients.revoke(change(client.id)));
    expect(new Set((await Promise.all(four)).map(({ version }) => version))).toEqual(new Set([2]));
    await Promise.all([1, 2, 3, 4].map(() => dependencies.clients.delete(change(client.id))));
    expect(await types()).toEqual(["API_CLIENT_ADDED", "API_CLIENT_REVOKED", "API_CLIENT_DELETED"]);
  });

  test("in a closed organization are refused: nothing works there any more", async () => {
    const { client } = await dependencies.add(organization);
    await close();
    for (const end of [dependencies.clients.revoke, dependencies.clients.delete])
      await expect(end(change(client.id))).rejects.toThrow(refused("organization-closed"));
  });
});

describe("the list", () => {
  test("is the newest first, in pages", async () => {
    const all: string[] = [];
    for (let n = 0; n < 5; n++) all.unshift((await dependencies.add(organization)).client.id);
    const first = await dependencies.clients.list(organization, { after: undefined, limit: 2 });
    const second = await dependencies.clients.list(organization, { after: first[1]!.client.id, limit: 10 });
    expect([...first, ...second].map(({ client }) => client.id)).toEqual(all);
    expect(await dependencies.clients.list(organization, { after: "a\0", limit: 10 })).toEqual([]);
  });

  test("says of what works whether it ends within 7 or 30 days", async () => {
    for (const days of [1, 7, 8, 30, 31])
      await dependencies.add(organization, { expiresOn: expiresIn(days) });
    const within = (await dependencies.clients.list(organization, page)).map(
      ({ client }) => client.expiresWithinDays,
    );
    expect(within.reverse()).toEqual([7, 7, 30, 30, null]);
  });
});

describe("each change fails", () => {
  const changes: [string, (id: string) => Promise<unknown>][] = [
    ["adding", () => dependencies.add(organization, { name: "Another" })],
    ["renaming", (id) => dependencies.clients.rename({ ...change(id), name: "Renamed" })],
    ["rotating", (id) => dependencies.clients.rotate(change(id))],
    ["revoking", (id) => dependencies.clients.revoke(change(id))],
    ["deleting", (id) => dependencies.clients.delete(change(id))],
  ];
  const failing = (fault: Omit<Fault, "times" | "error">, failure: "unavailable" | "unknown"): void =>
    dependencies.fail({ ...fault, times: 1, error: () => new StoreError(failure, "test") });

  test.each(changes)(
    "%s that was not done leaves nothing, and works when it is sent again",
    async (_, work) => {
      const { client } = await dependencies.add(organization);
      const before = await dependencies.clients.list(organization, page);
      for (const step of ["appendEvents", "updateHeads", "commit"] as const) {
        failing({ step, done: false }, "unavailable");
        await expect(work(client.id)).rejects.toThrow(refused("store-unavailable"));
        expect(await dependencies.clients.list(organization, page)).toEqual(before);
        expect(await types()).toEqual(["API_CLIENT_ADDED"]);
      }
      dependencies.fail(undefined);
      await work(client.id);
      expect(await types()).toHaveLength(2);
    },
  );

  test.each(changes)(
    "%s that was done but reported failed is answered as done, and logged once",
    async (_, work) => {
      const { client } = await dependencies.add(organization);
      failing({ step: "commit", done: true }, "unknown");
      await work(client.id);
      expect(await types()).toHaveLength(2);
    },
  );
});

async function close(): Promise<void> {
  await dependencies.log.change(async (tx) => {
    await tx.rows.closeOrganization(organization.organizationId);
    tx.closeLog(organization);
    const { id, slug, name } = organization;
    const data = { organizationId: id, slug, name };
    const targets = [{ type: "organization", id, name }];
    const { actor, recordedBy } = changeRequest.initiator;
    await tx.record(organization, { type: "ORGANIZATION_CLOSED", actor, targets, data }, recordedBy);
  }, anywhere);
}
