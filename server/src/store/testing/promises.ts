/** Tests of the promises about appending before and after the commit, and about missing rows, for every store. */
import { beforeAll, describe, expect, test } from "vitest";
import type { WriteTransaction } from "../contract/transaction.ts";
import type { Store } from "../store.ts";
import { anywhere, recordingAnywhere } from "./anywhere.ts";
import { conflict, failed, moment } from "./expecting.ts";
import type { TestDatabase } from "./harness.ts";
import { append, frontierOf, newId, newOrganization, sampleEvent, startTime } from "./sample-events.ts";
import { newHash } from "./sample-people.ts";

const nobody = 2_000_000_000;

/** Changes by a key that no row has. */
const changes: Readonly<Record<string, (tx: WriteTransaction, organizationId: number) => Promise<unknown>>> =
  {
    organizationForUpdate: (tx) => tx.organizationForUpdate(nobody),
    updateOrganization: (tx) => tx.updateOrganization(nobody, { name: "New" }),
    closeOrganization: (tx) => tx.closeOrganization(nobody),
    answerIdempotencyKey: (tx, of) => tx.answerIdempotencyKey(of, "never", { status: 200, body: "" }),
    updateUser: (tx) => tx.updateUser(nobody, { name: "New" }),
    authenticateSession: (tx) => tx.authenticateSession(nobody, "session_none"),
    takeStep: (tx) => tx.takeStep(nobody, 1n),
    resealSecondFactor: (tx) => tx.resealSecondFactor(nobody, "sealed"),
    setMemberRole: (tx, of) => tx.setMemberRole(of, nobody, "AUDITOR"),
    deleteMember: (tx, of) => tx.deleteMember(of, nobody),
    closeInvitation: (tx, of) => tx.closeInvitation(of, "invitation_none", "withdrawn"),
    updateTeam: (tx, of) => tx.updateTeam(of, "team_none", { name: "New" }),
    deleteTeam: (tx, of) => tx.deleteTeam(of, "team_none"),
    updateSavedView: (tx, of) => tx.updateSavedView(of, "view_none", { name: "New" }),
    deleteSavedView: (tx, of) => tx.deleteSavedView(of, "view_none"),
    renameApiClient: (tx, of) => tx.renameApiClient(of, "client_none", "New"),
    touchApiClient: (tx, of) => tx.touchApiClient(of, "client_none"),
    revokeApiClient: (tx, of) => tx.revokeApiClient(of, "client_none"),
    deleteApiClient: (tx, of) => tx.deleteApiClient(of, "client_none"),
    setExpirySaid: (tx, of) => tx.setExpiryWarned(of, "client_none", 30),
  };

/** Methods that look for a row, or take one, and find none; with their results. */
const looks: Readonly<
  Record<string, [(tx: WriteTransaction, organizationId: number) => Promise<unknown>, unknown]>
> = {
  userForUpdate: [(tx) => tx.userForUpdate({ userId: nobody }), undefined],
  memberForUpdate: [(tx, of) => tx.memberForUpdate(of, "user_none"), undefined],
  invitationForUpdate: [(tx, of) => tx.invitationForUpdate(of, "invitation_none"), undefined],
  openInvitationForUpdate: [(tx, of) => tx.openInvitationForUpdate(of, "none@example.com"), undefined],
  teamForUpdate: [(tx, of) => tx.teamForUpdate(of, "team_none"), undefined],
  deleteTeamMember: [(tx, of) => tx.deleteTeamMember(of, "team_none", nobody), false],
  teamsOf: [(tx, of) => tx.teamsOf(of, nobody), []],
  savedViewForUpdate: [(tx, of) => tx.savedViewForUpdate(of, "view_none"), undefined],
  countSavedViews: [(tx, of) => tx.countSavedViews(of, nobody), 0],
  apiClientForUpdate: [(tx, of) => tx.apiClientForUpdate(of, "client_none"), undefined],
  viewerSessionForUpdate: [(tx, of) => tx.viewerSessionForUpdate(of, "viewer_none"), undefined],
  deleteViewerSession: [(tx, of) => tx.deleteViewerSession(of, "viewer_none"), undefined],
  deleteSessions: [(tx) => tx.deleteSessions({ userId: nobody }), []],
  takeCode: [(tx) => tx.takeCode(newHash()), undefined],
  deleteCodes: [(tx) => tx.deleteCodes(nobody), undefined],
  forgetBrowsers: [(tx) => tx.forgetBrowsers({ userId: nobody }), undefined],
  secondFactorForUpdate: [(tx) => tx.secondFactorForUpdate(nobody), undefined],
  deleteSecondFactor: [(tx) => tx.deleteSecondFactor(nobody), false],
  takeRecoveryCode: [(tx) => tx.takeRecoveryCode(nobody, newHash()), false],
  tryHalfSession: [(tx) => tx.tryHalfSession(newHash()), undefined],
  deleteHalfSession: [(tx) => tx.deleteHalfSession(newHash()), false],
  deleteHalfSessions: [(tx) => tx.deleteHalfSessions(nobody), undefined],
  deletePersonalTokens: [(tx) => tx.deletePersonalTokens({ userId: nobody }), []],
  endTokens: [(tx, of) => tx.endTokens(of, "client_none", startTime), undefined],
  denialForUpdate: [(tx, of) => tx.denialForUpdate(of, "nothing"), undefined],
  eventType: [(tx, of) => tx.eventType(of, "none.such"), undefined],
  lockHeads: [(tx) => tx.lockHeads([nobody]), []],
  findEvents: [(tx, of) => tx.findEvents([{ organizationId: of, id: newId() }]), []],
  leafHashes: [(tx, of) => tx.leafHashes(of, 0, 0n, 256n), []],
  tileRoots: [(tx, of) => tx.tileRoots(of, 0, 0, 0n, 256n), []],
  appendEvents: [(tx) => tx.appendEvents([]), undefined],
  appendTiles: [(tx) => tx.appendTiles([]), undefined],
};

