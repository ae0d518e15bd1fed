/** Tests of named writes, for every store: it refuses a write that names too many organizations, and methods that touch one that is not named. */
import { beforeAll, describe, expect, test } from "vitest";
import { inNone, inOne, spanning, spanningChanges, type WriteNames } from "../contract/placement.ts";
import type { WriteTransaction } from "../contract/transaction.ts";
import { touchingMethods } from "../named-writes.ts";
import type { Store } from "../store.ts";
import type { TestDatabase } from "./harness.ts";
import { newOrganization } from "./sample-events.ts";

const named = (...organizations: number[]): WriteNames => ({
  lane: "changes",
  organizations: new Set(organizations),
});

export function namedWrites(database: () => TestDatabase): void {
  describe("the organizations that a write names", () => {
    let store: Store;
    let own: { organizationId: number };
    let other: { organizationId: number };

    beforeAll(async () => {
      store = await database().open();
      own = await newOrganization(store);
      other = await newOrganization(store);
    });

    test.each(touchingMethods)("%s is refused in an organization that was not named", async (method) => {
      // whether the method reads a number, a member or a list of members: it finds another organization
      const another = Object.assign([other], other) as unknown as number;
      const touching = store.write((tx) => {
        const touch = tx[method] as (...args: unknown[]) => Promise<unknown>;
        return touch(another, "none", "none");
      }, inOne(own));
      await expect(touching).rejects.toThrow(RangeError);
      await expect(touching).rejects.toThrow(/does not name/);
    });

    test("what is refused is not run, and does not fail what is named", async () => {
      await store.write(async (tx) => {
        await expect(tx.updateOrganization(other.organizationId, { name: "Taken" })).rejects.toThrow(
          RangeError,
        );
        await tx.updateOrganization(own.organizationId, { name: "Own" });
      }, inOne(own));
      const [first, second] = await store.organizationsById([own.organizationId, other.organizationId]);
      expect([first?.name, second?.name].sort()).toEqual(["Acme", "Own"]);
    });

    test("more than a kind of write may name is refused before it begins", async () => {
      const kinds = Object.keys(spanningChanges) as (keyof typeof spanningChanges)[];
      const tooMany: WriteNames[] = [
        named(),
        named(own.organizationId, other.organizationId),
        named(0, own.organizationId),
        { ...inOne(own), spans: "account", organizations: new Set([own.organizationId]) },
        ...kinds.filter((kind) => kind !== "account").map((kind) => spanning(kind, [own, other])),
      ];
      for (const names of tooMany) {
        let ran = false;
        const work = async (_: WriteTransaction): Promise<void> => {
          ran = true;
        };
        await expect(store.write(work, names)).rejects.toThrow(RangeError);
        expect(ran).toBe(false);
      }
      const nothing = async (): Promise<string> => "ran";
      for (const kind of kinds) expect(await store.write(nothing, spanning(kind, [own]))).toBe("ran");
      expect(await store.write(nothing, spanning("account", [own, other]))).toBe("ran");
      expect(await store.write(nothing, inNone)).toBe("ran");
    });

    test("only a write that says so makes an organization, which is named from then on", async () => {
      const wanted = {
        id: `org_named_${own.organizationId}`,
        slug: `named-${own.organizationId}`,
        name: "New",
      };
      const origin = `log.example/o/named-${own.organizationId}`;
      await expect(store.write((tx) => tx.insertOrganization({ ...wanted, origin }), inNone)).rejects.toThrow(
        RangeError,
      );
      const made = await store.write(
        async (tx) => {
          const { organizationId } = await tx.insertOrganization({ ...wanted, origin });
          return tx.organizationForUpdate(organizationId);
        },
        spanning("organization-made", []),
      );
      expect(made).toMatchObject(wanted);
    });

    test("an organization has the same placement every time, also one that is not there", () => {
      for (const { organizationId } of [own, other, { organizationId: 2_000_000_000 }])
        expect(store.placementOf(organizationId)).toBe(store.placementOf(organizationId));
    });
  });
}
