/** How much of a shared room each can have. */
import { expect, test } from "vitest";
import { FairRoom } from "./index.ts";

/** Takes one after the other, until there is no room; returns how much. */
function fill(room: FairRoom<string>, key: string, amount: number): number {
  let taken = 0;
  for (; room.has(key, amount); taken += amount) room.take(key, amount);
  return taken;
}

test("one alone can have three quarters, and another still finds room", () => {
  const room = new FairRoom<string>(1_000);
  expect(fill(room, "noisy", 1)).toBe(750);
  expect(room.taken).toBe(750);
  expect(room.has("quiet", 180)).toBe(true);
  expect(fill(room, "another", 1)).toBeGreaterThan(150);
  expect(room.has("quiet", 10)).toBe(true);
});

test("the share of one shrinks while others take part, and grows again", () => {
  const room = new FairRoom<string>(1_000);
  room.take("noisy", 500);
  room.take("other", 300);
  expect(room.has("noisy", 1)).toBe(true);
  room.take("noisy", 50);
  expect(room.has("noisy", 1)).toBe(false);
  room.give("other", 300);
  expect(room.has("noisy", 1)).toBe(true);
});

test("any amount fits if all of the room is free", () => {
  const room = new FairRoom<string>(10);
  expect(room.has("a", 11)).toBe(true);
  room.take("a", 11);
  expect(room.has("b", 1)).toBe(false);
  room.give("a", 11);
  expect([room.taken, room.heldBy("a")]).toEqual([0, 0]);
});
