/** Tests of viewer sessions, for every store: found with their opener's right, listed, deleted. */
import type { MemberRole, Scope } from "daybook/internal";
import { beforeAll, describe, expect, test } from "vitest";
import { nothing } from "../contract/row-scope.ts";
import type { OpenedBy, ViewerSession } from "../contract/viewer-sessions.ts";
import type { Store } from "../store.ts";
import { anywhere } from "./anywhere.ts";
import { expectToFollow } from "./expecting.ts";
import type { TestDatabase } from "./harness.ts";
import { newOrganization } from "./sample-events.ts";
import { newClient, newHash, newSession, newUser, plainHash, sampleId } from "./sample-people.ts";

const end = 2_000_000_000_123_456n;

export function viewerSessions(database: () => TestDatabase): void {
  describe("viewer sessions", () => {
    let store: Store;

    beforeAll(async () => {
      store = await database().open();
      return () => store.close();
    });

    const who = { viewerId: "it's \\ 🎉", viewerName: null, onlyTarget: "api:a_1" };
    const open = async (
      organizationId: number,
      openedBy: OpenedBy,
      more: Partial<Pick<ViewerSession, "id" | "role" | "expiresAt">> = {},
    ): Promise<Uint8Array> => {
      const tokenHash = newHash();
      const session = {
        id: sampleId("viewer"),
        organizationId,
        role: "AUDITOR" as const,
        ...who,
        expiresAt: end,
      };
      await store.write(
        (tx) => tx.insertViewerSession({ tokenHash, openedBy, ...session, ...more }),
        anywhere,
      );
      return tokenHash;
    };
    const may = async (tokenHash: Uint8Array): Promise<boolean> =>
      (await store.viewerSessions([tokenHash], 0n))[0]!.openerMay;
    const auditing = ["events:read", "audit-log:download"] as const;
    const operatorToken = async (): Promise<OpenedBy> => {
      const hash = newHash();
      const deployment = { logName: "log.example", publicKey: newHash(), operatorTokenHash: hash };
      await store.write((tx) => tx.insertDeployment(deployment), anywhere);
      await expectToFollow(store, (tx) => tx.operatorTokenHashForUpdate());
      return { kind: "operator", tokenHash: (await store.deployment())!.operatorTokenHash };
    };

    test("are found with their organization and who opened them", async () => {
      const organization = await newOrganization(store);
      const { organizationId } = organization;
      const { client } = await newClient(store, organizationId, { scopes: auditing });
      const id = sampleId("viewer");
      const tokenHash = await open(organizationId, { kind: "api_client", id: client.id }, { id });
      const [held] = await store.viewerSessions([newHash(), tokenHash], 0n);
      expect(plainHash(held!)).toEqual({
        tokenHash: [...tokenHash],
        id,
        organizationId,
        role: "AUDITOR",
        ...who,
        opener: { kind: "api_client", id: client.id, name: client.name },
        createdAt: held!.createdAt,
        expiresAt: end,
        organization,
        openerMay: true,
      });
      expect(await store.viewerSessions([newHash()], 0n)).toEqual([]);
    });

    test("know whether the API client that opened them still may", async () => {
      const { organizationId } = await newOrganization(store);
      const ofClient = async (expiresOn = "2099-12-31"): Promise<[string, Uint8Array]> => {
        const { client } = await newClient(store, organizationId, { expiresOn, scopes: auditing });
        return [client.id, await open(organizationId, { kind: "api_client", id: client.id })];
      };
      const today = new Date(Number((await store.clock()) / 1000n)).toISOString().slice(0, 10);
      const [revoked, ofRevoked] = await ofClient();
      const [deleted, ofDeleted] = await ofClient();
      expect([await may(ofRevoked), await may(ofDeleted)]).toEqual([true, true]);
      await store.write(async (tx) => {
        await tx.revokeApiClient(organizationId, revoked);
        await tx.deleteApiClient(organizationId, deleted);
      }, anywhere);
      expect([await may(ofRevoked), await may(ofDeleted)]).toEqual([false, false]);
      expect(await may((await ofClient(today))[1])).toBe(true);
      expect(await may((await ofClient("2026-01-01"))[1])).toBe(false);
      expect(await may(await open(organizationId, { kind: "api_client", id: "client_none" }))).toBe(false);
    });

    test.each<[readonly Scope[], MemberRole, boolean]>([
      [["events:read"], "CONSUMER", true],
      [["events:read"], "DESIGNER", true],
      [["events:read"], "AUDITOR", false],
      [["events:read"], "OWNER", false],
      [auditing, "OWNER", true],
      [["audit-log:download"], "CONSUMER", false],
    ])("of a client with %j as %s: %s", async (scopes, role, works) => {
      const { organizationId } = await newOrganization(store);
      const { client } = await newClient(store, organizationId, { scopes });
      expect(await may(await open(organizationId, { kind: "api_client", id: client.id }, { role }))).toBe(
        works,
      );
    });

    test("know whether the person who opened them is an operator, in a session that goes on", async () => {
      const { organizationId } = await newOrganization(store);
      const { userId, id, name, email } = await newUser(store, { isOperator: true });
      const sessionIds = [sampleId("session"), sampleId("session")] as const;
      for (const sessionId of sessionIds) await newSession(store, userId, { id: sessionId });
      const tokens = [];
      for (const sessionId of sessionIds)
        tokens.push(await open(organizationId, { kind: "user", userId, sessionId }));
      const [first, second] = tokens as [Uint8Array, Uint8Array];
      expect((await store.viewerSessions([first], 0n))[0]!.opener).toEqual({
        kind: "user",
        user: { userId, id, name, email },
      });
      expect([await may(first), await may(second)]).toEqual([true, true]);
      await store.write((tx) => tx.deleteSessions({ userId, id: sessionIds[0] }), anywhere);
      expect([await may(first), await may(second)]).toEqual([false, true]);
      await store.write((tx) => tx.updateUser(userId, { isOperator: false }), anywhere);
      expect(await may(second)).toBe(false);
    });

    test("know whether something was done lately in the session that opened them", async () => {
      const { organizationId } = await newOrganization(store);
      const { userId } = await newUser(store, { isOperator: true });
      const sessionId = sampleId("session");
      const lastSeenAt = 1_900_000_000_000_001n;
      await newSession(store, userId, { id: sessionId, lastSeenAt });
      const id = sampleId("viewer");
      const tokenHash = await open(organizationId, { kind: "user", userId, sessionId }, { id });
      const page = { rowScope: "everything" as const, now: end - 1n, after: undefined, limit: 10 };
      const found = async (seenSince: bigint): Promise<[boolean, number]> => [
        (await store.viewerSessions([tokenHash], seenSince))[0]!.openerMay,
        (await store.viewerSessionsOf(organizationId, { ...page, seenSince })).length,
      ];
      expect(await found(lastSeenAt - 1n)).toEqual([true, 1]);
      expect(await found(lastSeenAt)).toEqual([false, 0]);
    });

    test("know whether the operator token that opened them is the one that works", async () => {
      const { organizationId } = await newOrganization(store);
      const openedBy = await operatorToken();
      const tokenHash = await open(organizationId, openedBy);
      expect((await store.viewerSessions([tokenHash], 0n))[0]!.opener).toEqual({ kind: "operator" });
      expect(await may(tokenHash)).toBe(true);
      expect(await may(await open(organizationId, { kind: "operator", tokenHash: newHash() }))).toBe(false);
      await store.write((tx) => tx.setOperatorTokenHash(newHash()), anywhere);
      expect(await may(tokenHash)).toBe(false);
    });

    test("are listed while they work, the newest first, of one client if asked; and are deleted", async () => {
      const { organizationId } = await newOrganization(store);
      const { client } = await newClient(store, organizationId, { scopes: auditing });
      const other = await newClient(store, organizationId, { scopes: ["events:read"] });
      const ids = ["viewer_a", "viewer_b", "viewer_c"];
      for (const id of ids) await open(organizationId, { kind: "api_client", id: client.id }, { id });
      const ofOther = { kind: "api_client", id: other.client.id } as const;
      await open(organizationId, ofOther, { id: "viewer_d", role: "CONSUMER" });
      await open(organizationId, ofOther, { id: "viewer_over", role: "CONSUMER", expiresAt: end - 1n });
      await open(organizationId, ofOther, { id: "viewer_may_not", role: "OWNER" });
      const from = { after: undefined, limit: 10 };
      const page = { rowScope: "everything" as const, now: end - 1n, seenSince: 0n, ...from };
      const idsOf = async (more: object = {}): Promise<string[]> =>
        (await store.viewerSessionsOf(organizationId, { ...page, ...more })).map(({ id }) => id);
      expect(await idsOf()).toEqual(["viewer_d", "viewer_c", "viewer_b", "viewer_a"]);
      const [first] = await store.viewerSessionsOf(organizationId, { ...page, limit: 1 });
      expect(await idsOf({ after: first })).toEqual(["viewer_c", "viewer_b", "viewer_a"]);
      expect(await idsOf({ clientId: other.client.id })).toEqual(["viewer_d"]);
      expect(await idsOf({ now: end })).toEqual([]);
      expect(await idsOf({ rowScope: organizationId })).toHaveLength(4);
      for (const rowScope of [nothing, organizationId + 1]) expect(await idsOf({ rowScope })).toEqual([]);
      await expectToFollow(store, (tx) => tx.viewerSessionForUpdate(organizationId, "viewer_a"));
      await store.write(async (tx) => {
        expect(await tx.viewerSessionForUpdate(organizationId, "viewer_none")).toBeUndefined();
        expect(await tx.viewerSessionForUpdate(organizationId + 1, "viewer_b")).toBeUndefined();
        expect(await tx.viewerSessionForUpdate(organizationId, "viewer_b")).toMatchObject({
          id: "viewer_b",
          ...who,
        });
        await tx.deleteViewerSession(organizationId, "viewer_b");
      }, anywhere);
      expect(await idsOf()).toEqual(["viewer_d", "viewer_c", "viewer_a"]);
    });
  });
}
