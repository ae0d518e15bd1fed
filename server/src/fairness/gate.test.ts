/** A gate: who enters, who waits, and who is refused. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Gate, type GateLimits } from "./index.ts";

let now = 0;
beforeEach(() => {
  now = 0;
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
});

const gateOf = (limits: Partial<GateLimits> = {}): Gate =>
  new Gate({
    places: 1,
    mostWaiting: 10,
    waitMs: 10_000,
    now: () => now,
    refusal: (why) => new Error(why),
    ...limits,
  });

test("as many enter as there are places, and one that leaves lets the next in", async () => {
  const gate = gateOf({ places: 2 });
  expect([gate.enter(1), gate.enter(1)]).toEqual([undefined, undefined]);
  const third = gate.enter(1);
  expect(gate.waiting).toBe(1);
  gate.leave();
  await third;
  gate.leave();
  gate.leave();
  expect([gate.enter(1), gate.enter(1)]).toEqual([undefined, undefined]);
});

test("keys take turns: many of one do not hold up another", async () => {
  const gate = gateOf();
  const order: number[] = [];
  const pass = async (key: number): Promise<void> => {
    await gate.enter(key);
    order.push(key);
    gate.leave();
  };
  void gate.enter(1);
  const all = [1, 1, 1, 1, 2].map(pass);
  gate.leave();
  await Promise.all(all);
  expect(order.indexOf(2)).toBe(1);
});

test("a key that takes up the room to wait is refused, and another still waits", async () => {
  const gate = gateOf();
  void gate.enter(1);
  const waiting = Array.from({ length: 7 }, () => gate.enter(1));
  expect(() => gate.enter(1)).toThrow("full");
  waiting.push(gate.enter(2));
  for (const _ of waiting) gate.leave();
  await Promise.all(waiting);
});

test("one that waits too long is refused, and its place in the queue is free again", async () => {
  const gate = gateOf();
  void gate.enter(1);
  const refused = expect(gate.enter(1)).rejects.toThrow("late");
  now = 10_000;
  await vi.advanceTimersByTimeAsync(300);
  await refused;
  expect(gate.waiting).toBe(0);
  gate.leave();
  expect(gate.enter(1)).toBeUndefined();
});
