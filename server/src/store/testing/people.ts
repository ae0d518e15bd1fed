/** What every store does with an organization's people: its details, members, invitations, teams; and with refusals. */
import { beforeAll, describe, expect, test } from "vitest";
import type { MemberRole, Team, TeamRole, User } from "../people.ts";
import type { Organization, Store } from "../store.ts";
import { conflict, expectOneConflict, expectToFollow, failed } from "./expecting.ts";
import type { TestDatabase } from "./harness.ts";
import { newOrganization } from "./sample-events.ts";
import {
  allPages,
  by,
  hostileWords,
  newHash,
  newMember,
  newTeam,
  newUser,
  sameNames,
  sampleId,
} from "./sample-people.ts";

const end = 2_000_000_000_123_456n;
const nameOf = ({
  userId,
  id,
  name,
  email,
}: {
  userId: number;
  id: string;
  name: string;
  email: string;
}) => ({
  userId,
  id,
  name,
  email,
});

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
        ) => store.write((tx) => tx.updateOrganization(made.organizationId, details));
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
        await conflict(store.write((tx) => tx.updateOrganization(2_000_000_000, { name: "x" })));
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
        });
        const member = await store.member(organizationId, user.id);
        expect(member).toEqual({
          user: nameOf(user),
          organizationId,
          role: "DESIGNER",
          teamRoles: ["AUDITOR"],
          version: 1,
          joinedAt: member!.joinedAt,
        });
        expect(await store.write((tx) => tx.memberForUpdate(organizationId, user.id))).toEqual(member);
        const elsewhere = await newOrganization(store);
        expect(await store.member(elsewhere.organizationId, user.id)).toBeUndefined();
        const stranger = await newUser(store);
        expect(await store.write((tx) => tx.memberForUpdate(organizationId, stranger.id))).toBeUndefined();
        await expectToFollow(store, (tx) => tx.memberForUpdate(organizationId, user.id));
      });

      test("are members once", async () => {
        const { userId } = await newMember(store, organizationId);
        const again = store.write((tx) => tx.insertMember({ organizationId, userId, role: "OWNER" }));
        expect(await conflict(again)).toBe("membership_pkey");
        const { userId: other } = await newUser(store);
        const join = () =>
          store.write((tx) => tx.insertMember({ organizationId, userId: other, role: "AUDITOR" }));
        await expectOneConflict([join(), join()], "membership_pkey");
        const odd = store.write((tx) =>
          tx.insertMember({ organizationId, userId: 1_999_999_999, role: "KING" as MemberRole }),
        );
        expect(await failed(odd)).toBe("refused");
      });

      test("change their role, and owners are counted", async () => {
        const { organizationId: own } = await newOrganization(store);
        const [a, b] = [await newMember(store, own, "OWNER"), await newMember(store, own, "OWNER")];
        const owners = () => store.write((tx) => tx.countOwners(own));
        expect(await owners()).toBe(2);
        await store.write((tx) => tx.setMemberRole(own, a.userId, "CONSUMER"));
        expect(await owners()).toBe(1);
        expect(await store.member(own, a.id)).toMatchObject({ role: "CONSUMER", version: 2 });
        expect(await store.member(own, b.id)).toMatchObject({ role: "OWNER", version: 1 });
        await conflict(store.write((tx) => tx.setMemberRole(own, 2_000_000_000, "OWNER")));
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
        });
        expect(await store.member(organizationId, id)).toBeUndefined();
        expect((await store.team(organizationId, here.id))?.members).toBe(0);
        expect((await store.team(other, there.id))?.members).toBe(1);
        expect((await store.standingsOf(userId)).map((one) => one.organizationId)).toEqual([other]);
        await conflict(store.write((tx) => tx.deleteMember(organizationId, userId)));
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

    describe("invitations", () => {
      const invite = (
        options: { id?: string; email?: string; role?: MemberRole; tokenHash?: Uint8Array } = {},
      ) =>
        store.write((tx) =>
          tx.insertInvitation({
            organizationId,
            id: sampleId("invitation"),
            tokenHash: newHash(),
            email: `${sampleId("a")}@example.com`,
            role: "CONSUMER",
            invitedBy: by,
            expiresAt: end,
            ...options,
          }),
        );

      test("are found by id and by token, with their organization, whatever became of them", async () => {
        const tokenHash = newHash();
        const made = await invite({ email: "Zoë@example.com", role: "OWNER", tokenHash });
        expect(made).toMatchObject({
          email: "Zoë@example.com",
          role: "OWNER",
          state: "open",
          invitedBy: by,
          expiresAt: end,
        });
        const find = (id: string) => store.write((tx) => tx.invitationForUpdate(organizationId, id));
        expect(await find(made.id)).toEqual(made);
        expect(await find("invitation_none")).toBeUndefined();
        expect(await store.invitationByToken(tokenHash)).toEqual({ ...made, organization });
        expect(await store.invitationByToken(newHash())).toBeUndefined();
        await expectToFollow(store, (tx) => tx.invitationForUpdate(organizationId, made.id));
        await store.write((tx) => tx.closeInvitation(organizationId, made.id, "withdrawn"));
        expect((await store.invitationByToken(tokenHash))?.state).toBe("withdrawn");
        await conflict(store.write((tx) => tx.closeInvitation(organizationId, made.id, "accepted")));
      });

      test("invite an address once at a time, however it is written", async () => {
        for (const [one, other] of sameNames) {
          const email = `${sampleId("a")}${one}@example.com`;
          const first = await invite({ email });
          const again = () => invite({ email: email.replace(one, other) });
          expect(await conflict(again())).toBe("invitation_open_email_key");
          await store.write((tx) => tx.closeInvitation(organizationId, first.id, "accepted"));
          await again();
        }
        const email = `${sampleId("a")}@example.com`;
        await expectOneConflict([invite({ email }), invite({ email })], "invitation_open_email_key");
        expect(await failed(invite({ role: "KING" as MemberRole }))).toBe("refused");
      });

      test("that are open are listed by id, a page at a time", async () => {
        const ids: string[] = [];
        for (let n = 0; n < 8; n++) {
          ids.push((await invite({ email: `${sampleId(hostileWords[n]!)}@example.com` })).id);
          const { id } = await invite();
          await store.write((tx) => tx.closeInvitation(organizationId, id, n % 2 ? "accepted" : "withdrawn"));
        }
        const listed = await allPages(
          (page) => store.invitations(organizationId, page),
          ({ id }) => id,
        );
        expect(listed.every(({ state }) => state === "open")).toBe(true);
        const found = listed.map(({ id }) => id);
        expect(found).toEqual([...new Set(found)].sort());
        expect(found).toEqual(expect.arrayContaining(ids));
      });
    });

    describe("teams", () => {
      const make = (name: string, in_ = organizationId) =>
        store.write((tx) =>
          tx.insertTeam({ organizationId: in_, id: sampleId("team"), name, role: "AUDITOR" }),
        );

      test("are found as they were made, and changed in just what is given", async () => {
        const made = await newTeam(store, organizationId, "DESIGNER");
        expect(made).toMatchObject({ role: "DESIGNER", version: 1, members: 0 });
        const find = () => store.team(organizationId, made.id);
        expect(await find()).toEqual(made);
        expect(await store.write((tx) => tx.teamForUpdate(organizationId, made.id))).toEqual(made);
        const set = (changes: { name?: string; role?: TeamRole | null }) =>
          store.write((tx) => tx.updateTeam(organizationId, made.id, changes));
        await set({ role: null });
        expect(await find()).toEqual({ ...made, role: null, version: 2 });
        await set({ name: `${made.name} 2` });
        expect(await find()).toEqual({ ...made, name: `${made.name} 2`, role: null, version: 3 });
        expect(await failed(set({ role: "OWNER" as TeamRole }))).toBe("refused");
        expect(await store.team(organizationId, "team_none")).toBeUndefined();
        await expectToFollow(store, (tx) => tx.teamForUpdate(organizationId, made.id));
      });

      test("have a name of their own in their organization, however it is written", async () => {
        const { organizationId: other } = await newOrganization(store);
        for (const [index, [one, same]] of sameNames.entries()) {
          const [name, again] = [`${index} ${one}`, `${index} ${same}`];
          const { id } = await make(name);
          expect(await conflict(make(again))).toBe("team_name_key");
          await make(again, other);
          await store.write((tx) => tx.updateTeam(organizationId, id, { name: again }));
          const { id: third } = await make(`third ${index}`);
          const renamed = store.write((tx) => tx.updateTeam(organizationId, third, { name }));
          expect(await conflict(renamed)).toBe("team_name_key");
        }
        await expectOneConflict([make("At once"), make("AT ONCE")], "team_name_key");
      });

      test("keep whatever words they are given", async () => {
        const { organizationId: own } = await newOrganization(store);
        for (const word of hostileWords) {
          const id = sampleId(word);
          await store.write((tx) => tx.insertTeam({ organizationId: own, id, name: word, role: null }));
          expect((await store.team(own, id))?.name).toBe(word);
        }
        const listed = await allPages(
          (page) => store.teams(own, page),
          ({ id }) => id,
        );
        expect(listed.map(({ name }) => name).sort()).toEqual(hostileWords.toSorted());
        expect(await failed(make("a\u0000b"))).toBe("refused");
        expect(await failed(store.team(own, "a\u0000b"))).toBe("refused");
      });

      test("take a person in once, let them go once, and know how many they are", async () => {
        const team = await newTeam(store, organizationId);
        const users: User[] = [];
        for (let n = 0; n < 5; n++) users.push(await newMember(store, organizationId));
        const put = (userId: number) =>
          store.write((tx) => tx.insertTeamMember(organizationId, team.id, userId));
        const drop = (userId: number) =>
          store.write((tx) => tx.deleteTeamMember(organizationId, team.id, userId));
        for (const { userId } of users) expect(await put(userId)).toBe(true);
        expect(await put(users[0]!.userId)).toBe(false);
        expect((await store.team(organizationId, team.id))?.members).toBe(5);
        const listed = await allPages(
          (page) => store.teamMembers(organizationId, team.id, page),
          ({ id }) => id,
          2,
        );
        expect(listed).toEqual(users.map(nameOf).toSorted((a, b) => (a.id < b.id ? -1 : 1)));
        expect(await drop(users[0]!.userId)).toBe(true);
        expect(await drop(users[0]!.userId)).toBe(false);
        expect(
          (await store.teams(organizationId, { after: undefined, limit: 100 })).find(
            ({ id }) => id === team.id,
          ),
        ).toEqual({ ...team, members: 4 });
      });

      test("of a person are listed by id; one that is deleted goes with its members", async () => {
        const { userId, id } = await newMember(store, organizationId);
        const teams: Team[] = [];
        for (let n = 0; n < 4; n++) teams.push(await newTeam(store, organizationId, "AUDITOR"));
        await store.write(async (tx) => {
          for (const team of teams) await tx.insertTeamMember(organizationId, team.id, userId);
        });
        const of = async () =>
          (await store.write((tx) => tx.teamsOf(organizationId, userId))).map((one) => one.id);
        expect(await of()).toEqual(teams.map((one) => one.id).sort());
        for (const team of teams) await store.write((tx) => tx.deleteTeam(organizationId, team.id));
        expect(await of()).toEqual([]);
        expect((await store.member(organizationId, id))?.teamRoles).toEqual([]);
        expect(await store.teamMembers(organizationId, teams[0]!.id, { after: undefined, limit: 9 })).toEqual(
          [],
        );
        await conflict(store.write((tx) => tx.deleteTeam(organizationId, teams[0]!.id)));
      });
    });

    describe("refusals", () => {
      test("are kept for each subject, and those that wait are found when their hour is over", async () => {
        const subject = sampleId("address:'\\ 🎉");
        const find = () => store.write((tx) => tx.refusalForUpdate(organizationId, subject));
        expect(await find()).toBeUndefined();
        const refusal = { organizationId, subject, recordedAt: 1_000_001n, pending: 0, event: null };
        await store.write((tx) => tx.putRefusal(refusal));
        expect(await find()).toEqual(refusal);
        const pending = async (before: bigint): Promise<unknown> =>
          (await store.pendingRefusals(before, 10)).filter((one) => one.subject === subject);
        expect(await pending(9_000_000n)).toEqual([]);
        const more = { ...refusal, pending: 3, event: '{"a":"\\u0000"}' };
        await store.write((tx) => tx.putRefusal(more));
        expect(await pending(1_000_001n)).toEqual([]);
        expect(await pending(1_000_002n)).toEqual([more]);
        expect(await failed(store.write((tx) => tx.putRefusal({ ...more, event: null })))).toBe("refused");
      });

      test("of one subject follow each other, the first ones too", async () => {
        const subject = sampleId("address");
        const seen: (number | undefined)[] = [];
        const refuse = () =>
          store.write(async (tx) => {
            const before = await tx.refusalForUpdate(organizationId, subject);
            seen.push(before?.pending);
            const pending = (before?.pending ?? 0) + 1;
            await tx.putRefusal({ organizationId, subject, recordedAt: 1n, pending, event: "{}" });
          });
        await Promise.all([refuse(), refuse(), refuse()]);
        expect(seen).toEqual([undefined, 1, 2]);
        const other = sampleId("address");
        await expectToFollow(store, (tx) => tx.refusalForUpdate(organizationId, other));
      });
    });
  });
}
