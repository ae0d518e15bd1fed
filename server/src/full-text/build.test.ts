/** Making segments, here and in a thread. */
import { expect, test } from "vitest";
import { buildSegment, mergeSegments } from "./build.ts";
import { builderHere } from "./builder.ts";

const events = Array.from({ length: 900 }, (_, n) => ({
  type: n % 2 === 0 ? "A_B" : "C_D",
  outcome: "success" as const,
  occurredAt: 1_700_000_000_000_000n + BigInt((n * 7919) % 300),
  seq: BigInt(n),
  slots: { data: { json: JSON.stringify({ text: `word ${n % 50} of-${n}` }) } },
}));

test("segments that are merged in any steps have the bytes of one that is built at once", async () => {
  const whole = buildSegment(events);
  const parts = [0, 100, 101, 500].map((from, at, all) => events.slice(from, all[at + 1]));
  const small = parts.map((part) => ({ events: part.length, blocks: buildSegment(part) }));
  expect(mergeSegments(small)).toEqual(whole);
  const left = { events: 101, blocks: mergeSegments(small.slice(0, 2)) };
  expect(await builderHere.merge([left, ...small.slice(2)])).toEqual(whole);
});

test("a term that ends as the name of a union does stays when segments are merged", () => {
  const parts = [0, 1].map((n) => [
    { ...events[n]!, slots: { actor: { json: JSON.stringify({ id: "u\u0001", type: "user" }) } } },
  ]);
  const small = parts.map((part) => ({ events: part.length, blocks: buildSegment(part) }));
  expect(mergeSegments(small)).toEqual(buildSegment(parts.flat()));
});
