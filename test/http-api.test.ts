/** The commands of docs/http-api.md work as written, and print what the text says. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { guideAt, openReader, type Reader } from "./support/guides.ts";

let reader: Reader;
let printed: string[];

beforeAll(async () => {
  reader = await openReader();
  printed = reader.run(guideAt("docs/http-api.md").blocks("bash"));
}, 300_000);

test("record and read with curl", () => {
  const [, organization, receipt, search, asked, offered, view, csv, refusal] = printed;
  expect(organization).toContain('"slug":"globex"');
  expect(JSON.parse(receipt as string).receipts[0]).toMatchObject({ seq: 1, leafHash: expect.any(String) });
  const [event] = JSON.parse(search as string).events;
  expect(event.changes).toEqual([
    { path: "/name", label: "Client name", from: "Sandbox", to: "Register sandbox" },
  ]);
  expect(JSON.parse(asked as string).events).toEqual([event]);
  expect(offered).toContain('{"suggestions":[{"value":"user:u_17","label":"Anne Wilson","detail":"u_17"}]}');
  expect(offered).toContain('"actors":[{"value":"user:u_17","label":"Anne Wilson","events":1}]');
  expect(JSON.parse(view as string)).toMatchObject({ name: "Refused today", forEveryone: true });
  expect(csv).toContain("AUTHOR,ORGANIZATION,EVENT_TYPE,DATA,TIME\r\n");
  expect(csv).toContain("Anne Wilson,Globex,API_CLIENT_UPDATED,");
  expect(JSON.parse(refusal as string)).toMatchObject({ code: "data-invalid", status: 422 });
});

test("give each machine its own token", () => {
  const [recorded, ended, history] = printed.slice(10);
  expect(JSON.parse(recorded as string).receipts).toHaveLength(1);
  expect(ended).toContain('"status":"revoked"');
  expect(ended).toContain('"code":"not-authenticated"');
  // the refusal is recorded a moment later
  const events = JSON.parse(history as string).events.filter(
    ({ type }: { type: string }) => type !== "API_CLIENT_REFUSED",
  );
  expect(events.map(({ type }: { type: string }) => type)).toEqual([
    "API_CLIENT_DELETED",
    "API_CLIENT_REVOKED",
    "API_CLIENT_TOKEN_ROTATED",
    "API_CLIENT_UPDATED",
    "API_CLIENT_ADDED",
  ]);
  for (const { data, actor } of events) {
    expect(data).toMatchObject({
      name: expect.stringMatching(/sandbox/i),
      expiresOn: expect.stringMatching(/^\d{4}-/),
    });
    expect(actor).toEqual({ type: "user", id: "operator" });
  }
  expect(events[1].reason).toBe("Ticket 43");
  expect(events[3].changes).toEqual([
    { path: "/name", label: "Client name", from: "Sandbox", to: "Register sandbox" },
  ]);
});

test("use the command line", () => {
  expect(printed.at(-1)).toContain("Platform");
  const temporary = join(reader.home, "tmp");
  const [work = ""] = readdirSync(temporary).filter((name) => name.startsWith("tmp."));
  expect(readFileSync(join(temporary, work, "globex.csv"), "utf8")).toContain("NEW_TEAM");
});
