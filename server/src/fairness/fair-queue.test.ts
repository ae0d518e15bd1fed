/** The order of a fair queue. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { FairQueue } from "./index.ts";

interface QueuedItem {
  readonly key: string;
  readonly cost: number;
  readonly number: number;
}

const queueOf = (...items: QueuedItem[]): FairQueue<string, QueuedItem> => {
  const queue = new FairQueue<string, QueuedItem>(({ cost }) => cost);
  for (const item of items) queue.add(item.key, item);
  return queue;
};
const itemsOf = (key: string, count: number, cost = 1): QueuedItem[] =>
  Array.from({ length: count }, (_, number) => ({ key, cost, number }));
const takeAll = (queue: FairQueue<string, QueuedItem>): string[] => {
  const taken: string[] = [];
  while (queue.length > 0) taken.push(queue.take()!.key);
  return taken;
};

test("lines with items of the same cost take turns, in the order in which they came", () => {
  const queue = queueOf(...itemsOf("a", 3), ...itemsOf("b", 2), ...itemsOf("c", 1));
  expect(queue.length).toBe(6);
  expect(takeAll(queue)).toEqual(["a", "b", "c", "a", "b", "a"]);
});

test("the first item of a line goes before those of a line with many, however long that one has waited", () => {
  const queue = queueOf(...itemsOf("noisy", 100, 500));
  for (let i = 0; i < 10; i++) queue.take();
  queue.add("quiet", { key: "quiet", cost: 1, number: 0 });
  expect(queue.next?.key).toBe("quiet");
});

test("lines share by cost: ten items of one for one of the other that costs ten times as much", () => {
  const taken = takeAll(queueOf(...itemsOf("small", 40), ...itemsOf("large", 4, 10)));
  for (const part of [11, 22, 33, 44])
    expect(taken.slice(0, part).filter((key) => key === "large")).toHaveLength(part / 11);
});

test("nobody starves: a large item is taken although others keep coming", () => {
  const queue = queueOf(...itemsOf("large", 1, 50));
  let others = 0;
  for (; queue.next?.key !== "large"; others++) {
    const key = `quiet ${others}`;
    queue.add(key, { key, cost: 1, number: 0 });
    if (queue.next?.key !== "large") queue.take();
  }
  expect(others).toBeLessThanOrEqual(51);
});

test("items that are over leave from the start of each line, and the others keep their order", () => {
  const queue = queueOf(...itemsOf("a", 3), ...itemsOf("b", 3));
  const removed = queue.removeFirst(({ key, number }) => number < (key === "a" ? 2 : 0));
  expect(removed.map(({ key, number }) => `${key}${number}`)).toEqual(["a0", "a1"]);
  expect(queue.length).toBe(4);
  expect(takeAll(queue)).toEqual(["a", "b", "b", "b"]);
  expect(queue.removeFirst(() => true)).toEqual([]);
});

test("whatever comes and goes: nothing is lost, and each line keeps its order", () => {
  const step = fc.oneof(
    fc.record({ key: fc.constantFrom("a", "b", "c", "d"), cost: fc.integer({ min: 1, max: 50 }) }),
    fc.constant("take" as const),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const queue = queueOf();
      const taken: QueuedItem[] = [];
      let number = 0;
      for (const each of steps) {
        if (each === "take") taken.push(...[queue.take()].filter((item) => item !== undefined));
        else queue.add(each.key, { ...each, number: number++ });
      }
      while (queue.length > 0) taken.push(queue.take()!);
      expect(taken).toHaveLength(number);
      expect(queue.take()).toBeUndefined();
      for (const key of ["a", "b", "c", "d"]) {
        const numbers = taken.filter((item) => item.key === key).map((item) => item.number);
        expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
      }
    }),
  );
});
