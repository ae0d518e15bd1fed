/** Tests of an organization's details, its members, and denied attempts, for every store. teams.ts has invitations and teams. */
import type { MemberRole } from "daybook/internal";
import { beforeAll, describe, expect, test } from "vitest";
import type { Organization } from "../contract/organizations.ts";
import type { Store } from "../store.ts";
import { anywhere } from "./anywhere.ts";
import { conflict, expectOneConflict, expectToFollow, failed } from "./expecting.ts";
import type { TestDatabase } from "./harness.ts";
import { newOrganization } from "./sample-events.ts";
import { allPages, nameOf, newMember, newTeam, newUser, sampleId } from "./sample-people.ts";

export function people(database: () => TestDatabase): void {
  describe("people", () => {
    let store: Store;
    let organization: Organization;
    let organizationId: number;

    beforeAll(async () => {
      store = await database().open();
      organization = await newOrganization(store);
      organizationId = organization.organizationId;
      return () => store.close();
    });

    describe("an organization's details", () => {
      test("are set where they are given; null empties; each change counts", async () => {
        const made = await newOrganization(store);
        expect(made).toMatchObject({
          description: null,
          email: null,
          location: null,
          website: null,
          version: 1,
        });
        const now = async (): Promise<Organization> => (await store.organization(made.id))!;
        const set = (
          details: Parameters<Parameters<Parameters<Store["write"]>[0]>[0]["updateOrganization"]>[1],
        ) => store.write((tx) => tx.updateOrganization(made.organizationId, details), anywhere);
        const details = {
          description: "It's\n\\ 100 %",
          email: "é@example.com",
          location: "🎉",
          website: "https://e",
        };
        await set(details);
        expect(await now()).toEqual({ ...made, ...details, version: 2 });
        await set({ name: "New", email: null });
        expect(await now()).toEqual({ ...made, ...details, name: "New", email: null, version: 3 });
        await set({});
        expect((await now()).version).toBe(4);
        expect(await failed(set({ description: "a\u0000b" }))).toBe("refused");
        await conflict(store.write((tx) => tx.updateOrganization(2_000_000_000, { name: "x" }), anywhere));
      });

      test("are changed by one at a time", async () => {
        await expectToFollow(store, (tx) => tx.organizationForUpdate(organizationId));
      });
    });

    describe("members", () => {
      test("are found with their name, their role and what their teams add", async () => {
        const user = await newMember(store, organizationId, "DESIGNER");
        const [one, other] = [
          await newTeam(store, organizationId, "AUDITOR"),
          await newTeam(store, organizationId),
        ];
        await store.write(async (tx) => {
          await tx.insertTeamMember(organizationId, one.id, user.userId);
          await tx.insertTeamMember(organizationId, other.id, user.userId);
        }, anywhere);
        const member = await store.member(organizationId, user.id);
        expect(member).toEqual({
          user: nameOf(user),
          organizationId,
          role: "DESIGNER",
          teamRoles: ["AUDITOR"],
          version: 1,
          joinedAt: member!.joinedAt,
        });
        expect(await store.write((tx) => tx.memberForUpdate(organizationId, user.id), anywhere)).toEqual(
          member,
        );
        const elsewhere = await newOrganization(store);
        expect(await store.member(elsewhere.organizationId, user.id)).toBeUndefined();
        const stranger = await newUser(store);
        expect(
          await store.write((tx) => tx.memberForUpdate(organizationId, stranger.id), anywhere),
        ).toBeUndefined();
        await expectToFollow(store, (tx) => tx.memberForUpdate(organizationId, user.id));
      });

      test("are members once", async () => {
        const { userId } = await newMember(store, organizationId);
        const again = store.write(
          (tx) => tx.insertMember({ organizationId, userId, role: "OWNER" }),
          anywhere,
        );
        expect(await conflict(again)).toBe("membership_pkey");
        const { userId: other } = await newUser(store);
        const join = () =>
          store.write((tx) => tx.insertMember({ organizationId, userId: other, role: "AUDITOR" }), anywhere);
        await expectOneConflict([join(), join()], "membership_pkey");
        const odd = store.write(
          (tx) => tx.insertMember({ organizationId, userId: 1_999_999_999, role: "KING" as MemberRole }),
          anywhere,
        );
        expect(await failed(odd)).toBe("refused");
      });

      test("change their role, and owners are counted", async () => {
        const { organizationId: own } = await newOrganization(store);
        const [a, b] = [await newMember(store, own, "OWNER"), await newMember(store, own, "OWNER")];
        const owners = () => store.write((tx) => tx.countOwners(own), anywhere);
        expect(await owners()).toBe(2);
        await store.write((tx) => tx.setMemberRole(own, a.userId, "CONSUMER"), anywhere);
        expect(await owners()).toBe(1);
        expect(await store.member(own, a.id)).toMatchObject({ role: "CONSUMER", version: 2 });
        expect(await store.member(own, b.id)).toMatchObject({ role: "OWNER", version: 1 });
        await conflict(store.write((tx) => tx.setMemberRole(own, 2_000_000_000, "OWNER"), anywhere));
      });

      test("who leave leave the organization's teams too, and nothing elsewhere", async () => {
        const { organizationId: other } = await newOrganization(store);
        const { userId, id } = await newMember(store, organizationId);
        const [here, there] = [await newTeam(store, organizationId), await newTeam(store, other)];
        await store.write(async (tx) => {
          await tx.insertMember({ organizationId: other, userId, role: "AUDITOR" });
          await tx.insertTeamMember(organizationId, here.id, userId);
          await tx.insertTeamMember(other, there.id, userId);
          await tx.deleteMember(organizationId, userId);
        }, anywhere);
        expect(await store.member(organizationId, id)).toBeUndefined();
        expect((await store.team(organizationId, here.id))?.members).toBe(0);
        expect((await store.team(other, there.id))?.members).toBe(1);
        expect((await store.membershipsOf(userId)).map((one) => one.organizationId)).toEqual([other]);
        await conflict(store.write((tx) => tx.deleteMember(organizationId, userId), anywhere));
      });

      test("are listed by the user's id, a page at a time", async () => {
        const { organizationId: own } = await newOrganization(store);
        const ids: string[] = [];
        for (let n = 0; n < 10; n++) {
          ids.push((await newMember(store, own)).id);
          await newMember(store, organizationId);
        }
        const list = (limit: number) =>
          allPages(
            (page) => store.members(own, page),
            ({ user }) => user.id,
            limit,
          );
        for (const limit of [1, 3, 5, 100]) {
          expect((await list(limit)).map(({ user }) => user.id)).toEqual(ids.toSorted());
        }
        expect(await store.members(own, { after: ids.toSorted().at(-1), limit: 5 })).toEqual([]);
      });
    });

    test("of the last two owners who leave at once one stays", async () => {
      const { organizationId: own } = await newOrganization(store);
      const owners = [await newMember(store, own, "OWNER"), await newMember(store, own, "OWNER")];
      const leave = (id: string) =>
        store.write(async (tx) => {
          await tx.organizationForUpdate(own);
          const member = await tx.memberForUpdate(own, id);
          if ((await tx.countOwners(own)) === 1) return "stays";
          await tx.deleteMember(own, member!.user.userId);
          return "left";
        }, anywhere);
      expect((await Promise.all(owners.map(({ id }) => leave(id)))).sort()).toEqual(["left", "stays"]);
      expect(await store.members(own, { after: undefined, limit: 5 })).toHaveLength(1);
    });

    describe("refusals", () => {
      test("are kept for each subject, and those that wait are found when their hour is over", async () => {
        const subject = sampleId("address:'\\ 🎉");
        const find = () => store.write((tx) => tx.denialForUpdate(organizationId, subject), anywhere);
        expect(await find()).toBeUndefined();
        const refusal = { organizationId, subject, recordedAt: 1_000_001n, pending: 0, event: null };
        await store.write((tx) => tx.putDenial(refusal), anywhere);
        expect(await find()).toEqual(refusal);
        const pending = async (before: bigint): Promise<unknown> =>
          (await store.pendingDenials(before, 10)).filter((one) => one.subject === subject);
        expect(await pending(9_000_000n)).toEqual([]);
        const more = { ...refusal, pending: 3, event: '{"a":"\\u0000"}' };
        await store.write((tx) => tx.putDenial(more), anywhere);
        expect(await pending(1_000_001n)).toEqual([]);
        expect(await pending(1_000_002n)).toEqual([more]);
        expect(await failed(store.write((tx) => tx.putDenial({ ...more, event: null }), anywhere))).toBe(
          "refused",
        );
      });

      test("of one subject follow each other, the first ones too", async () => {
        const subject = sampleId("address");
        const seen: (number | undefined)[] = [];
        const refuse = () =>
          store.write(async (tx) => {
            const before = await tx.denialForUpdate(organizationId, subject);
            seen.push(before?.pending);
            const pending = (before?.pending ?? 0) + 1;
            await tx.putDenial({ organizationId, subject, recordedAt: 1n, pending, event: "{}" });
          }, anywhere);
        await Promise.all([refuse(), refuse(), refuse()]);
        expect(seen).toEqual([undefined, 1, 2]);
        const other = sampleId("address");
        await expectToFollow(store, (tx) => tx.denialForUpdate(organizationId, other));
      });
    });
  });
}
