/** Tests of database failures, for every store: at each statement, before a commit, after it, and afterwards. */
import { beforeAll, describe, expect, test } from "vitest";
import type { StoreError } from "../contract/errors.ts";
import type { WriteTransaction } from "../contract/transaction.ts";
import type { Store } from "../store.ts";
import { recordingAnywhere } from "./anywhere.ts";
import { failed, moment } from "./expecting.ts";
import type { TestDatabase } from "./harness.ts";
import { frontierOf, newId, newOrganization, sampleEvent, startTime } from "./sample-events.ts";

type TransactionStep = (tx: WriteTransaction) => Promise<unknown>;

/** The recording transaction, statement by statement. */
function recording(organizationId: number, id: string): TransactionStep[] {
  const tile = {
    organizationId,
    logNo: 0,
    level: 0,
    index: 0n,
    hashes: new Uint8Array(8192),
    root: new Uint8Array(32),
  };
  const head = { organizationId, logNo: 0, origin: "x", size: 1n, frontier: frontierOf(1n), closed: false };
  return [
    (tx) => tx.updateOrganization(organizationId, { name: "Renamed" }),
    (tx) => tx.lockHeads([organizationId]),
    (tx) => tx.clock(),
    (tx) => tx.findEvents([{ organizationId, id }]),
    (tx) => tx.appendEvents([sampleEvent(organizationId, 0n, { id })]),
    (tx) => tx.appendTiles([tile]),
    (tx) => tx.updateHeads([{ ...head, recordedAt: startTime }]),
  ];
}

async function run(store: Store, steps: readonly TransactionStep[]): Promise<void> {
  await store.write(async (tx) => {
    for (const step of steps) await step(tx);
  }, recordingAnywhere);
}

async function expectNothing(store: Store, organizationId: number, id: string): Promise<void> {
  expect(await store.event(organizationId, id)).toBeUndefined();
  expect((await store.heads([organizationId]))[0]!.size).toBe(0n);
  expect(await store.tiles(organizationId, 0, 0, 0n, 1)).toEqual([]);
  expect((await store.organizationsById([organizationId]))[0]!.name).toBe("Acme");
}

export function failing(database: () => TestDatabase): void {
  describe("failing", () => {
    let store: Store;

    beforeAll(async () => {
      store = await database().open();
      return () => store.close();
    });

    test.for([0, 1, 2, 3, 4, 5, 6, 7])(
      "connections that break before statement %i of the recording leave nothing behind, and the next try works",
      async (broken) => {
        const { organizationId } = await newOrganization(store);
        const id = newId();
        const steps = recording(organizationId, id);
        const withBreak = steps.toSpliced(broken, 0, () => database().breakConnections());
        const failure = await failed(run(store, withBreak));
        // a COMMIT that was sent before the break was noticed may have been done
        expect(broken === steps.length ? ["unavailable", "unknown"] : ["unavailable"]).toContain(failure);
        await expectNothing(store, organizationId, id);
        await run(store, steps);
        expect((await store.event(organizationId, id))?.id).toBe(id);
      },
    );

    test("a line that is cut before COMMIT reaches the database: unknown, and nothing was done", async () => {
      const { store: far, line } = await database().openOverLine();
      try {
        const { organizationId } = await newOrganization(store);
        const id = newId();
        line.cutAtCommit("before");
        expect(await failed(run(far, recording(organizationId, id)))).toBe("unknown");
        await expectNothing(far, organizationId, id);
      } finally {
        await far.close();
        await line.close();
      }
    });

    test("a line that is cut after COMMIT was done: unknown, and a new connection finds it done", async () => {
      const { store: far, line } = await database().openOverLine();
      try {
        const { organizationId } = await newOrganization(store);
        const id = newId();
        line.cutAtCommit("after");
        expect(await failed(run(far, recording(organizationId, id)))).toBe("unknown");
        expect((await far.findEvents([{ organizationId, id }])).map((event) => event.id)).toEqual([id]);
        expect((await far.heads([organizationId]))[0]!.size).toBe(1n);
      } finally {
        await far.close();
        await line.close();
      }
    });

    test("work that throws is rolled back, and its own error comes out", async () => {
      const { organizationId } = await newOrganization(store);
      const id = newId();
      const mistake = new Error("a mistake of the caller");
      const steps = [...recording(organizationId, id), () => Promise.reject(mistake)];
      await expect(run(store, steps)).rejects.toBe(mistake);
      await expectNothing(store, organizationId, id);
    });

    test("a failure that the work swallows still fails the transaction", async () => {
      const { organizationId } = await newOrganization(store);
      const id = newId();
      const steps = recording(organizationId, id);
      const bad: TransactionStep = (tx) =>
        tx.appendEvents([sampleEvent(organizationId, 0n, { id })]).catch(() => {});
      expect(await failed(run(store, [...steps, bad]))).toBe("refused");
      await expectNothing(store, organizationId, id);
    });

    test("a head that another transaction holds is waited for, for two seconds", async () => {
      const { organizationId } = await newOrganization(store);
      const held = moment();
      const release = moment();
      const holder = store.write(async (tx) => {
        await tx.lockHeads([organizationId]);
        held.reach();
        await release.reached;
      }, recordingAnywhere);
      await held.reached;
      const from = performance.now();
      expect(await failed(store.write((tx) => tx.lockHeads([organizationId]), recordingAnywhere))).toBe(
        "busy",
      );
      const waited = performance.now() - from;
      release.reach();
      await holder;
      expect(waited).toBeGreaterThan(1_900);
    });

    test("two transactions that wait for each other: one is told to run again, the other commits", async () => {
      const [a, b] = await Promise.all([newOrganization(store), newOrganization(store)]);
      const both = [moment(), moment()];
      const crossing = (mine: number, first: number, second: number): Promise<unknown> =>
        store.write(async (tx) => {
          await tx.lockHeads([first]);
          both[mine]!.reach();
          await both[1 - mine]!.reached;
          await tx.lockHeads([second]);
        }, recordingAnywhere);
      const results = await Promise.allSettled([
        crossing(0, a.organizationId, b.organizationId),
        crossing(1, b.organizationId, a.organizationId),
      ]);
      const reasons = results.flatMap((result) =>
        result.status === "rejected" ? [result.reason as StoreError] : [],
      );
      expect(reasons.map(({ failure }) => failure)).toEqual(["retry"]);
    });

    test("it is ready, and again after all connections broke", async () => {
      await store.tryWriting({ room: true });
      await database().breakConnections();
      await store.tryWriting({ room: true }).catch(() => {});
      await store.tryWriting({ room: true });
    });
  });
}
