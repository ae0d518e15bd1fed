/** Tests of counts over time and of the calendar, for every store. */
import { beforeAll, describe, expect, test } from "vitest";
import type { NewEvent } from "../contract/events.ts";
import type { Filter } from "../contract/pages.ts";
import type { Store } from "../store.ts";
import type { TestDatabase } from "./harness.ts";
import { append, newOrganization, startTime } from "./sample-events.ts";

const day = 86_400_000_000n;

/** 3,000 events in 30 days, not in the order of time. */
const samples = Array.from({ length: 3000 }, (_, n) => ({
  type: n % 7 === 0 ? "SEVENTH" : "NEW_API",
  occurredAt: startTime - BigInt(Math.floor(n / 100)) * day - BigInt((n * 7919) % 100),
  actor: { type: "user", id: `u_${n % 5}` },
  targets: [{ type: "api", id: `a_${n % 11}` }],
}));

const filters: readonly [string, Filter, (event: NewEvent) => boolean][] = [
  ["everything", {}, () => true],
  ["a type", { types: ["SEVENTH"] }, ({ type }) => type === "SEVENTH"],
  [
    "an actor and targets",
    { actors: ["user:u_3"], targets: ["api:a_3", "api:a_4"] },
    ({ actor, targets }) =>
      actor === "user:u_3" && targets.some((target) => ["api:a_3", "api:a_4"].includes(target)),
  ],
];

export function counts(database: () => TestDatabase): void {
  describe("counts", () => {
    const bounds = Array.from({ length: 32 }, (_, n) => startTime - BigInt(31 - n) * day + 50n);
    let store: Store;
    let organizationId: number;
    let events: NewEvent[];

    beforeAll(async () => {
      store = await database().open();
      organizationId = (await newOrganization(store)).organizationId;
      events = await append(store, organizationId, samples);
      await append(store, (await newOrganization(store)).organizationId, samples.slice(0, 700));
      return () => store.close();
    });

    test("the last event of each actor and each target is found, whatever order they were recorded in", async () => {
      const lastWhere = (passes: (event: NewEvent) => boolean): bigint =>
        events.filter(passes).reduce((last, { occurredAt }) => (occurredAt > last ? occurredAt : last), 0n);
      for (const reads of [store, store.within(organizationId)]) {
        const [actors, targets] = [
          ["user:u_3", "user:u_0", "user:u_3", "user:nobody"],
          ["api:a_7", "user:u_3"],
        ];
        expect(await reads.latest({ organizationId, actors })).toEqual(
          new Map([
            ["user:u_3", lastWhere(({ actor }) => actor === "user:u_3")],
            ["user:u_0", lastWhere(({ actor }) => actor === "user:u_0")],
          ]),
        );
        expect(await reads.latest({ organizationId, targets })).toEqual(
          new Map([["api:a_7", lastWhere((event) => event.targets.includes("api:a_7"))]]),
        );
        expect(await reads.latest({ organizationId, actors: [] })).toEqual(new Map());
      }
    });

    const expectedOf = (passes: (event: NewEvent) => boolean): number[] =>
      bounds
        .slice(1)
        .map(
          (to, n) =>
            events.filter((event) => event.occurredAt >= bounds[n]! && event.occurredAt < to && passes(event))
              .length,
        );

    test.for(filters)("of %s are exact while there are few", async ([, filter, passes]) => {
      for (const reads of [store, store.within(organizationId)]) {
        const counted = await reads.count({ organizationId, filter, bounds, most: 100_000 });
        expect(counted).toEqual(expectedOf(passes).map((count) => ({ count, more: false })));
      }
    });

    test("are at least so many where there are too many", async () => {
      const counted = await store.count({ organizationId, filter: {}, bounds, most: 1000 });
      const exact = expectedOf(() => true);
      expect(counted.reduce((sum, { count }) => sum + count, 0)).toBeLessThanOrEqual(1100);
      counted.forEach(({ count, more }, n) => {
        if (more) expect(count).toBeLessThanOrEqual(exact[n]!);
        else expect(count).toBe(exact[n]);
      });
      expect(counted.some(({ more }) => more)).toBe(true);
    });

    test("of all organizations are sums", async () => {
      const both = { filter: { types: ["SEVENTH"] }, bounds: [startTime - 3n * day, startTime + 1n] };
      const [all] = await store.count({ ...both, most: 100_000 });
      const [one] = await store.count({ ...both, organizationId, most: 100_000 });
      expect(all!.count).toBeGreaterThan(one!.count);
    });

    test("the calendar gives days and hours of a time zone, also where the clock is changed", async () => {
      const at = (text: string): bigint => BigInt(Date.parse(text)) * 1000n;
      const berlin = {
        from: at("2026-10-24T12:00:00Z"),
        to: at("2026-10-26T12:00:00Z"),
        timeZone: "Europe/Berlin",
        step: 1,
      };
      expect(await store.calendar({ ...berlin, unit: "day" })).toEqual(
        ["2026-10-23T22:00Z", "2026-10-24T22:00Z", "2026-10-25T23:00Z", "2026-10-26T23:00Z"].map(at),
      );
      const hours = {
        from: at("2026-10-25T00:30:00Z"),
        to: at("2026-10-25T02:00:00Z"),
        timeZone: "Asia/Kolkata",
        step: 1,
      };
      expect(await store.calendar({ ...hours, unit: "hour" })).toEqual(
        ["2026-10-25T00:30Z", "2026-10-25T01:30Z", "2026-10-25T02:30Z"].map(at),
      );
      expect(await store.calendar({ ...berlin, unit: "day", step: 2 })).toEqual(
        ["2026-10-23T22:00Z", "2026-10-25T23:00Z", "2026-10-27T23:00Z"].map(at),
      );
      await expect(store.calendar({ ...berlin, unit: "day", timeZone: "Mars/Base" })).rejects.toMatchObject({
        failure: "refused",
      });
    });
  });
}
