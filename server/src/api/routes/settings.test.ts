/** Settings over HTTP: reading, partial changes, and concurrent changes. */
import { beforeAll, describe, expect, test } from "vitest";
import { openServer, type TestServer } from "../testing/open-server.ts";

let call: TestServer["call"];
beforeAll(async () => {
  ({ call } = await openServer());
});

let made = 0;
async function newSettings(): Promise<string> {
  const slug = `acme-${made++}`;
  await call("POST", "/v1/organizations", { slug, name: "Acme" });
  return `/v1/organizations/${slug}/settings`;
}

const none = { description: null, email: null, location: null, website: null };

test("what is given is set, null empties, the rest stays, and each change is an event", async () => {
  const settings = await newSettings();
  const first = await call("GET", settings);
  expect([first.body, first.headers.get("etag")]).toEqual([{ name: "Acme", ...none }, '"1"']);
  const details = { name: "Acme Ltd", website: "https://acme.example", email: "office@acme.example" };
  const changed = await call("PATCH", settings, details);
  expect([changed.status, changed.body]).toEqual([200, { ...none, ...details }]);
  expect(changed.headers.get("etag")).toBe('"2"');
  const emptied = await call("PATCH", settings, { website: null, description: "" });
  expect(emptied.body).toEqual({ ...none, ...details, website: null });
  const again = await call("PATCH", settings, { website: " ", name: "Acme Ltd" });
  expect([again.body, again.headers.get("etag")]).toEqual([emptied.body, '"3"']);
  const { events } = (await call("GET", settings.replace("settings", "events"))).body;
  expect(events.map(({ type }: { type: string }) => type)).toEqual([
    "ORGANIZATION_CHANGE",
    "ORGANIZATION_CHANGE",
    "LOG_OPENED",
  ]);
  expect(events[0].changes).toEqual([
    { path: "/website", label: "Website", from: "https://acme.example", to: null },
  ]);
  // a rename is the same change
  const renamed = await call("PATCH", settings.replace("/settings", ""), { name: "New" });
  expect([renamed.status, renamed.headers.get("etag")]).toEqual([200, '"4"']);
});

test("of two who read the same settings, the second to change them is refused", async () => {
  const settings = await newSettings();
  const etag = (await call("GET", settings)).headers.get("etag")!;
  const change = (location: string) => call("PATCH", settings, { location }, { "if-match": etag });
  const answers = await Promise.all(["Bern", "Basel"].map(change));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 412]);
  expect(answers.find(({ status }) => status === 412)?.body).toMatchObject({ code: "changed-meanwhile" });
  for (const match of ['"7"', 'W/"2"', "2", '"x"'])
    expect((await call("PATCH", settings, { location: "x" }, { "if-match": match })).status).toBe(412);
  expect((await call("PATCH", settings, { location: "Zug" }, { "if-match": "*" })).status).toBe(200);
});

describe("a change is refused, with the place, for", () => {
  test.each<[string, unknown, number, string, string]>([
    ["an empty name", { name: "" }, 422, "request-invalid", "/name"],
    ["a name of spaces", { name: "  " }, 422, "request-invalid", "/name"],
    ["a name that is too long", { name: "x".repeat(201) }, 422, "request-invalid", "/name"],
    ["a name with a control character", { name: "A\u0007" }, 422, "request-invalid", "/name"],
    ["no name", { name: null }, 422, "request-invalid", "/name"],
    ["javascript: as a website", { website: "javascript:alert(1)" }, 422, "request-invalid", "/website"],
    ["an address without @", { email: "office" }, 422, "request-invalid", "/email"],
    [
      "an address over 320 bytes",
      { email: `${"x".repeat(320)}@b.example` },
      422,
      "request-invalid",
      "/email",
    ],
    ["a number", { location: 5 }, 422, "request-invalid", "/location"],
    ["a slug", { slug: "other" }, 422, "request-invalid", "/slug"],
    ["U+0000", '{"name":"A\\u0000"}', 422, "json-refused", "/name"],
    ["a list", [], 422, "request-invalid", ""],
  ])("%s", async (_, body, status, code, pointer) => {
    const settings = await newSettings();
    const refused = await call("PATCH", settings, body);
    expect([refused.status, refused.body.code], refused.text).toEqual([status, code]);
    expect(refused.body.errors[0]).toMatchObject({ pointer });
    expect((await call("GET", settings)).body).toEqual({ name: "Acme", ...none });
  });
});
