/** A short end-to-end test: create an organization, record events, read them, and download them. */
import { expect, test } from "vitest";
import { openServer } from "./testing/open-server.ts";

test("an event is recorded, read back, and downloaded as CSV", async () => {
  const { call } = await openServer();
  const made = await call("POST", "/v1/organizations", { slug: "acme", name: "Acme, Inc." });
  expect(made.status, made.text).toBe(201);
  const event = {
    type: "API_RENAME",
    actor: { type: "user", id: "u_17", name: "Anne O'Brien" },
    targets: [{ type: "api", id: "api_1", name: "payments" }],
    data: { owner: "acme", oldName: "x','role':'OWNER", newName: "payments" },
  };
  const recorded = await call("POST", "/v1/organizations/acme/events", event);
  expect(recorded.status, recorded.text).toBe(201);
  expect(recorded.body.receipts).toHaveLength(1);
  const read = await call("GET", `/v1/organizations/acme/events/${recorded.body.receipts[0].id}`);
  expect(read.body).toMatchObject({ ...event, outcome: "success", seq: 1, organization: { slug: "acme" } });
  const page = await call("GET", "/v1/organizations/acme/events?type=API_RENAME&actor=user:u_17");
  const searched = { behind: 0, upTo: expect.any(String) };
  expect(page.body).toEqual({ events: [read.body], next: null, searched });
  const csv = await call("GET", "/v1/organizations/acme/audit-log.csv?type=API_RENAME");
  expect(csv.status, csv.text).toBe(200);
  const { id, log, seq } = recorded.body.receipts[0];
  const event$ =
    `'$event':{'actor':{'id':'u_17','type':'user'},'id':'${id}','log':'${log}',` +
    `'recordedBy':{'id':'operator','type':'operator'},'seq':${seq}}`;
  const time = read.body.occurredAt.slice(0, -1).replace("T", " ");
  expect(csv.text).toBe(
    "AUTHOR,ORGANIZATION,EVENT_TYPE,DATA,TIME\r\n" +
      `Anne O'Brien,"Acme, Inc.",API_RENAME,"{${event$},'newName':'payments','oldName':'x\\u0027,\\u0027role\\u0027:\\u0027OWNER','owner':'acme','targets':[{'id':'api_1','name':'payments','type':'api'}]}",${time}\r\n`,
  );
});
