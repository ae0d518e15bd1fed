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
  gate.leave(1);
  await third;
  gate.leave(1);
  gate.leave(1);
  expect([gate.enter(1), gate.enter(1)]).toEqual([undefined, undefined]);
});

test("keys take turns: many of one do not hold up another", async () => {
  const gate = gateOf();
  const order: number[] = [];
  const pass = async (key: number): Promise<void> => {
    await gate.enter(key);
    order.push(key);
    gate.leave(key);
  };
  void gate.enter(1);
  const all = [1, 1, 1, 1, 2].map(pass);
  gate.leave(1);
  await Promise.all(all);
  expect(order.indexOf(2)).toBe(1);
});

test("a key that takes up the room to wait is refused, and another still waits", async () => {
  const gate = gateOf();
  void gate.enter(1);
  const waiting = Array.from({ length: 7 }, () => gate.enter(1));
  expect(() => gate.enter(1)).toThrow("full");
  waiting.push(gate.enter(2));
  // the second one goes in after the first of the others
  for (const key of [1, 1, 2, 1, 1, 1, 1, 1]) gate.leave(key);
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
  gate.leave(1);
  expect(gate.enter(1)).toBeUndefined();
});

/** Those who were let in have gone on. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Whether a key is let in now, or waits; `entered` gets its name when it is inside. */
const enterAs = (gate: Gate, key: number, entered: string[], name: string): "in" | "waits" => {
  const waits = gate.enter(key);
  if (waits === undefined) entered.push(name);
  else void waits.then(() => entered.push(name));
  return waits === undefined ? "in" : "waits";
};

test("in a shared gate, one key leaves a place, which another gets at once although many wait", async () => {
  const gate = gateOf({ places: 4, leavesOne: true });
  const entered: string[] = [];
  const noisy = Array.from({ length: 6 }, (_, n) => enterAs(gate, 1, entered, `noisy ${n}`));
  expect(noisy).toEqual(["in", "in", "in", "waits", "waits", "waits"]);
  expect(enterAs(gate, 2, entered, "quiet")).toBe("in");
  // its place stays free for the next one
  gate.leave(2);
  expect(gate.waiting).toBe(3);
  expect(enterAs(gate, 3, entered, "another")).toBe("in");
});

test("in a shared gate, a key gets the last place if it does not have all others", async () => {
  const gate = gateOf({ places: 3, leavesOne: true });
  expect([gate.enter(1), gate.enter(2), gate.enter(1)]).toEqual([undefined, undefined, undefined]);
});

test("in a shared gate, those of the noisy key go on as others leave, and nobody is forgotten", async () => {
  const gate = gateOf({ places: 3, leavesOne: true });
  const entered: string[] = [];
  for (let n = 0; n < 5; n++) enterAs(gate, 1, entered, `noisy ${n}`);
  enterAs(gate, 2, entered, "quiet");
  enterAs(gate, 2, entered, "quiet again");
  expect(entered).toEqual(["noisy 0", "noisy 1", "quiet"]);
  for (const key of [1, 1, 2, 2, 1, 1]) {
    gate.leave(key);
    await settled();
  }
  expect(entered.slice(3)).toEqual(["noisy 2", "quiet again", "noisy 3", "noisy 4"]);
  gate.leave(1);
  expect([gate.waiting, gate.enter(1), gate.enter(1), gate.enter(2)]).toEqual([
    0,
    ...Array(3).fill(undefined),
  ]);
});

test("a shared gate with one place lets everyone use it", () => {
  expect(gateOf({ leavesOne: true }).enter(1)).toBeUndefined();
});

test("random keys: no place stays free for one that may have it, and no key has all places", async () => {
  const gate = gateOf({ places: 4, leavesOne: true, mostWaiting: 1_000 });
  const inside: number[] = [];
  const waiting = [0, 0, 0];
  let state = 7;
  const random = (below: number): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
  const enter = (key: number): void => {
    const waits = gate.enter(key);
    if (waits === undefined) inside.push(key);
    else waiting[key]!++;
    waits?.then(() => {
      inside.push(key);
      waiting[key]!--;
    });
  };
  for (let step = 0; step < 5_000; step++) {
    const isLeaving = inside.length > 0 && (random(2) === 0 || gate.waiting > 100);
    if (isLeaving) gate.leave(inside.splice(random(inside.length), 1)[0]!);
    else enter(random(3));
    await settled();
    const keys = new Set(inside);
    if (keys.size === 1) expect(inside.length).toBeLessThan(4);
    const free = 4 - inside.length;
    const couldEnter = waiting.some((n, key) => n > 0 && (free > 1 || !keys.has(key) || keys.size > 1));
    expect(free > 0 && couldEnter).toBe(false);
  }
});
