/** Registering custom event types on a real store: both the version and its event, or neither. */
import { createHash } from "node:crypto";
import { canonicalize, type Json } from "daybook/internal";
import { describe, expect, test } from "vitest";
import { byServer } from "../log/index.ts";
import type { Organization } from "../store/contract/organizations.ts";
import type { Store } from "../store/store.ts";
import { anywhere } from "../store/testing/anywhere.ts";
import { registerEventType } from "./register.ts";
import {
  definition,
  find,
  openRegistering,
  type Process,
  recordedBy,
  refused,
  register,
  registeredEvents,
} from "./testing/registering.ts";

let store: Store;
let organization: Organization;
let one: Process;
let other: Process;
openRegistering((opened) => {
  ({ store, organization, one, other } = opened);
});

describe("registering", () => {
  test("gives the first version, and records it once", async () => {
    const { type, registered } = await register(definition());
    expect([type.version, registered]).toEqual([1, true]);
    const digest = createHash("sha256")
      .update(canonicalize(type as unknown as Json))
      .digest("hex");
    expect(await registeredEvents()).toEqual([
      { name: "invoice.paid", version: 1, title: "Invoice paid", scope: "ORGANIZATION", digest },
    ]);
    expect(await store.eventTypes(organization.organizationId, 0)).toHaveLength(1);
  });

  test("the same definition again registers and records nothing", async () => {
    const first = await register(definition());
    const again = await register(definition(), other);
    expect(again).toEqual({ type: first.type, registered: false });
    expect(await register(definition({ version: 1 }))).toMatchObject({ registered: false });
    expect(await registeredEvents()).toHaveLength(1);
  });

  test("another definition is the next version, and an earlier one again is a new one", async () => {
    await register(definition());
    expect(await register(definition({ title: "Paid" }))).toMatchObject({ type: { version: 2 } });
    expect(await register(definition())).toMatchObject({ type: { version: 3 }, registered: true });
    expect(await registeredEvents()).toHaveLength(3);
  });

  test("a version that is asked for must be the next one, or the same", async () => {
    expect(await refused(register(definition({ version: 2 })))).toBe("request-invalid");
    await register(definition({ version: 1 }));
    expect(await refused(register(definition({ version: 1, title: "Paid" })))).toBe("event-type-taken");
    await register(definition({ version: 2, title: "Paid" }));
    expect(await registeredEvents()).toHaveLength(2);
  });

  test("at once by ten of two processes ends with each definition once, without a gap", async () => {
    const titles = Array.from({ length: 10 }, (_, i) => `Title ${i % 5}`);
    const done = await Promise.all(
      titles.map((title, i) => register(definition({ title }), i % 2 === 0 ? one : other)),
    );
    const versions = done.filter((each) => each.registered).map((each) => each.type.version);
    expect(versions.sort((a, b) => a - b)).toEqual(versions.map((_, i) => i + 1));
    expect(await registeredEvents()).toHaveLength(versions.length);
  });

  test("into a closed organization is refused, and leaves nothing", async () => {
    await one.log.change(async (tx) => {
      await tx.rows.closeOrganization(organization.organizationId);
      tx.closeLog(organization);
      const { id, slug, name } = organization;
      await tx.record(
        organization,
        {
          type: "ORGANIZATION_CLOSED",
          actor: { type: "system", id: "daybook" },
          targets: [{ type: "organization", id, name }],
          data: { organizationId: id, slug, name },
        },
        byServer,
      );
    }, anywhere);
    expect(await refused(register(definition()))).toBe("organization-closed");
    expect(await store.eventTypes(organization.organizationId, 0)).toEqual([]);
  });

  test("whose event can't be recorded leaves no type behind", async () => {
    const work = registerEventType(one, {
      organization,
      definition: definition(),
      actor: { type: "user", id: "" },
      recordedBy,
    });
    expect(await refused(work)).toBe("event-invalid");
    expect(await store.eventTypes(organization.organizationId, 0)).toEqual([]);
    expect(await find(one)).toBeUndefined();
  });

  test("goes on over 600 versions, of which one reading gives the newest alone", async () => {
    const { organizationId } = organization;
    const { type } = await register(definition());
    await store.write(async (tx) => {
      for (let i = 2; i <= 600; i++) {
        const of = { ...type, version: i };
        await tx.insertEventType({
          organizationId,
          name: type.name,
          version: i,
          definition: JSON.stringify(of),
        });
      }
    }, anywhere);
    expect(await register(definition({ title: "Paid" }))).toMatchObject({ type: { version: 601 } });
    expect(await store.eventTypes(organizationId, 0)).toHaveLength(1);
    expect(await find(other)).toBe(601);
    expect(await find(other, 300)).toBe(300);
    expect(await find(other, 602)).toBeUndefined();
  });

  test("of more than 10,000 names is refused, but what is there goes on", async () => {
    const { organizationId } = organization;
    await register(definition());
    const crowded: Process = {
      types: one.types,
      log: {
        ...one.log,
        change: (work) =>
          one.log.change(
            (tx) =>
              work({
                ...tx,
                rows: { ...tx.rows, eventTypeNames: async () => ({ count: 10_000, alike: [] }) },
              }),
            anywhere,
          ),
      },
    };
    expect(await refused(register(definition({ name: "zone.added" }), crowded))).toBe("request-invalid");
    expect(await register(definition({ title: "Paid" }), crowded)).toMatchObject({ registered: true });
    expect(await store.eventTypes(organizationId, 0)).toHaveLength(1);
  });

  test("tells what is wrong with a definition before it asks the store", async () => {
    expect(await refused(register(definition({ name: "INVOICE" })))).toBe("request-invalid");
    expect(await refused(register(definition({ name: "a//b" })))).toBe("request-invalid");
    expect(await refused(register([]))).toBe("request-invalid");
  });
});
