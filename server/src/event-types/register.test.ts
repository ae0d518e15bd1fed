/** Custom event types on a real store: registered with their event, found by every process. */
import { DaybookError } from "daybook/error";
import type { Actor, Json, JsonObject, RecordedBy } from "daybook/event";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { freshDatabase } from "../../../test/database.ts";
import { byServer, type EventLog, initialiseDeployment, openLog, openOrganization } from "../log/index.ts";
import { openPostgres } from "../store/postgres/index.ts";
import { type Organization, type Store, StoreError } from "../store/store.ts";
import { type EventTypes, openEventTypes } from "./event-types.ts";
import { type Registered, registerEventType } from "./register.ts";

const anne: Actor = { type: "user", id: "u_17", name: "Anne Wilson" };
const recordedBy: RecordedBy = { type: "operator", id: "operator" };
const definition = (change: JsonObject = {}): JsonObject => ({
  name: "invoice.paid",
  title: "Invoice paid",
  sentence: "{actor} paid invoice {data.number}",
  data: {
    type: "object",
    properties: { number: { type: "string" } },
    required: ["number"],
    additionalProperties: false,
  },
  ...change,
});

/** A process of its own: a look-up and a log on the one store. */
interface Process {
  readonly types: EventTypes;
  readonly log: EventLog;
}

let store: Store;
let organization: Organization;
let now = 0;
let made = 0;
const startProcess = (over: Store = store): Process => {
  const types = openEventTypes({ store: over, now: () => now });
  return { types, log: openLog({ store: over, types }) };
};
let one: Process;
let other: Process;

beforeAll(async () => {
  store = await openPostgres(await freshDatabase("embedded"));
  const deployment = {
    logName: "log.example.org",
    publicKey: new Uint8Array(32),
    operatorTokenHash: new Uint8Array(32),
  };
  await initialiseDeployment({ ...deployment, store });
});
afterAll(() => store?.close());

beforeEach(async () => {
  one = startProcess();
  other = startProcess();
  made++;
  const deployment = (await store.deployment())!;
  const names = { id: `org_${made}`, slug: `o-${made}`, name: `Organization ${made}` };
  ({ organization } = await one.log.change((tx) =>
    openOrganization(tx, { organization: names, deployment }),
  ));
});

const register = (sent: Json, by: Process = one): Promise<Registered> =>
  registerEventType(by, { organization, definition: sent, actor: anne, recordedBy });

const registeredEvents = async (): Promise<unknown[]> => {
  const events = await store.events(organization.organizationId, 0, 0n, 100);
  return events
    .filter((event) => event.type === "EVENT_TYPE_REGISTERED")
    .map((event) => {
      const slot = event.slots.data!;
      return "json" in slot ? JSON.parse(slot.json) : undefined;
    });
};

const find = (by: Process, version?: number): Promise<number | undefined> =>
  Promise.resolve(by.types.find(organization.organizationId, "invoice.paid", version)).then(
    (known) => known?.type.version,
  );

async function refused(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DaybookError);
  return (error as DaybookError).code;
}

