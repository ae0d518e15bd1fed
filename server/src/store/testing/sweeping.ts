/** Tests of sweeping, for every store: it removes all expired rows without effect, and no others. */
import { beforeAll, describe, expect, test } from "vitest";
import type { Store } from "../store.ts";
import { anywhere } from "./anywhere.ts";
import type { TestDatabase } from "./harness.ts";
import { newOrganization } from "./sample-events.ts";
import { newClient, newHash, newSession, newUser } from "./sample-people.ts";

const now = 1_700_000_000_000_000n;
const longAgo = 1n;

export function sweeping(database: () => TestDatabase): void {
  describe("sweeping", () => {
    let store: Store;

    beforeAll(async () => {
      store = await database().open();
      return () => store.close();
    });

    test("takes out sessions and codes that ended before that time, and leaves those that end then", async () => {
      const { organizationId } = await newOrganization(store);
      const { userId } = await newUser(store);
      const codes = [newHash(), newHash()] as const;
      const viewers = [newHash(), newHash()] as const;
      const viewer = { id: "viewer_1", viewerId: "v", viewerName: null, onlyTarget: null };
      const openedBy = { kind: "operator", tokenHash: newHash() } as const;
      const sessions: Uint8Array[] = [];
      for (const [index, expiresAt] of [now - 1n, now].entries()) {
        sessions.push(await newSession(store, userId, { expiresAt }));
        await store.write(async (tx) => {
          await tx.insertCode({ codeHash: codes[index]!, userId, expiresAt, issuedBy: null });
          const of = { ...viewer, organizationId, openedBy, role: "AUDITOR" as const };
          await tx.insertViewerSession({
            ...of,
            id: `viewer_${index}`,
            tokenHash: viewers[index]!,
            expiresAt,
          });
        }, anywhere);
      }
      await store.sweep(now, longAgo);
      const left = async (find: (hash: Uint8Array) => Promise<unknown>, hashes: readonly Uint8Array[]) =>
        Promise.all(hashes.map(async (hash) => (await find(hash)) !== undefined));
      expect(await left(async (hash) => (await store.sessions([hash]))[0], sessions)).toEqual([false, true]);
      expect(await left(async (hash) => (await store.viewerSessions([hash], 0n))[0], viewers)).toEqual([
        false,
        true,
      ]);
      expect(await left((hash) => store.code(hash), codes)).toEqual([false, true]);
    });

    test("takes out keys that were used before that time, and nothing that stands for something", async () => {
      const { organizationId } = await newOrganization(store);
      const { client, tokenHash } = await newClient(store, organizationId, { expiresOn: "2000-01-01" });
      const claim = (key: string) =>
        store.write((tx) => tx.claimIdempotencyKey(organizationId, key, new Uint8Array(32)), anywhere);
      const answer = (key: string) =>
        store.write(
          (tx) => tx.answerIdempotencyKey(organizationId, key, { status: 201, body: key }),
          anywhere,
        );
      await claim("old");
      await answer("old");
      const between = await store.clock();
      await claim("new");
      await answer("new");
      await store.sweep(longAgo, between);
      expect(await claim("old")).toBeUndefined();
      expect((await claim("new"))?.body).toBe("new");
      expect((await store.tokens([tokenHash]))[0]?.client).toEqual(client);
      expect((await store.heads([organizationId]))[0]?.size).toBe(0n);
    });

    test("takes out more than a portion, and leaves what somebody else holds for the next time", async () => {
      const { userId } = await newUser(store);
      await database().plant(`INSERT INTO session (token_hash, id, user_id, method, expires_at)
        SELECT sha256(('swept ' || n)::bytea), 'session_' || n, ${userId}, 'PASSWORD', '2001-01-01Z'
        FROM generate_series(1, 2500) n`);
      const held = await newSession(store, userId, { id: "held", expiresAt: longAgo });
      await store.write(async (tx) => {
        await tx.deleteSessions({ userId, id: "held" });
        await store.sweep(now, longAgo);
      }, anywhere);
      expect(await store.sessionsOf(userId)).toEqual([]);
      expect(await store.sessions([held])).toEqual([]);
      const browser = { userId, before: undefined };
      const [gone, kept] = [newHash(), newHash()];
      await store.write(async (tx) => {
        await tx.rememberBrowser({ ...browser, tokenHash: gone, expiresAt: longAgo });
        await tx.rememberBrowser({ ...browser, tokenHash: kept, expiresAt: now + 60_000_000n });
      }, anywhere);
      await store.sweep(now, longAgo);
      expect(await store.knownBrowser(gone)).toEqual([]);
      expect(await store.knownBrowser(kept)).toHaveLength(1);
      const again = await newSession(store, userId, { expiresAt: longAgo });
      await Promise.all([store.sweep(now, longAgo), store.sweep(now, longAgo)]);
      expect(await store.sessions([again])).toEqual([]);
    });
  });
}
