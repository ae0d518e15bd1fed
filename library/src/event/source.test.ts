/** Whose word an event is. */
import { expect, test } from "vitest";
import { type RecordedBy, sourceOf } from "./index.ts";

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