describe("registering", () => {
  test("gives the first version, and records it once", async () => {
    const { type, registered } = await register(definition());
    expect([type.version, registered]).toEqual([1, true]);
    expect(await registeredEvents()).toEqual([{ name: "invoice.paid", version: 1, title: "Invoice paid" }]);
    expect(await store.eventTypes(organization.organizationId)).toHaveLength(1);
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
    });
    expect(await refused(register(definition()))).toBe("organization-closed");
    expect(await store.eventTypes(organization.organizationId)).toEqual([]);
  });

  test("whose event can't be recorded leaves no type behind", async () => {
    const work = registerEventType(one, {
      organization,
      definition: definition(),
      actor: { type: "user", id: "" },
      recordedBy,
    });
    expect(await refused(work)).toBe("event-invalid");
    expect(await store.eventTypes(organization.organizationId)).toEqual([]);
    expect(await find(one)).toBeUndefined();
  });

  test("of more than 500 versions is refused, but what is there is still found the same", async () => {
    const { organizationId } = organization;
    const { type } = await register(definition());
    await store.write(async (tx) => {
      for (let i = 2; i <= 500; i++)
        await tx.insertEventType({
          organizationId,
          name: "many",
          version: i,
          definition: JSON.stringify({ ...type, name: "many", version: i }),
        });
    });
    expect(await refused(register(definition({ title: "Paid" })))).toBe("request-invalid");
    expect(await register(definition())).toEqual({ type, registered: false });
  });

  test("tells what is wrong with a definition before it asks the store", async () => {
    expect(await refused(register(definition({ name: "Invoice" })))).toBe("request-invalid");
    expect(await refused(register([]))).toBe("request-invalid");
  });
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
    now += 1_000;
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
    await register(definition());
    expect(await other.types.find(0, "invoice.paid")).toBeUndefined();
    expect((await other.types.list(0)).some((type) => type.about === "custom")).toBe(false);
  });

  test("is listed after the catalogue, in its newest version", async () => {
    await register(definition({ name: "zone.added" }));
    await register(definition());
    await register(definition({ title: "Paid" }));
    const listed = (await other.types.list(organization.organizationId)).filter(
      (type) => type.about === "custom",
    );
    expect(listed.map((type) => [type.name, type.version])).toEqual([
      ["invoice.paid", 2],
      ["zone.added", 1],
    ]);
  });

  test("checks what is recorded, each event by the newest version", async () => {
    await register(definition());
    const record = (data: JsonObject): Promise<unknown> => {
      const value = { type: "invoice.paid", actor: anne as unknown as JsonObject, data };
      const inputs = [{ value, pointer: "", bytes: 100 }];
      return other.log.record({ organization, inputs, recordedBy, mayImport: false });
    };
    await record({ number: "A-1" });
    expect(await refused(record({ number: 7 }))).toBe("data-invalid");
    expect(await refused(record({ number: "A-1", total: 1 }))).toBe("data-invalid");
  });
});

describe("the look-up", () => {
  /** The store, counting readings, and failing or waiting where a test wants it. */
  const watched = (read: () => Promise<void>): { store: Store; readings: () => number } => {
    let readings = 0;
    const eventTypes = async (organizationId: number): ReturnType<Store["eventTypes"]> => {
      readings++;
      await read();
      return await store.eventTypes(organizationId);
    };
    return { store: { ...store, eventTypes }, readings: () => readings };
  };

  test("asks the store for no type of the catalogue, and for no name that can't be a custom one", () => {
    const { store: over, readings } = watched(async () => {});
    const { types } = startProcess(over);
    expect(types.find(1, "API_RENAME")).toMatchObject({ type: { name: "API_RENAME" } });
    expect(types.find(1, "API_RENAME", 1)).toBeDefined();
    expect(types.find(1, "API_RENAME", 2)).toBeUndefined();
    for (const name of ["API_RENAMED", "Invoice", "", "a b"]) expect(types.find(1, name)).toBeUndefined();
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

  test("does not take for new what a reading saw that had begun before it was asked", async () => {
    let go = (): void => {};
    const { store: over, readings } = watched(() =>
      readings() === 1 ? new Promise((r) => (go = r)) : Promise.resolve(),
    );
    const late = startProcess({
      ...over,
      // the first reading sees what was there when it began
      eventTypes: async (id) => {
        const seen = await store.eventTypes(id);
        await over.eventTypes(id);
        return readings() === 1 ? seen : await store.eventTypes(id);
      },
    });
    const first = find(late);
    await register(definition());
    now += 1;
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
    now += 600;
    expect(process.types.find(organization.organizationId, "invoice.paid")).toMatchObject({
      type: { version: 1 },
    });
    await expect.poll(readings).toBe(2);
    expect(await find(process, 1)).toBe(1);
    now += 600;
    await expect(find(process)).rejects.toThrow(StoreError);
    failing = false;
    expect(await find(process)).toBe(1);
  });
});
