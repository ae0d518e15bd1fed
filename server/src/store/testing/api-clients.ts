/** Tests of API clients and their tokens, for every store. */
import type { Scope } from "daybook/internal";
import { beforeAll, describe, expect, test } from "vitest";
import type { Organization } from "../contract/organizations.ts";
import type { Store } from "../store.ts";
import { anywhere } from "./anywhere.ts";
import { conflict, expectOneConflict, expectToFollow, failed } from "./expecting.ts";
import type { TestDatabase } from "./harness.ts";
import { newOrganization } from "./sample-events.ts";
import {
  allPages,
  by,
  clientRow,
  hostileWords,
  newClient,
  newHash,
  newMember,
  newUser,
  plainHash,
  sameNames,
  sampleId,
} from "./sample-people.ts";

export function apiClients(database: () => TestDatabase): void {
  describe("API clients", () => {
    let store: Store;
    let organization: Organization;
    let organizationId: number;

    beforeAll(async () => {
      store = await database().open();
      organization = await newOrganization(store);
      organizationId = organization.organizationId;
      return () => store.close();
    });

    test("are found as they were made", async () => {
      const scopes: Scope[] = ["events:import", "events:write", "audit-log:download", "events:read"];
      const { client } = await newClient(store, organizationId, { scopes, expiresOn: "2027-02-28" });
      expect(client).toEqual({
        organizationId,
        id: client.id,
        name: client.name,
        expiresOn: "2027-02-28",
        scopes,
        createdBy: by,
        createdAt: client.createdAt,
        revokedAt: null,
        deletedAt: null,
        lastUsedOn: null,
        expiryWarned: null,
        version: 1,
      });
      const listed = { ...client, tokenPrefix: "dbk_live_abc123", creatorHasLeft: false };
      expect(await store.apiClient(organizationId, client.id)).toEqual(listed);
      const find = (id: string) => store.write((tx) => tx.apiClientForUpdate(organizationId, id), anywhere);
      expect(await find(client.id)).toEqual(client);
      expect(await find("client_none")).toBeUndefined();
      expect(await store.apiClient(organizationId, "client_none")).toBeUndefined();
      const { organizationId: other } = await newOrganization(store);
      expect(await store.apiClient(other, client.id)).toBeUndefined();
      await expectToFollow(store, (tx) => tx.apiClientForUpdate(organizationId, client.id));
    });

    test("that may do nothing, or what has no name, are refused", async () => {
      const none = newClient(store, organizationId, { scopes: [] });
      expect(await failed(none)).toBe("refused");
      const odd = newClient(store, organizationId, { scopes: ["events:write", "events:delete" as Scope] });
      expect(await failed(odd)).toBe("refused");
      expect(await failed(newClient(store, organizationId, { expiresOn: "2027-02-29" }))).toBe("refused");
      expect(await failed(newClient(store, organizationId, { name: "a\u0000b" }))).toBe("refused");
    });

    test("keep whatever words they are given", async () => {
      const { organizationId: own } = await newOrganization(store);
      for (const word of hostileWords) {
        const { client } = await newClient(store, own, { id: sampleId(word), name: word });
        expect(await store.apiClient(own, client.id)).toMatchObject({ id: client.id, name: word });
        await store.noteUsed([client], "2026-11-25");
        expect((await store.apiClient(own, client.id))?.lastUsedOn).toBe("2026-11-25");
      }
    });

    test("have a name of their own, however it is written, until they are deleted", async () => {
      const { organizationId: own } = await newOrganization(store);
      for (const [one, same] of sameNames) {
        const { client } = await newClient(store, own, { name: one });
        expect(await conflict(newClient(store, own, { name: same }))).toBe("api_client_name_key");
        await store.write((tx) => tx.renameApiClient(own, client.id, same), anywhere);
        const { client: other } = await newClient(store, own);
        const rename = () => store.write((tx) => tx.renameApiClient(own, other.id, one), anywhere);
        expect(await conflict(rename())).toBe("api_client_name_key");
        await store.write((tx) => tx.revokeApiClient(own, client.id), anywhere);
        expect(await conflict(rename())).toBe("api_client_name_key");
        await store.write((tx) => tx.deleteApiClient(own, client.id), anywhere);
        await rename();
        expect(await store.apiClient(own, other.id)).toMatchObject({ name: one, version: 2 });
        await store.write((tx) => tx.deleteApiClient(own, other.id), anywhere);
      }
      const both = [
        newClient(store, own, { name: "Once" }),
        newClient(store, own, { name: "ONCE" }),
      ] as const;
      await expectOneConflict(both, "api_client_name_key");
    });

    test("count their changes, and end once", async () => {
      const { client } = await newClient(store, organizationId);
      const of = [organizationId, client.id] as const;
      const version = async (): Promise<number> => (await store.apiClient(...of))!.version;
      await store.write((tx) => tx.touchApiClient(...of), anywhere);
      expect(await version()).toBe(2);
      await store.write((tx) => tx.setExpiryWarned(...of, 30), anywhere);
      expect(await store.apiClient(...of)).toMatchObject({ expiryWarned: 30, version: 2 });
      await store.write((tx) => tx.revokeApiClient(...of), anywhere);
      const revoked = (await store.apiClient(...of))!;
      expect(revoked.version).toBe(3);
      expect(revoked.revokedAt! > revoked.createdAt).toBe(true);
      await conflict(store.write((tx) => tx.revokeApiClient(...of), anywhere));
      await store.write((tx) => tx.deleteApiClient(...of), anywhere);
      await conflict(store.write((tx) => tx.deleteApiClient(...of), anywhere));
      const deleted = (await store.apiClient(...of))!;
      expect(deleted).toEqual({ ...revoked, deletedAt: deleted.deletedAt, version: 4 });
      await conflict(store.write((tx) => tx.touchApiClient(organizationId, "client_none"), anywhere));
    });

    test("are listed the newest first, a page at a time, without deleted ones", async () => {
      const { organizationId: own } = await newOrganization(store);
      const made: string[] = [];
      for (let n = 0; n < 11; n++) made.push((await newClient(store, own)).client.id);
      await newClient(store, organizationId);
      const list = async (limit: number): Promise<string[]> =>
        (
          await allPages(
            (page) => store.apiClients(own, page),
            ({ id }) => id,
            limit,
          )
        ).map(({ id }) => id);
      const newest = made.toReversed();
      for (const limit of [1, 3, 4, 100]) expect(await list(limit)).toEqual(newest);
      await store.write(async (tx) => {
        await tx.revokeApiClient(own, newest[2]!);
        await tx.deleteApiClient(own, newest[4]!);
      }, anywhere);
      expect(await list(3)).toEqual(newest.toSpliced(4, 1));
      const on = await store.apiClients(own, { after: newest[4], limit: 2 });
      expect(on.map(({ id }) => id)).toEqual(newest.slice(5, 7));
      expect((await store.apiClient(own, newest[4]!))?.deletedAt).not.toBeNull();
      expect(await store.apiClients(own, { after: "client_none", limit: 2 })).toEqual([]);
    });

    test("that were added at the same instant are listed without gap or double", async () => {
      const { organizationId: own } = await newOrganization(store);
      const ids = ["c", "a", "e", "b", "d"];
      for (const id of ids) await newClient(store, own, { id });
      await database().plant(
        `UPDATE api_client SET created_at = '2026-11-25 00:00:00+00' WHERE organization_id = ${own}`,
      );
      const listed = await allPages(
        (page) => store.apiClients(own, page),
        ({ id }) => id,
        2,
      );
      expect(listed.map(({ id }) => id)).toEqual(["e", "d", "c", "b", "a"]);
    });

    test("are listed by what ends next and by what was used last, a page at a time", async () => {
      const { organizationId: own } = await newOrganization(store);
      const made = async (expiresOn: string, usedOn?: string): Promise<string> => {
        const { client } = await newClient(store, own, { expiresOn });
        if (usedOn !== undefined) await store.noteUsed([client], usedOn);
        return client.id;
      };
      const far = await made("2027-09-04", "2026-11-20");
      const [soon, soonToo] = [await made("2026-12-09", "2026-11-25"), await made("2026-12-09")];
      const revoked = await made("2026-11-30", "2026-11-24");
      const over = await made("2026-10-31");
      await store.write(async (tx) => {
        await tx.revokeApiClient(own, revoked);
        await tx.setExpiryWarned(own, over, 0);
      }, anywhere);
      for (const limit of [1, 2, 100])
        for (const [order, ids] of [
          ["expiry", [soon, soonToo, far, over, revoked]],
          ["used", [soon, revoked, far, over, soonToo]],
          ["added", [over, revoked, soonToo, soon, far]],
        ] as const) {
          const listed = await allPages(
            (page) => store.apiClients(own, { ...page, order }),
            ({ id }) => id,
            limit,
          );
          expect(listed.map(({ id }) => id)).toEqual(ids);
        }
      await store.write((tx) => tx.deleteApiClient(own, soonToo), anywhere);
      const [next] = await store.apiClients(own, { after: soonToo, limit: 1, order: "expiry" });
      expect(next?.id).toBe(far);
    });

    test("outlive the member who added them, and say that they have left", async () => {
      const { userId: creatorId } = await newMember(store, organizationId);
      const { userId: operator } = await newUser(store, { isOperator: true });
      const { client } = await newClient(store, organizationId, { creatorId });
      const { client: ofOperator } = await newClient(store, organizationId, { creatorId: operator });
      const left = async (id: string): Promise<boolean> =>
        (await store.apiClient(organizationId, id))!.creatorHasLeft;
      expect([await left(client.id), await left(ofOperator.id)]).toEqual([false, false]);
      await store.write((tx) => tx.deleteMember(organizationId, creatorId), anywhere);
      expect([await left(client.id), await left(ofOperator.id)]).toEqual([true, false]);
      const [listed] = await store.within(organizationId).apiClients(organizationId, {
        after: ofOperator.id,
        limit: 1,
      });
      expect(listed).toMatchObject({ id: client.id, creatorHasLeft: true });
    });

    describe("tokens", () => {
      test("tell their client and its organization in one read", async () => {
        const { client, tokenHash } = await newClient(store, organizationId);
        const [held, ...more] = await store.tokens([newHash(), tokenHash, newHash()]);
        expect(more).toEqual([]);
        expect(plainHash(held!)).toEqual({
          tokenHash: [...tokenHash],
          worksUntil: null,
          client,
          organization,
        });
        expect(await store.tokens([])).toEqual([]);
      });

      test("of a revoked, a deleted or an expired client are still found", async () => {
        const made = [
          await newClient(store, organizationId),
          await newClient(store, organizationId),
          await newClient(store, organizationId, { expiresOn: "2020-01-01" }),
        ];
        await store.write(async (tx) => {
          await tx.revokeApiClient(organizationId, made[0]!.client.id);
          await tx.deleteApiClient(organizationId, made[1]!.client.id);
        }, anywhere);
        const found = await store.tokens(made.map(({ tokenHash }) => tokenHash));
        const of = (index: number) =>
          found.find(({ client }) => client.id === made[index]!.client.id)!.client;
        expect(of(0).revokedAt).not.toBeNull();
        expect(of(1).deletedAt).not.toBeNull();
        expect(of(2).expiresOn).toBe("2020-01-01");
      });

      test("get an end when a newer one is issued, and never a later one again", async () => {
        const { client, tokenHash } = await newClient(store, organizationId);
        const of = { organizationId, clientId: client.id };
        const [second, third] = [newHash(), newHash()];
        await store.write(async (tx) => {
          await tx.endTokens(organizationId, client.id, 111n);
          await tx.insertToken({ ...of, tokenHash: second, prefix: "dbk_live_second" });
        }, anywhere);
        await store.write(async (tx) => {
          await tx.endTokens(organizationId, client.id, 222n);
          await tx.insertToken({ ...of, tokenHash: third, prefix: "dbk_live_third_" });
        }, anywhere);
        const ends = async (): Promise<unknown[]> => {
          const found = await store.tokens([tokenHash, second, third]);
          const endOf = (hash: Uint8Array) =>
            found.find((one) => Buffer.compare(one.tokenHash, hash) === 0)?.worksUntil;
          return [tokenHash, second, third].map(endOf);
        };
        expect(await ends()).toEqual([111n, 222n, null]);
        expect((await store.apiClient(organizationId, client.id))?.tokenPrefix).toBe("dbk_live_third_");
        const again = store.write((tx) => tx.insertToken({ ...of, tokenHash: third, prefix: "x" }), anywhere);
        expect(await conflict(again)).toBe("api_client_token_pkey");
        await store.write((tx) => tx.endTokens(organizationId, client.id, 99n), anywhere);
        expect(await ends()).toEqual([99n, 99n, 99n]);
      });
    });

    test("the day of use is noted where it is a later one", async () => {
      const [a, b] = [
        (await newClient(store, organizationId)).client,
        (await newClient(store, organizationId)).client,
      ];
      const days = async (): Promise<unknown[]> =>
        (await Promise.all([a, b].map(({ id }) => store.apiClient(organizationId, id)))).map(
          (one) => one?.lastUsedOn,
        );
      await store.noteUsed([a], "2026-11-24");
      expect(await days()).toEqual(["2026-11-24", null]);
      await store.noteUsed([b, a, a, { organizationId, id: "client_none" }], "2026-11-23");
      expect(await days()).toEqual(["2026-11-24", "2026-11-23"]);
      await Promise.all([store.noteUsed([a, b], "2026-11-25"), store.noteUsed([b, a], "2026-11-25")]);
      expect(await days()).toEqual(["2026-11-25", "2026-11-25"]);
      await store.noteUsed([], "2026-11-26");
      expect((await store.apiClient(organizationId, a.id))?.version).toBe(1);
    });

    test("those that expire are found in all organizations, until it is said", async () => {
      const { organizationId: other } = await newOrganization(store);
      // far from the dates of the other tests
      const at = (day: string, of = organizationId) => newClient(store, of, { expiresOn: `1999-05-${day}` });
      const [first, second, third] = [await at("01"), await at("02", other), await at("03")];
      const gone = await at("01");
      const revoked = await at("01");
      await store.write(async (tx) => {
        await tx.deleteApiClient(organizationId, gone.client.id);
        await tx.revokeApiClient(organizationId, revoked.client.id);
      }, anywhere);
      const found = async (before: string, days: 30 | 7 | 0, limit = 10): Promise<string[]> =>
        (await store.apiClientsExpiring(before, days, limit)).map(({ id }) => id);
      const [a, b, c] = [first.client.id, second.client.id, third.client.id];
      expect(await found("1999-05-01", 30)).toEqual([]);
      expect(await found("1999-05-03", 30)).toEqual([a, b]);
      expect(await found("1999-05-04", 0, 2)).toEqual([a, b]);
      await store.write((tx) => tx.setExpiryWarned(organizationId, a, 7), anywhere);
      expect(await found("1999-05-04", 30)).toEqual([b, c]);
      expect(await found("1999-05-04", 7)).toEqual([b, c]);
      expect(await found("1999-05-04", 0)).toEqual([a, b, c]);
      expect(await store.countExpiring("1999-05-01", "1999-05-03")).toBe(3);
      expect(await store.countExpiring("1999-05-02", "1999-05-02")).toBe(1);
      await store.write((tx) => tx.setExpiryWarned(organizationId, a, 0), anywhere);
      expect(await found("1999-05-04", 0)).toEqual([b, c]);
      expect(await store.countExpiring("1999-05-01", "1999-05-03")).toBe(2);
    });

    test("stages that are not due by the calendar are set back to the one that is, and no others", async () => {
      const made = async (expiresOn: string, stage: 30 | 7 | 0 | null): Promise<string> => {
        const { client } = await newClient(store, organizationId, { expiresOn });
        if (stage !== null)
          await store.write((tx) => tx.setExpiryWarned(organizationId, client.id, stage), anywhere);
        return client.id;
      };
      const all: [expiresOn: string, stage: 30 | 7 | 0 | null, then: 30 | 7 | 0 | null][] = [
        ["1998-04-30", 0, 0],
        ["1998-05-01", 0, 7],
        ["1998-05-08", 0, 7],
        ["1998-05-09", 7, 30],
        ["1998-05-31", 0, 30],
        ["1998-06-01", 30, null],
        ["1998-06-01", null, null],
        // a warning that is still to come is not made here
        ["1998-05-02", 30, 30],
        ["1998-05-02", null, null],
      ];
      const ids: string[] = [];
      for (const [expiresOn, stage] of all) ids.push(await made(expiresOn, stage));
      const reset = (): Promise<boolean> =>
        store.write((tx) => tx.resetExpiryWarned(organizationId, "1998-05-01"), anywhere);
      expect([await reset(), await reset()]).toEqual([true, false]);
      const stages: unknown[] = [];
      for (const id of ids) stages.push((await store.apiClient(organizationId, id))?.expiryWarned);
      expect(stages).toEqual(all.map(([, , then]) => then));
    });

    test("two who add clients wait for each other only where the names are the same", async () => {
      await store.write(async (tx) => {
        await tx.insertApiClient(clientRow(organizationId));
        await newClient(store, organizationId);
      }, anywhere);
    });
  });
}
