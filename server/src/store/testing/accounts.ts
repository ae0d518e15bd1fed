/** Tests of accounts, for every store: users, sessions, viewer sessions, one-time codes. */
import { beforeAll, describe, expect, test } from "vitest";
import type { SignInMethod } from "../contract/sessions.ts";
import type { Store } from "../store.ts";
import { anywhere } from "./anywhere.ts";
import { conflict, expectOneConflict, expectToFollow, failed } from "./expecting.ts";
import type { TestDatabase } from "./harness.ts";
import { newOrganization } from "./sample-events.ts";
import {
  allPages,
  hostileWords,
  newDeployment,
  newHash,
  newMember,
  newSession,
  newTeam,
  newUser,
  password,
  plainHash,
  sameWords,
  sampleId,
  userRow,
} from "./sample-people.ts";

const end = 2_000_000_000_123_456n;

export function accounts(database: () => TestDatabase): void {
  describe("accounts", () => {
    let store: Store;

    beforeAll(async () => {
      store = await database().open();
      return () => store.close();
    });

    test("of many first set-ups at once one makes the first user", async () => {
      expect(await store.anyUser()).toBe(false);
      await expectToFollow(store, (tx) => tx.anyUserForUpdate());
      const second = await database().open();
      const setUp = (one: Store): Promise<boolean> =>
        one.write(async (tx) => {
          if (await tx.anyUserForUpdate()) return false;
          await tx.insertUser(userRow({ isOperator: true }));
          return true;
        }, anywhere);
      const firsts = await Promise.all([store, second, store, second, store].map(setUp));
      await second.close();
      expect(firsts.filter(Boolean)).toHaveLength(1);
      expect(await store.anyUser()).toBe(true);
      expect(await store.write((tx) => tx.anyUserForUpdate(), anywhere)).toBe(true);
    });

    describe("users", () => {
      test("are found by number, id, address and subject, and given back as they were made", async () => {
        const row = userRow({
          password,
          issuer: "https://id.example",
          subject: sampleId("sub"),
          isOperator: true,
        });
        const made = await newUser(store, row);
        expect(made).toEqual({ ...row, userId: made.userId, createdAt: made.createdAt });
        const { userId, id, email, subject } = made;
        const issuer = "https://id.example";
        for (const which of [{ userId }, { id }, { email }, { email: email.toUpperCase() }]) {
          expect(await store.user(which)).toEqual(made);
          expect(await store.write((tx) => tx.userForUpdate(which), anywhere)).toEqual(made);
        }
        expect(await store.user({ issuer, subject: subject! })).toEqual(made);
        expect(await store.user({ issuer: "https://other.example", subject: subject! })).toBeUndefined();
        expect(await store.user({ id: "user_none" })).toBeUndefined();
        expect(
          await store.write((tx) => tx.userForUpdate({ email: "nobody@example.com" }), anywhere),
        ).toBeUndefined();
        expect((await store.clock()) - made.createdAt).toBeLessThan(60_000_000n);
      });

      test("keep whatever words they are given", async () => {
        for (const word of hostileWords) {
          const made = await newUser(store, {
            id: sampleId(word),
            name: word,
            email: `${word}@x`,
            issuer: word,
            subject: word,
          });
          expect(await store.user({ id: made.id })).toMatchObject({ name: word, email: `${word}@x` });
          expect((await store.user({ issuer: word, subject: word }))?.id).toBe(made.id);
        }
        expect(await failed(newUser(store, { name: "a\u0000b" }))).toBe("refused");
        expect(await failed(store.user({ email: "a\u0000b" }))).toBe("refused");
      });

      test("have an address and a subject of their own, however it is written", async () => {
        for (const [one, other] of sameWords) {
          const email = `${sampleId("a")}${one}@example.com`;
          await newUser(store, { email });
          const again = newUser(store, { email: email.replace(one, other) });
          expect(await conflict(again)).toBe("user_account_email_key");
        }
        // these are two mailboxes, and two people
        const lookAlike = `${sampleId("a")}mike@strasse.example`;
        await newUser(store, { email: lookAlike });
        for (const [one, other] of [
          ["mike", "m\u0131ke"],
          ["strasse", "stra\u00dfe"],
        ] as const) {
          expect(await store.user({ email: lookAlike.replace(one, other) })).toBeUndefined();
          await newUser(store, { email: lookAlike.replace(one, other) });
        }
        const known = { issuer: "https://id.example", subject: sampleId("sub") };
        await newUser(store, known);
        expect(await conflict(newUser(store, known))).toBe("user_account_subject_key");
        const other = await newUser(store);
        const taken = store.write((tx) => tx.updateUser(other.userId, known), anywhere);
        expect(await conflict(taken)).toBe("user_account_subject_key");
        const email = `${sampleId("a")}@example.com`;
        await expectOneConflict(
          [newUser(store, { email }), newUser(store, { email: email.toUpperCase() })],
          "user_account_email_key",
        );
      });

      test("are changed in just what is given; null empties", async () => {
        const made = await newUser(store, { password });
        const update = (set: Parameters<Parameters<Parameters<Store["write"]>[0]>[0]["updateUser"]>[1]) =>
          store.write((tx) => tx.updateUser(made.userId, set), anywhere);
        await update({ name: "New", isOperator: true });
        await update({});
        expect(await store.user({ id: made.id })).toEqual({ ...made, name: "New", isOperator: true });
        await update({ password: null, issuer: "https://i", subject: made.id });
        const now = await store.user({ id: made.id });
        expect(now).toMatchObject({ name: "New", password: null, issuer: "https://i", subject: made.id });
        expect(await failed(update({ password: "plain" }))).toBe("refused");
        expect(await failed(update({ subject: null }))).toBe("refused");
        await conflict(store.write((tx) => tx.updateUser(2_000_000_000, { name: "Nobody" }), anywhere));
      });

      test("follow each other where two change the same one", async () => {
        const { userId, id, email } = await newUser(store);
        await expectToFollow(store, (tx) => tx.userForUpdate({ userId }));
        await expectToFollow(store, (tx) => tx.userForUpdate({ id }));
        await expectToFollow(store, (tx) => tx.userForUpdate({ email }));
      });

      test("are listed by id, a page at a time", async () => {
        const some = [await newUser(store), await newUser(store, { isOperator: true }), await newUser(store)];
        const listed = await allPages(
          (page) => store.users(page),
          ({ id }) => id,
        );
        expect(listed.map(({ id }) => id)).toEqual([...new Set(listed.map(({ id }) => id))].sort());
        expect(listed).toEqual(expect.arrayContaining(some));
      });

      test("who are operators are listed by id, a page at a time", async () => {
        const operators: string[] = [];
        for (let n = 0; n < 7; n++) {
          operators.push((await newUser(store, { isOperator: true })).id);
          await newUser(store);
        }
        const listed = (
          await allPages(
            (page) => store.operators(page),
            ({ id }) => id,
          )
        ).map(({ id }) => id);
        expect(listed).toEqual([...new Set(listed)].sort());
        expect(listed).toEqual(expect.arrayContaining(operators));
        for (const id of listed) expect((await store.user({ id }))?.isOperator).toBe(true);
      });
    });

    describe("sessions", () => {
      test("may be of somebody who showed who they are before, and never later than now", async () => {
        const { userId } = await newUser(store);
        for (const [authenticatedAt, isEarlier] of [
          [1_700_000_000_123_456n, true],
          [3_000_000_000_000_000n, false],
        ] as const) {
          const [held] = await store.sessions([await newSession(store, userId, { authenticatedAt })]);
          expect(held!.authenticatedAt).toBe(isEarlier ? authenticatedAt : held!.createdAt);
        }
      });

      test("tell all of who holds them in one read: the user, and what they are where", async () => {
        const [one, two] = [await newOrganization(store), await newOrganization(store)];
        const { password: _, ...user } = await newMember(store, one.organizationId, "OWNER");
        const { userId } = user;
        const teams = [
          await newTeam(store, two.organizationId, "DESIGNER"),
          await newTeam(store, two.organizationId, "AUDITOR"),
          await newTeam(store, two.organizationId, "AUDITOR"),
          await newTeam(store, two.organizationId),
        ];
        await store.write(async (tx) => {
          await tx.insertMember({ organizationId: two.organizationId, userId, role: "CONSUMER" });
          for (const { id } of teams) await tx.insertTeamMember(two.organizationId, id, userId);
        }, anywhere);
        const tokenHash = await newSession(store, userId, { id: "session_1", expiresAt: end });
        const [held, ...more] = await store.sessions([newHash(), tokenHash, newHash()]);
        expect(more).toEqual([]);
        const memberships = [...held!.memberships].sort((a, b) => a.organizationId - b.organizationId);
        expect(plainHash({ ...held!, memberships })).toEqual({
          tokenHash: [...tokenHash],
          id: "session_1",
          userId,
          method: "PASSWORD",
          authenticatedAt: held!.createdAt,
          lastSeenAt: held!.createdAt,
          userAgent: "Mozilla/5.0 (É)",
          createdAt: held!.createdAt,
          expiresAt: end,
          user,
          memberships: [
            { organizationId: one.organizationId, id: one.id, slug: one.slug, role: "OWNER", teamRoles: [] },
            {
              organizationId: two.organizationId,
              id: two.id,
              slug: two.slug,
              role: "CONSUMER",
              teamRoles: ["AUDITOR", "DESIGNER"],
            },
          ],
        });
        const where = await store.membershipsOf(userId);
        expect(where.map(({ organization }) => organization)).toEqual(
          [one, two].sort((a, b) => (a.slug < b.slug ? -1 : 1)),
        );
        expect(where.find(({ role }) => role === "CONSUMER")?.teamRoles).toEqual(["AUDITOR", "DESIGNER"]);
      });

      test("of many tokens those are found that there are, those that have ended too", async () => {
        const nobody = await newUser(store);
        const hashes = [
          await newSession(store, nobody.userId, { expiresAt: 1n }),
          await newSession(store, nobody.userId, { method: "OPENID" }),
        ];
        const found = await store.sessions([...hashes, newHash()]);
        expect(found.map(({ tokenHash }) => [...tokenHash])).toEqual(
          expect.arrayContaining(hashes.map((hash) => [...hash])),
        );
        expect(found.map(({ memberships }) => memberships)).toEqual([[], []]);
        expect(await store.sessions([])).toEqual([]);
        expect(await store.membershipsOf(nobody.userId)).toEqual([]);
      });

      test("are ended all, one, or all but one; and which is told", async () => {
        const [one, other] = [await newUser(store), await newUser(store)];
        await newSession(store, other.userId, { id: "a" });
        for (const id of ["a", "b", "c", "d", "e"]) await newSession(store, one.userId, { id });
        const remove = (which: { id?: string; except?: string }): Promise<string[]> =>
          store.write((tx) => tx.deleteSessions({ userId: one.userId, ...which }), anywhere);
        const left = async (): Promise<string[]> =>
          (await store.sessionsOf(one.userId)).map(({ id }) => id).sort();
        expect(await remove({ id: "b" })).toEqual(["b"]);
        expect(await remove({ id: "b" })).toEqual([]);
        expect(await left()).toEqual(["a", "c", "d", "e"]);
        expect(await remove({ except: "d" })).toEqual(["a", "c", "e"]);
        expect(await left()).toEqual(["d"]);
        expect(await remove({})).toEqual(["d"]);
        expect(await left()).toEqual([]);
        expect(await store.sessionsOf(other.userId)).toHaveLength(1);
      });

      test("whose token or way of signing in can't be are refused", async () => {
        const { userId } = await newUser(store);
        expect(await failed(newSession(store, userId, { method: "GUESSED" as SignInMethod }))).toBe(
          "refused",
        );
        const code = { codeHash: new Uint8Array(31), userId, expiresAt: end, issuedBy: null };
        expect(await failed(store.write((tx) => tx.insertCode(code), anywhere))).toBe("refused");
      });
    });

    describe("one-time codes", () => {
      test("are taken once, however many ask at once", async () => {
        const { userId } = await newUser(store);
        const [mine, first] = [newHash(), newHash()];
        await store.write(async (tx) => {
          await tx.insertCode({ codeHash: mine, userId, expiresAt: end, issuedBy: null });
          await tx.insertCode({ codeHash: first, userId: null, expiresAt: 1n, issuedBy: null });
        }, anywhere);
        expect(await store.code(mine)).toMatchObject({ userId, expiresAt: end });
        const take = (hash: Uint8Array) => store.write((tx) => tx.takeCode(hash), anywhere);
        const taken = await Promise.all([take(mine), take(mine), take(mine)]);
        expect(taken.filter((code) => code !== undefined)).toMatchObject([{ userId, expiresAt: end }]);
        expect(await store.code(mine)).toBeUndefined();
        expect(await take(first)).toMatchObject({ userId: null, expiresAt: 1n });
      });

      test("end with their issuer's right: that of an operator, that of an operator token", async () => {
        const { userId } = await newUser(store);
        const issuer = await newUser(store, { isOperator: true });
        const [byPerson, byToken, byServer] = [newHash(), newHash(), newHash()];
        await newDeployment(store);
        await store.write(async (tx) => {
          await tx.insertCode({ codeHash: byPerson, userId, expiresAt: end, issuedBy: issuer.id });
          await tx.insertCode({ codeHash: byToken, userId, expiresAt: end, issuedBy: "operator" });
          await tx.insertCode({ codeHash: byServer, userId: null, expiresAt: end, issuedBy: null });
        }, anywhere);
        const may = (): Promise<(boolean | undefined)[]> =>
          Promise.all([byPerson, byToken, byServer].map(async (hash) => (await store.code(hash))?.issuerMay));
        expect(await may()).toEqual([true, true, true]);
        await store.write((tx) => tx.updateUser(issuer.userId, { isOperator: false }), anywhere);
        expect(await may()).toEqual([false, true, true]);
        await store.write((tx) => tx.setOperatorTokenHash(newHash()), anywhere);
        expect(await may()).toEqual([false, false, true]);
        expect(await store.write((tx) => tx.takeCode(byPerson), anywhere)).toMatchObject({
          issuerMay: false,
        });
        expect(await store.write((tx) => tx.takeCode(byServer), anywhere)).toMatchObject({ issuerMay: true });
      });

      test("of an operator token that works only since a time to come end, until that is now", async () => {
        const { userId } = await newUser(store);
        await newDeployment(store);
        const reset = (): Promise<boolean> => store.write((tx) => tx.resetOperatorTokenSince(), anywhere);
        expect(await reset()).toBe(false);
        // the clock was ahead
        await database().plant(
          "UPDATE deployment SET operator_token_since = clock_timestamp() + interval '1 year'",
        );
        const issue = async (): Promise<boolean | undefined> => {
          const codeHash = newHash();
          await store.write(
            (tx) => tx.insertCode({ codeHash, userId, expiresAt: end, issuedBy: "operator" }),
            anywhere,
          );
          return (await store.code(codeHash))?.issuerMay;
        };
        expect(await issue()).toBe(false);
        expect(await reset()).toBe(true);
        expect(await issue()).toBe(true);
        const { operatorTokenSince } = (await store.deployment())!;
        expect(operatorTokenSince <= (await store.clock())).toBe(true);
        expect(await reset()).toBe(false);
      });

      test("of one user, or for the first person of all, are removed together", async () => {
        const { userId } = await newUser(store);
        const hashes = [newHash(), newHash(), newHash(), newHash()] as const;
        await store.write(async (tx) => {
          for (const codeHash of hashes.slice(0, 2))
            await tx.insertCode({ codeHash, userId, expiresAt: end, issuedBy: null });
          for (const codeHash of hashes.slice(2))
            await tx.insertCode({ codeHash, userId: null, expiresAt: end, issuedBy: null });
        }, anywhere);
        const left = async (): Promise<boolean[]> =>
          Promise.all(hashes.map(async (hash) => (await store.code(hash)) !== undefined));
        await store.write((tx) => tx.deleteCodes(userId), anywhere);
        expect(await left()).toEqual([false, false, true, true]);
        await store.write((tx) => tx.deleteCodes(null), anywhere);
        expect(await left()).toEqual([false, false, false, false]);
      });
    });
  });
}
