/** Memory is used again only when it was released, and never twice at a time. */
import { expect, test } from "vitest";
import { releasing, takeMemory } from "./page-memory.ts";

test("memory is used again after its release", () => {
  const memory = takeMemory();
  expect(takeMemory()).not.toBe(memory);
  releasing(memory)();
  expect(takeMemory()).toBe(memory);
});

test("a second release does not give it to two", () => {
  const memory = takeMemory();
  const release = releasing(memory);
  release();
  expect(takeMemory()).toBe(memory);
  release();
  expect(takeMemory()).not.toBe(memory);
});

test("large memory is not kept", () => {
  const large = Buffer.alloc(2 * 1024 * 1024);
  releasing(large)();
  expect(takeMemory()).not.toBe(large);
});
