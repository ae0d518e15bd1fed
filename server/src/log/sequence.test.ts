/** The order of the statements, which no result shows while nothing goes wrong. */
import { expect, test } from "vitest";
import type { WriteTransaction } from "../store/contract/transaction.ts";
import type { Store } from "../store/store.ts";
import { anywhere } from "../store/testing/anywhere.ts";
import { byServer } from "./change.ts";
import { anEvent, openTestServices } from "./testing/test-services.ts";

/** A store that notes the methods of a transaction, and when each result came. */
function noting(store: Store, notes: string[]): Store {
  return {
    ...store,
    write: async (work, names) => {
      const result = await store.write((tx) => work(noted(tx, notes)), names);
      notes.push("commit");
      return result;
    },
  };
}

function noted(tx: WriteTransaction, notes: string[]): WriteTransaction {
  return new Proxy(tx, {
    get: (target, name: keyof WriteTransaction) => {
      const method = target[name] as (...values: unknown[]) => Promise<unknown>;
      return async (...values: unknown[]) => {
        const result = await method.apply(target, values);
        notes.push(name === "lockHeads" ? `lockHeads ${JSON.stringify(values[0])}` : name);
        return result;
      };
    },
  });
}

test("the steps of spec/recording.md are statements of their own, in its order, and heads are locked once", async () => {
  const notes: string[] = [];
  const services = await openTestServices({
    wrap: (store) => noting(store, notes),
    limits: { groupsInFlight: 1 },
  });
  const [one, two] = [await services.newOrganization("one"), await services.newOrganization("two")];
  const steps = ["clock", "findEvents", "appendEvents", "updateHeads", "commit"];
  const both = `lockHeads [${one.organizationId},${two.organizationId}]`;

  notes.length = 0;
  await Promise.all([
    services.record(two, anEvent()),
    services.record(one, anEvent()),
    services.record(two, anEvent()),
  ]);
  expect(notes).toEqual([both, ...steps]);

  notes.length = 0;
  await services.log.change(async (tx) => {
    const own = {
      type: "LOG_KEY_ADDED",
      actor: { type: "system" as const, id: "daybook" },
      data: { key: "k" },
    };
    await tx.record(two, own, byServer);
    await tx.rows.updateOrganization(one.organizationId, { name: "New" });
    await tx.record(one, own, byServer);
  }, anywhere);
  // ids that were made here are not looked up
  const withoutIds = steps.filter((step) => step !== "findEvents");
  expect(notes).toEqual(["updateOrganization", "changedAt", both, ...withoutIds]);

  notes.length = 0;
  await services.record(one, ...Array.from({ length: 300 }, () => anEvent()));
  const tiles = ["leafHashes", "appendEvents", "appendTiles", "updateHeads", "commit"];
  expect(notes).toEqual([`lockHeads [${one.organizationId}]`, "clock", "findEvents", ...tiles]);
  await services.close();
});
