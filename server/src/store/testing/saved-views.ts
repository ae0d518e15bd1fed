/** Tests of saved views, for every store. */
import { beforeAll, describe, expect, test } from "vitest";
import type { SavedView } from "../contract/saved-views.ts";
import type { Store } from "../store.ts";
import { anywhere } from "./anywhere.ts";
import { conflict, expectOneConflict, expectToFollow, failed } from "./expecting.ts";
import type { TestDatabase } from "./harness.ts";
import { newOrganization } from "./sample-events.ts";
import { hostileWords, newMember, sameNames, sampleId } from "./sample-people.ts";

export function savedViews(database: () => TestDatabase): void {
  describe("saved views", () => {
    let store: Store;
    let organizationId: number;

    beforeAll(async () => {
      store = await database().open();
      ({ organizationId } = await newOrganization(store));
      return () => store.close();
    });

    const search = '{"q":"-outcome:success"}';
    const save = (name: string, userId: number | null, in_ = organizationId): Promise<SavedView> =>
      store.write(
        (tx) => tx.insertSavedView({ organizationId: in_, id: sampleId("view"), userId, name, search }),
        anywhere,
      );
    const namesFor = async (userId: number | undefined, limit = 100): Promise<string[]> =>
      (await store.savedViews(organizationId, { userId, limit })).map(({ name }) => name);

    test("are found as they were saved, and changed in just what is given", async () => {
      const { userId } = await newMember(store, organizationId);
      const view = await save("Refused", userId);
      expect(view).toMatchObject({ organizationId, userId, name: "Refused", search, version: 1 });
      const find = () => store.savedView(organizationId, view.id);
      expect(await find()).toEqual(view);
      expect(await store.write((tx) => tx.savedViewForUpdate(organizationId, view.id), anywhere)).toEqual(
        view,
      );
      const set = (changes: { name?: string; search?: string }) =>
        store.write((tx) => tx.updateSavedView(organizationId, view.id, changes), anywhere);
      await set({ name: "Denied" });
      await set({ search: "{}" });
      expect(await find()).toEqual({ ...view, name: "Denied", search: "{}", version: 3 });
      await expectToFollow(store, (tx) => tx.savedViewForUpdate(organizationId, view.id));
      await store.write((tx) => tx.deleteSavedView(organizationId, view.id), anywhere);
      expect(await find()).toBeUndefined();
      await conflict(store.write((tx) => tx.deleteSavedView(organizationId, view.id), anywhere));
    });

    test("are listed for their person: their own by name, then the shared ones by name, and never another's", async () => {
      const [one, other] = [await newMember(store, organizationId), await newMember(store, organizationId)];
      const { organizationId: elsewhere } = await newOrganization(store);
      for (const name of ["b", "C", "a"]) {
        await save(`own ${name}`, one.userId);
        await save(`shared ${name}`, null);
        await save(`other ${name}`, other.userId);
        await save(`elsewhere ${name}`, null, elsewhere);
      }
      const all = ["shared a", "shared b", "shared C"];
      expect(await namesFor(one.userId)).toEqual(["own a", "own b", "own C", ...all]);
      expect(await namesFor(undefined)).toEqual(all);
      expect(await namesFor(one.userId, 4)).toEqual(["own a", "own b", "own C", "shared a"]);
      const count = (userId: number | null) =>
        store.write((tx) => tx.countSavedViews(organizationId, userId), anywhere);
      expect([await count(one.userId), await count(null)]).toEqual([3, 3]);
      for (const { id } of await store.savedViews(organizationId, { userId: undefined, limit: 9 }))
        await store.write((tx) => tx.deleteSavedView(organizationId, id), anywhere);
    });

    test("have a name of their own among those of one person, and among the shared ones", async () => {
      const { userId } = await newMember(store, organizationId);
      for (const [index, [one, same]] of sameNames.entries()) {
        const [name, again] = [`${index} ${one}`, `${index} ${same}`];
        for (const whose of [userId, null]) {
          const { id } = await save(name, whose);
          expect(await conflict(save(again, whose))).toBe("saved_view_name_key");
          await store.write((tx) => tx.updateSavedView(organizationId, id, { name: again }), anywhere);
          const { id: third } = await save(`third ${index}`, whose);
          const renamed = store.write((tx) => tx.updateSavedView(organizationId, third, { name }), anywhere);
          expect(await conflict(renamed)).toBe("saved_view_name_key");
        }
      }
      await expectOneConflict([save("At once", null), save("AT ONCE", null)], "saved_view_name_key");
    });

    test("keep whatever words they are given", async () => {
      const { organizationId: own } = await newOrganization(store);
      for (const word of hostileWords) {
        const id = sampleId("view");
        const row = {
          organizationId: own,
          id,
          userId: null,
          name: word,
          search: JSON.stringify({ q: word }),
        };
        await store.write((tx) => tx.insertSavedView(row), anywhere);
        expect(await store.savedView(own, id)).toMatchObject({ name: word, search: row.search });
      }
      expect(await failed(save("a\u0000b", null))).toBe("refused");
      expect(await failed(store.savedView(own, "a\u0000b"))).toBe("refused");
    });

    test("of a person go when their membership ends; the shared ones stay", async () => {
      const { userId } = await newMember(store, organizationId);
      const { organizationId: another } = await newOrganization(store);
      const [own, all] = [await save("Mine", userId), await save("Ours", null)];
      const elsewhere = await save("Mine", userId, another);
      await store.write((tx) => tx.deleteMember(organizationId, userId), anywhere);
      expect(await store.savedView(organizationId, own.id)).toBeUndefined();
      expect(await store.savedView(organizationId, all.id)).toEqual(all);
      expect(await store.savedView(another, elsewhere.id)).toEqual(elsewhere);
    });
  });
}
