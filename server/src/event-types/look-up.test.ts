/** Every process finds custom event types, with few reads. */
import type { JsonObject } from "daybook/internal";
import { describe, expect, test } from "vitest";
import { unreadEvents } from "../log/index.ts";
import { StoreError } from "../store/contract/errors.ts";
import type { Organization } from "../store/contract/organizations.ts";
import type { Store } from "../store/store.ts";
import {
  anne,
  another,
  clock,
  definition,
  find,
  openRegistering,
  type Process,
  recordedBy,
  refused,
  register,
  startProcess,
} from "./testing/registering.ts";

let store: Store;
let organization: Organization;
let one: Process;
let other: Process;
openRegistering((opened) => {
  ({ store, organization, one, other } = opened);
});

describe("a registered type", () => {
  test("is known at once to the process that registered it, without reading", async () => {
    await register(definition());
    await find(one);
    await register(definition({ title: "Paid" }));
    expect(one.types.find(organization.organizationId, "invoice.paid")).toMatchObject({
      type: { version: 2 },
    });
  });

  test("is known to another process on a miss, and a newer version within a second", async () => {
    expect(await find(other)).toBeUndefined();
    await register(definition());
    expect(await find(other)).toBe(1);
    await register(definition({ title: "Paid" }));
    expect(await find(other)).toBe(1);
    clock.now += 1_000;
    expect(await find(other)).toBe(2);
  });

  test("is known to another process by a version that is new, at once", async () => {
    await register(definition());
    await find(other);
    await register(definition({ title: "Paid" }));
    expect(await find(other, 2)).toBe(2);
    expect(await find(other, 3)).toBeUndefined();
    expect(await find(other, 1)).toBe(1);
  });

  test("is not known to another organization", async () => {
    const stranger = await another();
    await register(definition());
    expect(await other.types.find(stranger.organizationId, "invoice.paid")).toBeUndefined();
    const names = (await other.types.list(stranger.organizationId)).map(({ name }) => name);
    expect(names).not.toContain("invoice.paid");
  });

  test("is listed after the catalogue, in its newest version", async () => {
    await register(definition({ name: "zone.added" }));
    await register(definition());
    await register(definition({ title: "Paid" }));
    const listed = await other.types.list(organization.organizationId);
    const names = listed.filter((type) => type.about === "custom").map((type) => type.name);
    expect(names).toEqual([...names].sort());
    expect(listed.at(-1)).toMatchObject({ name: "zone.added", version: 1 });
    expect(listed.find((type) => type.name === "invoice.paid")?.version).toBe(2);
  });

  test("checks what is recorded, each event by the newest version", async () => {
    await register(definition());
    const record = (data: JsonObject): Promise<unknown> => {
      const value = { type: "invoice.paid", actor: anne as unknown as JsonObject, data };
      const unread = unreadEvents(Buffer.from(JSON.stringify(value)), "application/json");
      return other.log.record({ organization, unread, recordedBy, mayImport: false });
    };
    await record({ number: "A-1" });
    expect(await refused(record({ number: 7 }))).toBe("data-invalid");
    expect(await refused(record({ number: "A-1", total: 1 }))).toBe("data-invalid");
  });
});