export function promises(database: () => TestDatabase): void {
  describe("the contract", () => {
    let store: Store;
    let organizationId: number;

    beforeAll(async () => {
      store = await database().open();
      organizationId = (await newOrganization(store)).organizationId;
      return () => store.close();
    });

    test("what is appended is seen in its own transaction at once, and by readers from the commit on", async () => {
      const own = (await newOrganization(store)).organizationId;
      const id = newId();
      const [appended, release] = [moment(), moment()];
      const writing = store.write(async (tx) => {
        const [head] = await tx.lockHeads([own]);
        await tx.appendEvents([sampleEvent(own, 0n, { id })]);
        expect((await tx.findEvents([{ organizationId: own, id }])).map((event) => event.id)).toEqual([id]);
        await tx.updateHeads([{ ...head!, size: 1n, frontier: frontierOf(1n), recordedAt: startTime }]);
        appended.reach();
        await release.reached;
      }, recordingAnywhere);
      await appended.reached;
      expect(await store.event(own, id)).toBeUndefined();
      expect(await store.findEvents([{ organizationId: own, id }])).toEqual([]);
      expect((await store.heads([own]))[0]!.size).toBe(0n);
      release.reach();
      await writing;
      expect((await store.event(own, id))!.seq).toBe(0n);
      expect((await store.heads([own]))[0]!.size).toBe(1n);
    });

    test("an append that is rolled back gives its places and its ids back", async () => {
      const own = (await newOrganization(store)).organizationId;
      const id = newId();
      const failing = store.write(async (tx) => {
        await tx.lockHeads([own]);
        await tx.appendEvents([sampleEvent(own, 0n, { id })]);
        throw new Error("after all not");
      }, recordingAnywhere);
      await expect(failing).rejects.toThrow("after all not");
      const [event] = await append(store, own, [{ id }]);
      expect([event!.seq, event!.id]).toEqual([0n, id]);
    });

    test("an event with an erased slot, or with a salt of another length, is a mistake of the caller", async () => {
      const own = (await newOrganization(store)).organizationId;
      const event = sampleEvent(own, 0n);
      for (const slot of [{ digest: newHash() }, { json: "1", salt: new Uint8Array(15) }]) {
        const wrong = { ...event, slots: { ...event.slots, data: slot } };
        await expect(store.write((tx) => tx.appendEvents([wrong]), recordingAnywhere)).rejects.toThrow(
          RangeError,
        );
      }
      expect(await store.events(own, 0, 0n, 1)).toEqual([]);
    });

    test("a tile that is there already is refused", async () => {
      const own = (await newOrganization(store)).organizationId;
      const tile = {
        organizationId: own,
        logNo: 0,
        level: 0,
        index: 0n,
        hashes: new Uint8Array(256 * 32),
        root: newHash(),
      };
      await store.write((tx) => tx.appendTiles([tile]), anywhere);
      expect(await failed(store.write((tx) => tx.appendTiles([tile]), anywhere))).toBe("refused");
      expect(await store.tiles(own, 0, 0, 0n, 10)).toHaveLength(1);
    });

    test.each(Object.entries(changes))("%s of what is not there is a conflict", async (_, change) => {
      await conflict(store.write((tx) => change(tx, organizationId), anywhere));
    });

    test.each(Object.entries(looks))("%s of what is not there is no failure", async (_, [look, answer]) => {
      expect(await store.write((tx) => look(tx, organizationId), anywhere)).toEqual(answer);
    });
  });
}
