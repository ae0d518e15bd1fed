/** What the card of a type leaves out of the data of an event. */
import { type EventType, eventType } from "daybook/catalogue";
import type { JsonObject, RecordedEvent } from "daybook/internal";
import { expect, test } from "vitest";
import { otherRowsOf } from "./other-rows.ts";

const restOf = (data: JsonObject, type: EventType | undefined): unknown =>
  otherRowsOf({ data } as unknown as RecordedEvent, type);

test("are the members without a row, such as the scopes of a new API client", () => {
  const data = { clientId: "c_9", name: "Sandbox", expiresOn: "2027-05-31", scopes: ["events:read"] };
  expect(restOf(data, eventType("API_CLIENT_ADDED"))).toEqual([
    { label: "Client ID", value: "c_9" },
    { label: "Scopes", value: ["events:read"] },
  ]);
});

test("are parts of a member of which others have a row", () => {
  const filter = { types: ["NEW_TEAM"], text: "x", further: 1 };
  expect(restOf({ format: "csv", filter }, eventType("AUDIT_LOG_DOWNLOADED"))).toEqual([
    { label: "Filter further", value: 1 },
  ]);
});

test("are none of a custom type without rows, whose card has everything, and of an unknown one", () => {
  const custom = { about: "custom", card: [] } as unknown as EventType;
  for (const type of [custom, undefined]) expect(restOf({ a: 1 }, type)).toEqual([]);
});
