/** Tests of an organization's teams and invitations, for every store. */
import type { MemberRole, TeamRole } from "daybook/internal";
import { beforeAll, describe, expect, test } from "vitest";
import type { Organization } from "../contract/organizations.ts";
import type { Team } from "../contract/teams.ts";
import type { User } from "../contract/users.ts";
import type { Store } from "../store.ts";
import { anywhere } from "./anywhere.ts";
import { conflict, expectOneConflict, expectToFollow, failed } from "./expecting.ts";
import type { TestDatabase } from "./harness.ts";
import { append, newOrganization, startTime } from "./sample-events.ts";
import {
  allPages,
  by,
  hostileWords,
  nameOf,
  newHash,
  newMember,
  newTeam,
  sameNames,
  sameWords,
  sampleId,
} from "./sample-people.ts";

const end = 2_000_000_000_123_456n;

export function teams(database: () => TestDatabase): void {
  describe("teams and invitations", () => {
    let store: Store;
    let organization: Organization;
    let organizationId: number;

    beforeAll(async () => {
      store = await database().open();
      organization = await newOrganization(store);
      organizationId = organization.organizationId;
      return () => store.close();
    });

    test("an organization's figures are the events of its logs, its members and its teams", async () => {
      const { organizationId } = await newOrganization(store);
      const figures = () => store.organizationFigures([organizationId, 2_000_000_000]);
      const empty = { organizationId, events: 0n, lastRecordedAt: null, members: 0, teams: 0 };
      expect(await figures()).toEqual([empty]);
      await append(store, organizationId, [{}, {}, {}]);
      await newMember(store, organizationId);
      await newTeam(store, organizationId);
      const full = { organizationId, events: 3n, lastRecordedAt: startTime + 3n, members: 1, teams: 1 };
      expect(await figures()).toEqual([full]);
      await store.write(async (tx) => {
        await tx.organizationForUpdate(organizationId);
        await tx.insertLog({ organizationId, logNo: 1, origin: "log.example/o/next" });
      }, anywhere);
      expect(await figures()).toEqual([{ ...full, lastRecordedAt: null }]);
    });

    describe("invitations", () => {
      const invite = (
        options: { id?: string; email?: string; role?: MemberRole; tokenHash?: Uint8Array } = {},
      ) =>
        store.write(
          (tx) =>
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
          anywhere,
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
        const find = (id: string) =>
          store.write((tx) => tx.invitationForUpdate(organizationId, id), anywhere);
        expect(await find(made.id)).toEqual(made);
        expect(await find("invitation_none")).toBeUndefined();
        expect(await store.invitationByToken(tokenHash)).toEqual({ ...made, organization });
        expect(await store.invitationByToken(newHash())).toBeUndefined();
        await expectToFollow(store, (tx) => tx.invitationForUpdate(organizationId, made.id));
        const open = (email: string) =>
          store.write((tx) => tx.openInvitationForUpdate(organizationId, email), anywhere);
        expect(await open("ZOE\u0308@EXAMPLE.com")).toEqual(made);
        expect(await open("zoe@example.com")).toBeUndefined();
        await expectToFollow(store, (tx) => tx.openInvitationForUpdate(organizationId, "zoë@example.com"));
        await store.write((tx) => tx.closeInvitation(organizationId, made.id, "withdrawn"), anywhere);
        expect(await open("Zoë@example.com")).toBeUndefined();
        expect((await store.invitationByToken(tokenHash))?.state).toBe("withdrawn");
        await conflict(
          store.write((tx) => tx.closeInvitation(organizationId, made.id, "accepted"), anywhere),
        );
      });

      test("invite an address once at a time, however it is written", async () => {
        for (const [one, other] of sameWords) {
          const email = `${sampleId("a")}${one}@example.com`;
          const first = await invite({ email });
          const again = () => invite({ email: email.replace(one, other) });
          expect(await conflict(again())).toBe("invitation_open_email_key");
          await store.write((tx) => tx.closeInvitation(organizationId, first.id, "accepted"), anywhere);
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
          await store.write(
            (tx) => tx.closeInvitation(organizationId, id, n % 2 ? "accepted" : "withdrawn"),
            anywhere,
          );
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
        store.write(
          (tx) => tx.insertTeam({ organizationId: in_, id: sampleId("team"), name, role: "AUDITOR" }),
          anywhere,
        );

      test("are found as they were made, and changed in just what is given", async () => {
        const made = await newTeam(store, organizationId, "DESIGNER");
        expect(made).toMatchObject({ role: "DESIGNER", version: 1, members: 0 });
        const find = () => store.team(organizationId, made.id);
        expect(await find()).toEqual(made);
        expect(await store.write((tx) => tx.teamForUpdate(organizationId, made.id), anywhere)).toEqual(made);
        const set = (changes: { name?: string; role?: TeamRole | null }) =>
          store.write((tx) => tx.updateTeam(organizationId, made.id, changes), anywhere);
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
          await store.write((tx) => tx.updateTeam(organizationId, id, { name: again }), anywhere);
          const { id: third } = await make(`third ${index}`);
          const renamed = store.write((tx) => tx.updateTeam(organizationId, third, { name }), anywhere);
          expect(await conflict(renamed)).toBe("team_name_key");
        }
        await expectOneConflict([make("At once"), make("AT ONCE")], "team_name_key");
      });

      test("keep whatever words they are given", async () => {
        const { organizationId: own } = await newOrganization(store);
        for (const word of hostileWords) {
          const id = sampleId(word);
          await store.write(
            (tx) => tx.insertTeam({ organizationId: own, id, name: word, role: null }),
            anywhere,
          );
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
          store.write((tx) => tx.insertTeamMember(organizationId, team.id, userId), anywhere);
        const drop = (userId: number) =>
          store.write((tx) => tx.deleteTeamMember(organizationId, team.id, userId), anywhere);
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
        }, anywhere);
        const of = async () =>
          (await store.write((tx) => tx.teamsOf(organizationId, userId), anywhere)).map((one) => one.id);
        expect(await of()).toEqual(teams.map((one) => one.id).sort());
        expect(await store.teamsOf(organizationId, userId)).toEqual(
          teams.map((one) => ({ ...one, members: 1 })).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
        );
        const { organizationId: other } = await newOrganization(store);
        expect(await store.teamsOf(other, userId)).toEqual([]);
        for (const team of teams) await store.write((tx) => tx.deleteTeam(organizationId, team.id), anywhere);
        expect(await of()).toEqual([]);
        expect((await store.member(organizationId, id))?.teamRoles).toEqual([]);
        expect(await store.teamMembers(organizationId, teams[0]!.id, { after: undefined, limit: 9 })).toEqual(
          [],
        );
        await conflict(store.write((tx) => tx.deleteTeam(organizationId, teams[0]!.id), anywhere));
      });
    });
  });
}
