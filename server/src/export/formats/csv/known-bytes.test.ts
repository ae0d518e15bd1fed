/** What is kept by the bytes of texts: found again, and limited in number and size. */
import { expect, test } from "vitest";
import type { WalkedEvent } from "../../../store/contract/pages.ts";
import { SampleEventBytes } from "../../../store/testing/event-bytes.ts";
import { KnownBySlots } from "./known-bytes.ts";

const eventOf = (reason: string): WalkedEvent => ({
  organizationId: 1,
  logNo: 0,
  seq: 0n,
  id: "019aab3c-0000-7000-8000-000000000000",
  type: "API_RENAME",
  occurredAt: 0n,
  recordedAt: 0n,
  outcome: "success",
  slots: reason === "" ? {} : { reason: { json: reason } },
});

/** The texts for which something was made, of events with these reasons. */
function madeFor(reasons: readonly string[]): string[] {
  const made: string[] = [];
  const known = new KnownBySlots([0], (text) => {
    made.push(text);
    return text;
  });
  const events = new SampleEventBytes(reasons.map(eventOf), ["reason"]);
  for (const reason of reasons) {
    expect(events.next()).toBe(true);
    expect(known.of(events)).toBe(reason);
  }
  return made;
}

test("something is made once for each text, also for none", () => {
  expect(madeFor(["a", "b", "a", "", "é", "", "b", "é"])).toEqual(["a", "b", "", "é"]);
});

test("after too many texts, all are made anew", () => {
  const many = Array.from({ length: 4_000 }, (_, n) => String(n));
  expect(madeFor([...many, "0"])).toHaveLength(4_000);
  expect(madeFor([...many, "another", "0"])).toHaveLength(4_002);
});

test("so it is after texts that are too large together", () => {
  const large = ["x", "y", "z"].map((letter) => letter.repeat(400_000));
  expect(madeFor([large[0]!, large[1]!, large[0]!])).toHaveLength(2);
  expect(madeFor([...large, large[0]!])).toHaveLength(4);
});
