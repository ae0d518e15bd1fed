/** The source of an event. */
import { expect, test } from "vitest";
import { isDaybooksParty, type RecordedBy, sourceOf } from "./index.ts";

test.each<[string, RecordedBy | undefined, string]>([
  [
    "an act of Daybook's that a client asked for",
    { type: "api_client", id: "client_1", own: true },
    "daybook",
  ],
  [
    "an act of Daybook's that an operator asked for",
    { type: "operator", id: "operator", own: true },
    "daybook",
  ],
  ["what the server saw itself", { type: "server", id: "daybook" }, "daybook"],
  ["what a client reports", { type: "api_client", id: "client_1" }, "others"],
  ["what an operator reports", { type: "operator", id: "operator" }, "others"],
  ["an event whose recorder was erased", undefined, "others"],
])("%s", (_, recordedBy, source) => {
  expect(sourceOf(recordedBy === undefined ? {} : { recordedBy })).toBe(source);
});

test("Daybook's own parties are told by the form of their ids", () => {
  const own = ["api_client:client", "user:user", "team:team", "organization:org"].map(
    (of) => `${of}_${"a2".repeat(13)}`,
  );
  for (const party of [...own, "user:operator", "system:daybook"])
    expect(isDaybooksParty(party), party).toBe(true);
  const others = [
    "user:u_17",
    `api:client_${"a".repeat(26)}`,
    `user:user_${"a".repeat(27)}`,
    "api_client:client_9",
    "",
  ];
  for (const party of others) expect(isDaybooksParty(party), party).toBe(false);
});
