/** Tests of organizations, event types, idempotency keys, and the row of the deployment, for every store. */
import { beforeAll, describe, expect, test } from "vitest";
import type { Store } from "../store.ts";
import { anywhere } from "./anywhere.ts";
import { conflict } from "./expecting.ts";
import type { TestDatabase } from "./harness.ts";
import { append, newOrganization } from "./sample-events.ts";
import { sampleId } from "./sample-people.ts";

const bytes = (fill: number): Uint8Array => new Uint8Array(32).fill(fill);

export function businessRows(database: () => TestDatabase): void {
  describe("business rows", () => {
    let store: Store;

    beforeAll(async () => {
      store = await database().open();
      return () => store.close();
    });

    test("of many first starts one makes the deployment and the reserved organization", async () => {
      expect(await store.deployment()).toBeUndefined();
      const deployment = { logName: "log.example", publicKey: bytes(1), operatorTokenHash: bytes(2) };
      const second = await database().open();
      const start = (one: Store): Promise<boolean> =>
        one.write(async (tx) => {
          if (!(await tx.insertDeployment(deployment))) return false;
          await tx.insertOrganization({
            organizationId: 0,
            id: "org_0",
            slug: "daybook",
            name: "Daybook",
            origin: "log.example/o/0",
          });
          return true;
        }, anywhere);
      const firsts = await Promise.all([store, second, store, second, store].map(start));
      await second.close();
      expect(firsts.filter(Boolean)).toHaveLength(1);
      expect((await store.organization("daybook"))?.organizationId).toBe(0);
      await store.write((tx) => tx.setOperatorTokenHash(bytes(3)), anywhere);
      const kept = (await store.deployment())!;
      expect([kept.logName, [...kept.publicKey], [...kept.operatorTokenHash]]).toEqual([
        "log.example",
        [...bytes(1)],
        [...bytes(3)],
      ]);
      expect((await store.organizations(undefined, 100)).map(({ slug }) => slug)).not.toContain("daybook");
    });

    test("what is made and ended in one transaction carries its one time, which the database's clock gives", async () => {
      const other = await newOrganization(store);
      const before = await store.clock();
      const { at, made } = await store.write(async (tx) => {
        const made = await tx.insertOrganization({
          id: "org_times",
          slug: "times",
          name: "Times",
          origin: "log.example/o/times",
        });
        const at = await tx.changedAt();
        await tx.closeOrganization(other.organizationId);
        expect(await tx.changedAt()).toBe(at);
        return { at, made };
      }, anywhere);
      expect(at > before && at < (await store.clock())).toBe(true);
      expect(made.createdAt).toBe(at);
      expect((await store.organization(other.slug))!.closedAt).toBe(at);
      expect(await store.write((tx) => tx.changedAt(), anywhere)).toBeGreaterThan(at);
    });

    test("an organization is found by slug and by id, renamed and closed", async () => {
      const made = await newOrganization(store, "Zoë's \u202e shop 🎉");
      expect(await store.organization(made.slug)).toEqual(made);
      expect(await store.organization(made.id)).toEqual(made);
      expect(await store.organizationsById([made.organizationId])).toEqual([made]);
      await store.write(async (tx) => {
        expect(await tx.organizationForUpdate(made.organizationId)).toEqual(made);
        await tx.updateOrganization(made.organizationId, { name: "New" });
        await tx.closeOrganization(made.organizationId);
      }, anywhere);
      const now = (await store.organization(made.slug))!;
      expect(now).toEqual({ ...made, name: "New", version: 2, closedAt: now.closedAt });
      expect(now.closedAt! >= made.createdAt).toBe(true);
      expect(await store.organization("no-such")).toBeUndefined();
    });

    test("an organization comes with its first log and a new head", async () => {
      const { organizationId } = await newOrganization(store);
      const origin = expect.stringMatching(/^log\.example\/o\//);
      expect(await store.logs(organizationId)).toEqual([{ organizationId, logNo: 0, origin, size: 0n }]);
      const head = { size: 0n, frontier: Buffer.alloc(0), recordedAt: null, closed: false };
      expect(await store.heads([organizationId])).toEqual([{ organizationId, logNo: 0, origin, ...head }]);
    });

    test("many organizations are found by slug or id in one read, each as if it was asked for alone", async () => {
      const [first, second] = [await newOrganization(store), await newOrganization(store)];
      // a slug goes before an id
      await store.write(
        (tx) =>
          tx.insertOrganization({
            id: second.slug,
            slug: `${second.slug}-alike`,
            name: "Alike",
            origin: `log.example/o/${second.slug}-alike`,
          }),
        anywhere,
      );
      await store.write((tx) => tx.closeOrganization(second.organizationId), anywhere);
      const names = [
        second.slug,
        "no-such",
        first.slug,
        first.id,
        second.id,
        "Daybook",
        "daybook",
        first.slug,
      ];
      const alone = [];
      for (const name of names) alone.push(await store.organization(name));
      expect(alone[0]?.id).toBe(second.id);
      expect(await store.organizationsNamed(names)).toEqual(alone);
      expect(await store.organizationsNamed([])).toEqual([]);
      const many = Array.from({ length: 1_000 }, (_, n) => `no-such-${n}`);
      expect(await store.organizationsNamed([...many, first.slug])).toEqual([
        ...many.map(() => undefined),
        first,
      ]);
    });

    test("a slug or an id that is taken is a conflict that names it", async () => {
      const { slug, id } = await newOrganization(store);
      const insert = (organization: { id: string; slug: string }): Promise<unknown> =>
        store.write(
          (tx) => tx.insertOrganization({ ...organization, name: "Other", origin: "log.example/o/other" }),
          anywhere,
        );
      expect(await conflict(insert({ id: "org_free", slug }))).toBe("organization_slug_key");
      expect(await conflict(insert({ id, slug: "free-slug" }))).toBe("organization_id_key");
      await conflict(store.write((tx) => tx.organizationForUpdate(2_000_000_000), anywhere));
    });

    test("organizations are listed by slug, a page at a time", async () => {
      for (let n = 0; n < 7; n++) await newOrganization(store);
      const slugs: string[] = [];
      for (;;) {
        const page = await store.organizations(slugs.at(-1), 3);
        slugs.push(...page.map(({ slug }) => slug));
        if (page.length < 3) break;
      }
      expect(slugs.length).toBeGreaterThanOrEqual(7);
      expect(slugs).toEqual([...new Set(slugs)].sort());
    });

    test("organizations are found by a part of their name or slug, a page at a time", async () => {
      const made = [];
      for (let n = 0; n < 4; n++) {
        const slug = `${sampleId("found").toLowerCase().replaceAll("_", "-")}`;
        const named = { id: sampleId("org"), slug, name: n === 3 ? "Other" : "Kite and Łódź" };
        made.push(
          await store.write(
            (tx) => tx.insertOrganization({ ...named, origin: `log.example/o/${slug}` }),
            anywhere,
          ),
        );
      }
      const kites = made.slice(0, 3).sort((a, b) => (a.slug < b.slug ? -1 : 1));
      const page = { after: undefined, limit: 2 };
      for (const matching of ["KITE", "and Łódź"]) {
        const first = await store.organizationsMatching({ ...page, matching });
        expect(first).toEqual(kites.slice(0, 2));
        expect(await store.organizationsMatching({ ...page, after: first[1]?.slug, matching })).toEqual(
          kites.slice(2),
        );
      }
      expect(await store.organizationsMatching({ ...page, matching: made[3]!.slug.slice(3) })).toEqual([
        made[3],
      ]);
      expect(await store.organizationsMatching({ ...page, matching: "100%_" })).toEqual([]);
      expect(await store.organizationsMatching(page)).toEqual(await store.organizations(undefined, 2));
    });

    test("versions of an event type are kept, and what was registered since is found", async () => {
      const { organizationId } = await newOrganization(store);
      const name = "invoice.paid";
      const add = (version: number, of = name): Promise<void> =>
        store.write(
          (tx) =>
            tx.insertEventType({ organizationId, name: of, version, definition: `{"version":${version}}` }),
          anywhere,
        );
      const since = async (after: number): Promise<unknown[]> =>
        (await store.eventTypes(organizationId, after)).map((type) => [type.name, type.version]);
      await add(1);
      await add(2);
      expect(await conflict(add(2))).toBe("event_type_pkey");
      await add(1, "zone.added");
      expect(await since(0)).toEqual([
        [name, 2],
        ["zone.added", 1],
      ]);
      expect(await since(2)).toEqual([["zone.added", 1]]);
      expect(await since(3)).toEqual([]);
      const { organizationId: other } = await newOrganization(store);
      const asked = [0, 3, 2].map((after) => ({ organizationId, after }));
      expect(await store.newEventTypes([{ organizationId: other, after: 0 }, ...asked])).toEqual([
        [],
        await store.eventTypes(organizationId, 0),
        [],
        await store.eventTypes(organizationId, 2),
      ]);
      const one = await store.eventType(organizationId, name, 1);
      expect(one).toMatchObject({
        organizationId,
        name,
        version: 1,
        registration: 1,
        definition: '{"version":1}',
      });
      expect(await store.eventType(organizationId, name, 3)).toBeUndefined();
      await store.write(async (tx) => {
        expect((await tx.eventType(organizationId, name))?.version).toBe(2);
        expect((await tx.eventType(organizationId, name, 1))?.version).toBe(1);
        const names = await tx.eventTypeNames(organizationId, "invoicepaid");
        expect(names).toEqual({ count: 2, alike: [name] });
        expect((await tx.eventTypeNames(organizationId, "invoice.paid")).alike).toEqual([]);
      }, anywhere);
    });

    test("an event type of the service is no organization's", async () => {
      const { organizationId } = await newOrganization(store);
      const name = `service.${organizationId}`;
      const before = (await store.eventTypes(0, 0)).length;
      await store.write(
        (tx) => tx.insertEventType({ organizationId: 0, name, version: 1, definition: "{}" }),
        anywhere,
      );
      const types = await store.eventTypes(0, 0);
      expect(types).toHaveLength(before + 1);
      const registered = types.find((type) => type.name === name);
      expect(registered).toMatchObject({ organizationId: 0, version: 1, registration: before + 1 });
      expect(await store.eventType(0, name, 1)).toEqual(registered);
      expect(await store.eventTypes(organizationId, 0)).toEqual([]);
      await store.write(async (tx) => {
        expect((await tx.eventTypeNames(0, name.replace(".", ""))).alike).toEqual([name]);
      }, anywhere);
    });

    test("a name of an event type is the service's or organizations', and who takes one waits for others", async () => {
      const { organizationId } = await newOrganization(store);
      const take = (of: number, name: string): Promise<boolean> =>
        store.write((tx) => tx.takeEventTypeName(of, name), anywhere);
      const name = `taken.${organizationId}`;
      expect(await take(organizationId, name)).toBe(true);
      expect(await take(organizationId + 1, name)).toBe(true);
      expect(await take(0, name)).toBe(false);
      const other = `both.${organizationId}`;
      const at = await Promise.all([take(0, other), take(organizationId, other), take(0, other)]);
      expect(at[0]).toBe(at[2]);
      expect(at[1]).toBe(!at[0]);
      // a name that a failed transaction took is free
      const third = `third.${organizationId}`;
      const failing = store.write(async (tx) => {
        await tx.takeEventTypeName(0, third);
        throw new Error("after all not");
      }, anywhere);
      await expect(failing).rejects.toThrow("after all not");
      expect(await take(organizationId, third)).toBe(true);
    });

    test("an idempotency key is claimed once; others wait for its answer", async () => {
      const { organizationId } = await newOrganization(store);
      const claim = (hash: Uint8Array, body: string): Promise<string | undefined> =>
        store.write(async (tx) => {
          const answered = await tx.claimIdempotencyKey(organizationId, "key", hash);
          if (answered) return answered.body;
          await tx.answerIdempotencyKey(organizationId, "key", { status: 201, body });
          return undefined;
        }, anywhere);
      const answers = await Promise.all([
        claim(bytes(1), "same"),
        claim(bytes(1), "same"),
        claim(bytes(1), "same"),
      ]);
      expect(answers.filter((answer) => answer === undefined)).toHaveLength(1);
      expect(answers.filter((answer) => answer === "same")).toHaveLength(2);
      const kept = await store.write(
        (tx) => tx.claimIdempotencyKey(organizationId, "key", bytes(9)),
        anywhere,
      );
      expect([kept?.status, [...(kept?.requestHash ?? [])]]).toEqual([201, [...bytes(1)]]);
    });

    test("a claim that is rolled back leaves the key free", async () => {
      const { organizationId } = await newOrganization(store);
      const claim = store.write(async (tx) => {
        await tx.claimIdempotencyKey(organizationId, "key", bytes(1));
        throw new Error("changed its mind");
      }, anywhere);
      await expect(claim).rejects.toThrow("changed its mind");
      expect(
        await store.write((tx) => tx.claimIdempotencyKey(organizationId, "key", bytes(2)), anywhere),
      ).toBeUndefined();
    });

    test("a further log takes over the head, and the one before keeps its size", async () => {
      const { organizationId } = await newOrganization(store);
      await append(store, organizationId, [{}, {}, {}]);
      await store.write(
        (tx) => tx.insertLog({ organizationId, logNo: 1, origin: "log.example/o/next" }),
        anywhere,
      );
      await append(store, organizationId, [{}]);
      const logs = await store.logs(organizationId);
      expect(logs.map(({ logNo, size }) => [logNo, size])).toEqual([
        [0, 3n],
        [1, 1n],
      ]);
      expect((await store.heads([organizationId]))[0]).toMatchObject({
        logNo: 1,
        origin: "log.example/o/next",
      });
      await conflict(
        store.write(
          (tx) => tx.insertLog({ organizationId, logNo: 3, origin: "log.example/o/gap" }),
          anywhere,
        ),
      );
    });

    test("the clock is that of the database", async () => {
      const [outside, inside] = [await store.clock(), await store.write((tx) => tx.clock(), anywhere)];
      expect(inside > outside).toBe(true);
      expect(Math.abs(Number(inside) / 1000 - Date.now())).toBeLessThan(5_000);
    });
  });
}
