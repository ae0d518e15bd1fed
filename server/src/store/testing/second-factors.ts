/** Tests of second factors, recovery codes and half-sessions, for every store. */
import { beforeAll, describe, expect, test } from "vitest";
import type { Store } from "../store.ts";
import { anywhere } from "./anywhere.ts";
import { conflict, expectToFollow } from "./expecting.ts";
import type { TestDatabase } from "./harness.ts";
import { newHash, newUser, sampleId } from "./sample-people.ts";

const end = 2_000_000_000_123_456n;

export function secondFactors(database: () => TestDatabase): void {
  describe("second factors", () => {
    let store: Store;

    beforeAll(async () => {
      store = await database().open();
      return () => store.close();
    });

    const factorOf = (userId: number) => ({
      userId,
      id: sampleId("factor"),
      kind: "TOTP" as const,
      sealed: "v1.key.nonce.text",
      lastStep: 59_999_999n,
    });

    test("are given back as they were made, one a person", async () => {
      const { userId } = await newUser(store);
      expect(await store.secondFactor(userId)).toBeUndefined();
      const factor = factorOf(userId);
      await store.write((tx) => tx.insertSecondFactor(factor), anywhere);
      expect(await store.secondFactor(userId)).toEqual({
        ...factor,
        createdAt: expect.any(BigInt),
        recoveryCodes: 0,
      });
      expect(await conflict(store.write((tx) => tx.insertSecondFactor(factor), anywhere))).toBe(
        "second_factor_pkey",
      );
      expect(await store.write((tx) => tx.secondFactorForUpdate(userId), anywhere)).toMatchObject(factor);
      expect(await store.secondFactors(userId - 1, 1)).toMatchObject([factor]);
      await expectToFollow(store, (tx) => tx.secondFactorForUpdate(userId));
    });

    test("their step and the key of their secret change, and nothing else", async () => {
      const [{ userId }, other] = [await newUser(store), await newUser(store)];
      await store.write((tx) => tx.insertSecondFactor(factorOf(userId)), anywhere);
      await store.write((tx) => tx.insertSecondFactor(factorOf(other.userId)), anywhere);
      await store.write(async (tx) => {
        await tx.takeStep(userId, 60_000_000n);
        await tx.resealSecondFactor(userId, "v1.other.nonce.text");
      }, anywhere);
      expect(await store.secondFactor(userId)).toMatchObject({
        lastStep: 60_000_000n,
        sealed: "v1.other.nonce.text",
      });
      expect(await store.secondFactor(other.userId)).toMatchObject({ lastStep: 59_999_999n });
    });

    test("a recovery code is taken once, by its own holder; new ones replace all; all go with the factor", async () => {
      const [{ userId }, other] = [await newUser(store), await newUser(store)];
      const codes = [newHash(), newHash(), newHash()] as const;
      await store.write(async (tx) => {
        await tx.insertSecondFactor(factorOf(userId));
        await tx.setRecoveryCodes(userId, codes);
      }, anywhere);
      const take = (of: number, code: Uint8Array) =>
        store.write((tx) => tx.takeRecoveryCode(of, code), anywhere);
      expect(await take(other.userId, codes[0])).toBe(false);
      expect(await Promise.all([take(userId, codes[0]), take(userId, codes[0])])).toContain(false);
      expect(await take(userId, codes[0])).toBe(false);
      expect((await store.secondFactor(userId))?.recoveryCodes).toBe(2);
      await store.write((tx) => tx.setRecoveryCodes(userId, [newHash()]), anywhere);
      expect(await take(userId, codes[1])).toBe(false);
      expect((await store.secondFactor(userId))?.recoveryCodes).toBe(1);
      expect(await store.write((tx) => tx.deleteSecondFactor(userId), anywhere)).toBe(true);
      expect(await store.write((tx) => tx.deleteSecondFactor(userId), anywhere)).toBe(false);
      expect(await store.secondFactor(userId)).toBeUndefined();
    });

    test("tries at a half-session are counted one by one, however many come at once", async () => {
      const { userId } = await newUser(store);
      const half = {
        tokenHash: newHash(),
        userId,
        method: "PASSWORD" as const,
        passwordHash: newHash(),
        userAgent: "Firefox",
        expiresAt: end,
      };
      await store.write((tx) => tx.insertHalfSession(half), anywhere);
      expect(await store.halfSession(half.tokenHash)).toEqual({
        ...half,
        tokenHash: Buffer.from(half.tokenHash),
        passwordHash: Buffer.from(half.passwordHash),
        tries: 0,
      });
      const all = await Promise.all(
        Array.from({ length: 5 }, () => store.write((tx) => tx.tryHalfSession(half.tokenHash), anywhere)),
      );
      expect(all.map((each) => each?.tries).sort()).toEqual([1, 2, 3, 4, 5]);
      const taken = [half, half].map(({ tokenHash }) =>
        store.write((tx) => tx.deleteHalfSession(tokenHash), anywhere),
      );
      expect((await Promise.all(taken)).sort()).toEqual([false, true]);
      expect(await store.halfSession(half.tokenHash)).toBeUndefined();
      expect(await store.write((tx) => tx.tryHalfSession(half.tokenHash), anywhere)).toBeUndefined();
      const [own, other] = [
        { ...half, tokenHash: newHash() },
        { ...half, tokenHash: newHash(), userId: userId + 1 },
      ];
      for (const each of [own, other]) await store.write((tx) => tx.insertHalfSession(each), anywhere);
      await store.write((tx) => tx.deleteHalfSessions(userId), anywhere);
      expect(await store.halfSession(own.tokenHash)).toBeUndefined();
      expect(await store.halfSession(other.tokenHash)).toBeDefined();
    });

    test("the key of secrets is named by the one that was first, and then by who knows the name before", async () => {
      const before = (await store.deployment())?.secretsKeyId ?? null;
      const name = (id: string, from: string | null) =>
        store.write((tx) => tx.setSecretsKeyId(id, from), anywhere);
      const firsts = await Promise.all([name("one", before), name("two", before)]);
      expect(firsts.filter(Boolean)).toHaveLength(1);
      const kept = (await store.deployment())!.secretsKeyId!;
      expect(await name("three", "nobody")).toBe(false);
      expect(await name("three", kept)).toBe(true);
      expect((await store.deployment())?.secretsKeyId).toBe("three");
      const add = () =>
        store.write(async (tx) => {
          const name = (await tx.secretsKeyIdForUpdate()) ?? "";
          return await tx.setSecretsKeyId(`${name}+`, name);
        }, anywhere);
      expect(await Promise.all([add(), add(), add()])).toEqual([true, true, true]);
      expect((await store.deployment())?.secretsKeyId).toBe("three+++");
    });
  });
}
