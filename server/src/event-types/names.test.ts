/** Names of custom event types, and whether they belong to an organization or to the service. */
import { createHash } from "node:crypto";
import { canonicalize, type Json, type JsonObject } from "daybook/internal";
import { describe, expect, test } from "vitest";
import type { Organization } from "../store/contract/organizations.ts";
import type { Store } from "../store/store.ts";
import { anywhere } from "../store/testing/anywhere.ts";
import {
  another,
  clock,
  definition,
  openRegistering,
  type Process,
  refused,
  register,
  registeredEvents,
  registerForAll,
} from "./testing/registering.ts";

let store: Store;
let organization: Organization;
let service: Organization;
let one: Process;
let other: Process;
let made: number;
openRegistering((opened) => {
  ({ store, organization, service, one, other, made } = opened);
});

describe("a name", () => {
  const named = (name: string): JsonObject => definition({ name });

  test.each([
    ["api.client-added", "API_CLIENT_ADDED"],
    ["apiClientAdded", "API_CLIENT_ADDED"],
    ["Log/Anchored", "LOG_ANCHORED, which is Daybook's in a later version"],
  ])("%s is refused: it is %s but for case and signs", async (name) => {
    expect(await refused(register(named(name)))).toBe("event-type-name-taken");
    expect(await refused(registerForAll(named(name)))).toBe("event-type-name-taken");
  });

  test("is refused where another of the same place is the same but for case and signs", async () => {
    await register(named("repo.add_member"));
    for (const name of ["repo.addMember", "Repo/Add:Member", "repoaddmember"])
      expect(await refused(register(named(name)))).toBe("event-type-name-taken");
    expect(await register(named("repo.add_member"))).toMatchObject({ registered: false });
    // organizations use names independently
    const stranger = await another();
    expect(await register(named("repo.addMember"), one, stranger)).toMatchObject({ registered: true });
    expect(await register(named("repo.add-member"), one, await another())).toMatchObject({
      registered: true,
    });
  });

  test("that was registered stays valid when the catalogue grows", async () => {
    const { organizationId } = organization;
    // as if API_CLIENT_ADDED had come with a later version of Daybook
    const { type } = await register(named("invoice.paid"));
    const early = { ...type, name: "api.client.added" };
    await store.write(async (tx) => {
      await tx.takeEventTypeName(organizationId, early.name);
      const row = {
        organizationId,
        name: early.name,
        version: 1,
        definition: canonicalize(early as unknown as Json),
      };
      await tx.insertEventType(row);
    }, anywhere);
    expect(await register(definition({ name: early.name, title: "Paid" }))).toMatchObject({
      type: { version: 2 },
    });
    expect(await other.types.find(organizationId, early.name)).toMatchObject({ type: { version: 2 } });
  });

  test("of the service can't be an organization's, nor the other way round", async () => {
    await registerForAll(named(`mine.${made}`));
    expect(await refused(register(named(`mine.${made}`)))).toBe("event-type-name-taken");
    await register(named(`yours.${made}`));
    expect(await refused(registerForAll(named(`yours.${made}`)))).toBe("event-type-name-taken");
    expect(await registeredEvents()).toHaveLength(1);
  });

  test("that service and organization take at once, in two processes, goes to one of them, each time", async () => {
    for (let n = 0; n < 8; n++) {
      const name = `race.${made}.${n}`;
      const tries = [
        () => registerForAll(named(name), one),
        () => register(named(name), other),
        () => registerForAll(named(name), other),
      ];
      const done = await Promise.allSettled((n % 2 === 0 ? tries : tries.toReversed()).map((each) => each()));
      for (const each of done)
        if (each.status === "rejected") expect(each.reason).toMatchObject({ code: "event-type-name-taken" });
      const isServices = (await store.eventType(0, name, 1)) !== undefined;
      const isOwn = (await store.eventType(organization.organizationId, name, 1)) !== undefined;
      expect([isServices, isOwn]).toEqual([isServices, !isServices]);
    }
  });

  test("that two processes take at once in one organization, but for case, goes to one of them", async () => {
    const done = await Promise.allSettled([
      register(named("repo.add_member"), one),
      register(named("repo.addMember"), other),
    ]);
    expect(done.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await store.eventTypes(organization.organizationId, 0)).toHaveLength(1);
  });
});

describe("a type of the service", () => {
  test("is every organization's, and stands in the log of daybook", async () => {
    const name = `s3.amazonaws.com/Put${made}`;
    const { type } = await registerForAll(definition({ name }));
    for (const of of [organization, await another()])
      expect(await other.types.find(of.organizationId, name)).toMatchObject({ type: { version: 1 } });
    const digest = createHash("sha256")
      .update(canonicalize(type as unknown as Json))
      .digest("hex");
    expect((await registeredEvents(service)).at(-1)).toEqual({
      name,
      version: 1,
      title: "Invoice paid",
      scope: "SERVICE",
      digest,
    });
    expect(await registeredEvents()).toEqual([]);
    expect((await other.types.list(organization.organizationId)).map((each) => each.name)).toContain(name);
    expect((await other.types.list(0)).map((each) => each.name)).toContain(name);
  });

  test("has versions, of which every process sees a new one within a second", async () => {
    const name = `google.iam.admin.v1.SetIAMPolicy${made}`;
    await registerForAll(definition({ name }));
    const found = async (version?: number): Promise<number | undefined> =>
      (await other.types.find(organization.organizationId, name, version))?.type.version;
    expect(await found()).toBe(1);
    await registerForAll(definition({ name, title: "Paid" }));
    expect(await found()).toBe(1);
    expect(await found(2)).toBe(2);
    clock.now += 1_000;
    expect(await found()).toBe(2);
    expect(await found(1)).toBe(1);
  });
});
