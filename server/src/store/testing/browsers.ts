/** Tests of sessions' last requests and of known browsers, for every store. */
import { beforeAll, describe, expect, test } from "vitest";
import type { Store } from "../store.ts";
import { anywhere } from "./anywhere.ts";
import { failed } from "./expecting.ts";
import type { TestDatabase } from "./harness.ts";
import { newHash, newSession, newUser } from "./sample-people.ts";

const end = 2_000_000_000_123_456n;

export function browsers(database: () => TestDatabase): void {
  describe("browsers", () => {
    let store: Store;

    beforeAll(async () => {
      store = await database().open();
      return () => store.close();
    });

    describe("when a session was seen", () => {
      test("begins when it was made, goes on by what is noted, and never back", async () => {
        const { userId } = await newUser(store);
        const [one, two] = [await newSession(store, userId), await newSession(store, userId)];
        const [held] = await store.sessions([one]);
        expect(held!.lastSeenAt).toBe(held!.createdAt);
        const at = held!.lastSeenAt + 60_000_000n;
        await store.noteSeen([
          { tokenHash: two, at: at + 1n },
          { tokenHash: newHash(), at },
          { tokenHash: one, at },
        ]);
        await store.noteSeen([{ tokenHash: one, at: at - 1n }]);
        await store.noteSeen([]);
        const seen = async (hash: Uint8Array) => (await store.sessions([hash]))[0]!.lastSeenAt;
        expect([await seen(one), await seen(two)]).toEqual([at, at + 1n]);
      });

      test("is noted by many processes at once", async () => {
        const { userId } = await newUser(store);
        const hashes = await Promise.all(Array.from({ length: 20 }, () => newSession(store, userId)));
        const at = (await store.clock()) + 60_000_000n;
        const seen = hashes.map((tokenHash) => ({ tokenHash, at }));
        await Promise.all([seen, seen.toReversed(), seen].map((each) => store.noteSeen(each)));
        for (const held of await store.sessions(hashes)) expect(held.lastSeenAt).toBe(at);
      });
    });

    describe("known browsers", () => {
      const remember = (
        userId: number,
        tokenHash: Uint8Array,
        more: { before?: Uint8Array; expiresAt?: bigint } = {},
      ) =>
        store.write(
          (tx) =>
            tx.rememberBrowser({ userId, tokenHash, before: more.before, expiresAt: more.expiresAt ?? end }),
          anywhere,
        );
      const knownAt = async (tokenHash: Uint8Array): Promise<number[]> =>
        (await store.knownBrowser(tokenHash)).map(({ userId }) => userId).sort((a, b) => a - b);

      test("are known by what they show now, at each account that they signed in to", async () => {
        const [one, two] = [await newUser(store), await newUser(store)];
        const [first, second, third] = [newHash(), newHash(), newHash()];
        expect(await remember(one.userId, first)).toBe(false);
        expect(await remember(two.userId, second, { before: first })).toBe(false);
        expect(await knownAt(first)).toEqual([]);
        expect(await knownAt(second)).toEqual([one.userId, two.userId]);
        expect(await remember(one.userId, third, { before: second })).toBe(true);
        expect(await knownAt(third)).toEqual([one.userId, two.userId]);
        expect(await store.knownBrowser(newHash())).toEqual([]);
      });

      test("are no longer known where they have ended, and are forgotten all, or all but one", async () => {
        const { userId } = await newUser(store);
        const [past, next, other, more] = [newHash(), newHash(), newHash(), newHash()];
        await remember(userId, past, { expiresAt: 1n });
        expect(await remember(userId, next, { before: past })).toBe(false);
        for (const hash of [other, more]) await remember(userId, hash);
        await store.write((tx) => tx.forgetBrowsers({ userId, except: other }), anywhere);
        expect([await knownAt(next), await knownAt(other), await knownAt(more)]).toEqual([[], [userId], []]);
        await store.write((tx) => tx.forgetBrowsers({ userId }), anywhere);
        expect(await knownAt(other)).toEqual([]);
      });

      test("of an account are twenty, those that end last", async () => {
        const { userId } = await newUser(store);
        const hashes = Array.from({ length: 25 }, newHash);
        for (const [i, hash] of hashes.entries())
          await remember(userId, hash, { expiresAt: end + BigInt(i) });
        const known = await Promise.all(hashes.map(knownAt));
        expect(known.map(({ length }) => length)).toEqual([...Array(5).fill(0), ...Array(20).fill(1)]);
      });

      test("that show something else than a hash are refused", async () => {
        const { userId } = await newUser(store);
        expect(await failed(remember(userId, new Uint8Array(31)))).toBe("refused");
      });
    });
  });
}
