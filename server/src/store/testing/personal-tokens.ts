/** Tests of personal tokens, for every store. */
import { beforeAll, describe, expect, test } from "vitest";
import type { Store } from "../store.ts";
import { anywhere } from "./anywhere.ts";
import type { TestDatabase } from "./harness.ts";
import { newOrganization } from "./sample-events.ts";
import { newHash, newMember, newUser, sampleId } from "./sample-people.ts";

const end = 2_000_000_000_123_456n;

export function personalTokens(database: () => TestDatabase): void {
  describe("personal tokens", () => {
    let store: Store;

    beforeAll(async () => {
      store = await database().open();
      return () => store.close();
    });

    const tokenOf = (userId: number, expiresAt = end) => ({
      id: sampleId("token"),
      userId,
      tokenHash: newHash(),
      name: "Nightly export",
      prefix: "dbk_pat_abcdef",
      expiresAt,
    });
    const asRead = (token: ReturnType<typeof tokenOf>) => ({
      ...token,
      tokenHash: Buffer.from(token.tokenHash),
      createdAt: expect.any(BigInt),
      lastUsedOn: null,
    });

    test("are given back as they were made, with who holds them and what they are where", async () => {
      const { organizationId, id, slug } = await newOrganization(store);
      const { userId } = await newMember(store, organizationId, "AUDITOR");
      const token = tokenOf(userId);
      expect(await store.write((tx) => tx.insertPersonalToken(token), anywhere)).toEqual(asRead(token));
      expect(await store.personalTokensOf(userId)).toEqual([asRead(token)]);
      const [held, ...more] = await store.personalTokens([newHash(), token.tokenHash]);
      expect(more).toEqual([]);
      expect(held).toMatchObject({
        ...asRead(token),
        user: { userId },
        memberships: [{ organizationId, id, slug, role: "AUDITOR", teamRoles: [] }],
      });
      expect(held?.user).not.toHaveProperty("password");
    });

    test("are counted by their holder while they work, and deleted one by one or all", async () => {
      const [{ userId }, other] = [await newUser(store), await newUser(store)];
      const [one, two, old] = [tokenOf(userId), tokenOf(userId), tokenOf(userId, 1n)];
      const kept = tokenOf(other.userId);
      await store.write(async (tx) => {
        for (const token of [one, two, old, kept]) await tx.insertPersonalToken(token);
      }, anywhere);
      const remove = (which: { userId: number; id?: string }) =>
        store.write((tx) => tx.deletePersonalTokens(which), anywhere);
      expect(await store.write((tx) => tx.countPersonalTokens(userId, 1n), anywhere)).toBe(2);
      expect(await remove({ userId: other.userId, id: one.id })).toEqual([]);
      expect(await remove({ userId, id: one.id })).toEqual([asRead(one)]);
      expect(await remove({ userId, id: one.id })).toEqual([]);
      expect(await store.personalTokens([one.tokenHash])).toEqual([]);
      const all = [asRead(two), asRead(old)].sort((a, b) => (a.id < b.id ? -1 : 1));
      expect(await remove({ userId })).toEqual(all);
      expect(await store.personalTokensOf(other.userId)).toEqual([asRead(kept)]);
    });

    test("the day of their last use is noted, and never goes back", async () => {
      const { userId } = await newUser(store);
      const [used, unused] = [tokenOf(userId), tokenOf(userId)];
      await store.write(async (tx) => {
        for (const token of [used, unused]) await tx.insertPersonalToken(token);
      }, anywhere);
      await store.notePersonalTokensUsed([], "2026-11-25");
      await store.notePersonalTokensUsed([used, { tokenHash: newHash() }], "2026-11-25");
      await store.notePersonalTokensUsed([used], "2026-11-24");
      const days = async () =>
        Object.fromEntries(
          (await store.personalTokensOf(userId)).map(({ id, lastUsedOn }) => [id, lastUsedOn]),
        );
      expect(await days()).toEqual({ [used.id]: "2026-11-25", [unused.id]: null });
      await store.notePersonalTokensUsed([used], "2026-11-26");
      expect((await days())[used.id]).toBe("2026-11-26");
    });

    test("those that ended are swept out, and those that end at that time are left", async () => {
      const { userId } = await newUser(store);
      const now = 1_700_000_000_000_000n;
      const [gone, left] = [tokenOf(userId, now - 1n), tokenOf(userId, now)];
      await store.write(async (tx) => {
        for (const token of [gone, left]) await tx.insertPersonalToken(token);
      }, anywhere);
      await store.sweep(now, 1n);
      expect(await store.personalTokensOf(userId)).toEqual([asRead(left)]);
    });
  });
}
