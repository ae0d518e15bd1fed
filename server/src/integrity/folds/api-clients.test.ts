/** What events about API clients fold into, where one event changes several clients. */
import { expect, test } from "vitest";
import { FoldedRows, foldEvent } from "./index.ts";

const client = (id: string, expiresOn: string): object => ({
  type: "API_CLIENT_ADDED",
  occurredAt: "2026-11-01T12:00:00.000000Z",
  data: { clientId: id, name: id, expiresOn, scopes: ["events:read"] },
});
const about = (type: string, clientId: string, occurredAt: string, data: object = {}): object => ({
  type,
  occurredAt,
  data: { clientId, ...data },
});

test("a corrected clock takes back the stages that were recorded ahead of time", () => {
  const rows = new FoldedRows();
  const ahead = "2027-11-01T12:00:00.000000Z";
  const events = [
    client("far", "2027-06-01"),
    client("near", "2026-11-20"),
    client("ended", "2026-11-02"),
    client("untouched", "2030-01-01"),
    about("API_CLIENT_EXPIRED", "ended", "2026-11-03T00:00:30.000000Z"),
    about("API_CLIENT_EXPIRED", "far", ahead),
    about("API_CLIENT_EXPIRED", "near", ahead),
    {
      type: "LOG_CLOCK_CORRECTED",
      occurredAt: "2026-11-03T12:00:00.000000Z",
      data: { previousRecordedAt: ahead },
    },
  ];
  const ofEach = { actor: { type: "system", id: "daybook" }, organization: { id: "org_1" } };
  for (const event of events) foldEvent(rows, { ...ofEach, ...event } as never);
  const stages = [...rows.of("api_client").values()].map(({ id, expiry_warned }) => [id, expiry_warned]);
  expect(stages).toEqual([
    ["far", null],
    ["near", 30],
    ["ended", 0],
    ["untouched", null],
  ]);
});