describe("the look-up", () => {
  /** The store, which counts reads, and fails or waits if a test wants it. */
  const watched = (read: () => Promise<void>): { store: Store; readings: () => number } => {
    let readings = 0;
    const newEventTypes: Store["newEventTypes"] = async (since) => {
      readings++;
      await read();
      return await store.newEventTypes(since);
    };
    return { store: { ...store, newEventTypes }, readings: () => readings };
  };

  test("asks the store for no type of the catalogue, and for no name that can't be a custom one", () => {
    const { store: over, readings } = watched(async () => {});
    const { types } = startProcess(over);
    expect(types.find(1, "API_RENAME")).toMatchObject({ type: { name: "API_RENAME" } });
    expect(types.find(1, "API_RENAME", 1)).toBeDefined();
    expect(types.find(1, "API_RENAME", 2)).toBeUndefined();
    for (const name of ["API_RENAMED", "INVOICE", "", "a b"]) expect(types.find(1, name)).toBeUndefined();
    expect(readings()).toBe(0);
  });

  test("answers 100 who miss at once by one reading, and 100 who hit by none", async () => {
    await register(definition());
    const { store: over, readings } = watched(async () => {});
    const { types } = startProcess(over);
    const { organizationId } = organization;
    const all = await Promise.all(
      Array.from({ length: 100 }, () => types.find(organizationId, "invoice.paid")),
    );
    expect(new Set(all).size).toBe(1);
    expect(readings()).toBe(1);
    for (let i = 0; i < 100; i++) expect(types.find(organizationId, "invoice.paid")).toBe(all[0]);
    expect(readings()).toBe(1);
  });

  test("answers those of a thousand organizations at once by one reading", async () => {
    await register(definition());
    const { store: over, readings } = watched(async () => {});
    const { types } = startProcess(over);
    const { organizationId } = organization;
    const numbers = [organizationId, ...Array.from({ length: 999 }, (_, n) => 1_000_000 + n)];
    const found = await Promise.all(numbers.map((number) => types.find(number, "invoice.paid")));
    expect(found.map((type) => type?.type.version)).toEqual([1, ...Array(999).fill(undefined)]);
    expect(readings()).toBe(1);
  });

  test("does not take for new what a reading saw that had begun before it was asked", async () => {
    let go = (): void => {};
    const { store: over, readings } = watched(() =>
      readings() === 1 ? new Promise((r) => (go = r)) : Promise.resolve(),
    );
    const late = startProcess({
      ...over,
      // the first read sees what existed when it began
      newEventTypes: async (since) => {
        const visible = await store.newEventTypes(since);
        await over.newEventTypes(since);
        return readings() === 1 ? visible : await store.newEventTypes(since);
      },
    });
    const first = find(late);
    await register(definition());
    clock.now += 1;
    const second = find(late);
    await expect.poll(readings).toBe(1);
    go();
    expect(await first).toBeUndefined();
    expect(await second).toBe(1);
  });

  test("renews beside the answer, and answers on when that fails, until the second is over", async () => {
    await register(definition());
    let failing = false;
    const { store: over, readings } = watched(async () => {
      if (failing) throw new StoreError("unavailable", "The database is stopped.");
    });
    const process = startProcess(over);
    expect(await find(process)).toBe(1);
    failing = true;
    clock.now += 600;
    expect(process.types.find(organization.organizationId, "invoice.paid")).toMatchObject({
      type: { version: 1 },
    });
    await expect.poll(readings).toBe(2);
    expect(await find(process, 1)).toBe(1);
    clock.now += 600;
    await expect(find(process)).rejects.toThrow(StoreError);
    failing = false;
    expect(await find(process)).toBe(1);
  });
});

describe("a name that no type has", () => {
  const suggested = (name: string): string | undefined =>
    one.types.similar?.(organization.organizationId, name);

  test("is probably a similar one of those that a producer may send, whatever its case", async () => {
    await register(definition());
    await one.types.find(organization.organizationId, "invoice.payed");
    for (const [name, meant] of [
      ["NEW_TEEM", "NEW_TEAM"],
      ["new_team", "NEW_TEAM"],
      ["API_CLIENT_REVOKD", "API_CLIENT_REVOKED"],
      ["invoice.payed", "invoice.paid"],
      ["Invoice.Paid", "invoice.paid"],
      // only Daybook records LOG_OPENED
      ["LOG_OPEND", undefined],
      ["paid", undefined],
      ["shipment.delayed", undefined],
    ] as const)
      expect([name, suggested(name)]).toEqual([name, meant]);
  });

  test("is refused with it", async () => {
    const event = { type: "NEW_TEEM", actor: anne, targets: [{ type: "team", id: "t" }] };
    const unread = unreadEvents(new TextEncoder().encode(JSON.stringify(event)), "application/json");
    await expect(one.log.record({ organization, unread, recordedBy, mayImport: true })).rejects.toMatchObject(
      {
        code: "event-type-unknown",
        issues: [{ pointer: "/type", detail: "There is no such event type. Did you mean NEW_TEAM?" }],
      },
    );
  });
});
