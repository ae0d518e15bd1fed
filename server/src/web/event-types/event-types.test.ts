/** The pages of event types: every type of the catalogue, for everyone. */
import { type EventType, eventTypes } from "daybook/catalogue";
import { beforeAll, describe, expect, test } from "vitest";
import { openServer, type TestServer } from "../../api/testing/open-server.ts";
import { type Browse, browserOf } from "../testing/browse.ts";
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
    expect(html).toContain(`href="/event-types?type=${name}"`);
    expect(text).toContain(title);
    expect(text).toContain(description);
  }
  expect(text).toContain("Anne Wilson revoked API client Register sandbox.");
  for (const about of new Set(eventTypes.map((type) => type.about))) expect(html).toContain(`id="${about}"`);
});

test("each type of the list can be linked to, and its page leads back to it", async () => {
  const { html } = await nobody("/event-types");
  const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toEqual(expect.arrayContaining(eventTypes.map(({ name }) => name)));
  const one = await nobody("/event-types?type=API_CLIENT_REVOKED");
  expect(one.html).toContain('href="/event-types#API_CLIENT_REVOKED"');
});

describe("the example of a type is shown as the log would show it:", () => {
  const exampleOf = async (name: string): Promise<string> => {
    const { text } = await nobody(`/event-types?type=${name}`);
    return text.slice(text.lastIndexOf("Example"));
  };

  test("what changed, with what it was and is now", async () => {
    expect(await exampleOf("ORGANIZATION_CHANGE")).toMatch(
      /Website\s+Was\s+Not entered\s+Now\s+https:\/\/acme\.example/,
    );
  });

  test("the reason beside the rows", async () => {
    const example = await exampleOf("API_CLIENT_REVOKED");
    expect(example).toMatch(/Client name\s+Register sandbox/);
    expect(example).toMatch(/Reason\s+The token was found in a public repository/);
  });

  test("all of it, of every type", async () => {
    for (const { name, example } of eventTypes) {
      const shown = await exampleOf(name);
      if (example.reason !== undefined) expect(shown, name).toContain(example.reason);
      for (const { label, hidden } of example.changes ?? []) {
        if (label !== undefined) expect(shown, name).toContain(label);
        expect(shown, name).toMatch(hidden ? /Changed \(hidden\)/ : /Was.*Now/s);
      }
    }
  });
});

test("every type has a page with its data fields, an example, and since when there is it", async () => {
  for (const type of eventTypes) {
    const { status, text, title } = await nobody(`/event-types?type=${type.name}`);
    expect([type.name, status]).toEqual([type.name, 200]);
    expect(title).toBe(`${type.title} - Daybook`);
    expect(text).toContain(`since Daybook ${type.since}`);
    for (const { name } of dataFields(type.data)) expect(text).toContain(name);
  }
});

test.each(["NO_SUCH_TYPE", "__proto__", "toString", "%3Cscript%3E"])(
  "there is no page of %s",
  async (name) => {
    const { status, html } = await nobody(`/event-types?type=${name}`);
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
