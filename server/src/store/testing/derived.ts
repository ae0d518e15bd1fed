/** Tests of the check of derived rows, for every store: it finds nothing in sound data, and each planted fault. */
import { beforeAll, describe, expect, test } from "vitest";
import type { Store } from "../store.ts";
import { type Extent, sampleOf, type TestDatabase } from "./harness.ts";
import { append, collect, newOrganization } from "./sample-events.ts";

const faults: readonly [string, string, RegExp][] = [
  [
    "another actor's key",
    "UPDATE event SET actor_key = 'user:other' WHERE seq = 4 AND",
    /seq 4: the actor's key/,
  ],
  ["a lost target", "DELETE FROM event_target WHERE seq = 4 AND", /seq 4: a target of the event has no row/],
  [
    "a target too many",
    "UPDATE event_target SET seq = 9 WHERE seq = 7 AND",
    /seq 9: the index of targets has a row/,
  ],
  [
    "a target that is falsely marked as Daybook's",
    "UPDATE event_target SET by_daybook = true WHERE seq = 7 AND",
    /seq 7: the index of targets has a row/,
  ],
  [
    "a target without an event",
    "UPDATE event_target SET log_no = -1 WHERE seq = 4 AND",
    /seq 4: the index of targets has a row/,
  ],
];

export function derived(database: () => TestDatabase, extent: Extent): void {
  describe("derived rows", () => {
    let store: Store;

    beforeAll(async () => {
      store = await database().open();
      return () => store.close();
    });

    const filled = async (): Promise<number> => {
      const { organizationId } = await newOrganization(store);
      const targets = [
        { type: "api", id: "a:b" },
        { type: "api", id: "é\\\t\n'" },
      ];
      await append(
        store,
        organizationId,
        Array.from({ length: 1200 }, (_, n) => ({
          targets: targets.slice(0, n % 3),
          actor: { type: "user", id: `${n}` },
        })),
      );
      return organizationId;
    };

    test("nothing is found in sound data", async () => {
      expect(await collect(chunked(store.checkDerived(await filled())))).toEqual([]);
    });

    test.for(sampleOf(extent, faults, 1))("%s is found", async ([, sql, sentence]) => {
      const organizationId = await filled();
      await database().plant(`${sql} organization_id = ${organizationId}`);
      const found = await collect(chunked(store.checkDerived(organizationId)));
      expect(found.some((one) => sentence.test(one))).toBe(true);
      expect(found.length).toBeLessThan(4);
    });

    test("a target that is indexed twice is found", async () => {
      const organizationId = await filled();
      await database().plant(
        `INSERT INTO event_target (organization_id, log_no, seq, occurred_at, by_daybook, target_key)
          SELECT organization_id, log_no, seq, occurred_at, by_daybook, target_key FROM event_target WHERE seq = 1 AND organization_id = ${organizationId}`,
      );
      expect(await collect(chunked(store.checkDerived(organizationId)))).toHaveLength(1);
    });
  });
}

async function* chunked<T>(items: AsyncIterable<T>): AsyncGenerator<T[]> {
  for await (const item of items) yield [item];
}
