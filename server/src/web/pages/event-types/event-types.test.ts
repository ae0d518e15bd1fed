/** The pages of the event types: every type of the catalogue, for everybody. */
import { type EventType, eventTypes } from "daybook/catalogue";
import { beforeAll, describe, expect, test } from "vitest";
import { openServer, type TestServer } from "../../../api/testing/open-server.ts";
import { type Browse, browserOf } from "../organization/testing/browse.ts";
import { dataFields } from "./data-fields.ts";

let server: TestServer;
let nobody: Browse;
beforeAll(async () => {
  server = await openServer();
  nobody = browserOf(server, { cookie: "" });
});

test("the list has every type with its title, sentence and description, grouped by what it is about", async () => {
  const { status, html, text } = await nobody("/event-types");
  expect(status).toBe(200);
  for (const { name, description, title } of eventTypes) {
    expect(html).toContain(`href="/event-types/${name}"`);
    expect(text).toContain(title);
    expect(text).toContain(description);
  }
  expect(text).toContain("Anne Wilson revoked API client Register sandbox.");
  for (const about of new Set(eventTypes.map((type) => type.about))) expect(html).toContain(`id="${about}"`);
});

test("every type has a page with its data fields, an example, and since when there is it", async () => {
  for (const type of eventTypes) {
    const { status, text, title } = await nobody(`/event-types/${type.name}`);
    expect([type.name, status]).toEqual([type.name, 200]);
    expect(title).toBe(`${type.title} - Daybook`);
    expect(text).toContain(`since Daybook ${type.since}`);
    for (const { name } of dataFields(type.data)) expect(text).toContain(name);
  }
});

test.each(["NO_SUCH_TYPE", "__proto__", "toString", "%3Cscript%3E"])(
  "there is no page of %s",
  async (name) => {
    const { status, html } = await nobody(`/event-types/${name}`);
    expect(status).toBe(404);
    expect(html).not.toContain("<script>");
  },
);

describe("data fields:", () => {
  const fields = (properties: object): unknown =>
    dataFields({ type: "object", properties, required: ["must"] } as unknown as EventType["data"]);

  test("members of members are named by where they lie", () => {
    const owner = { type: "string", minLength: 1, maxLength: 512 };
    const inner = { type: "object", properties: { owner } };
    expect(fields({ must: inner, many: { type: "array", maxItems: 9, items: inner } })).toEqual([
      { name: "must", takes: "an object", required: true },
      { name: "must.owner", takes: "text of at most 512 characters, not empty", required: false },
      { name: "many", takes: "a list of at most 9: an object", required: false },
      { name: "many[].owner", takes: "text of at most 512 characters, not empty", required: false },
    ]);
  });

  test("no data has none", () => {
    expect(dataFields(null)).toEqual([]);
  });
});
