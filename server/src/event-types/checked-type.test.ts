/** The issues of `data` that doesn't match its schema. */
import { eventType, eventTypes } from "daybook/catalogue";
import { type JsonObject, readJson } from "daybook/internal";
import { describe, expect, test } from "vitest";
import { CheckedType } from "./checked-type.ts";
import { readDefinition } from "./definition.ts";

const rename = new CheckedType(eventType("API_RENAME")!);
const good: JsonObject = { owner: "acme", oldName: "a", newName: "b" };
const custom = (data: JsonObject): CheckedType =>
  new CheckedType(readDefinition({ name: "a.b", title: "A", sentence: "{actor} did a", data }).type);

/** As recording has it: objects without a prototype. */
const read = (value: JsonObject): JsonObject => readJson(JSON.stringify(value)) as JsonObject;

test("the example of every type is right, as it was read and as it was written", () => {
  for (const type of eventTypes) {
    const checked = new CheckedType(type);
    const { data } = type.example;
    expect(checked.check(data && read(data), "/data"), type.name).toEqual([]);
    expect(checked.check(data, "/data"), type.name).toEqual([]);
  }
});

test("a valid event makes nothing: the answer is the same empty list each time", () => {
  expect(rename.check(good, "/data")).toBe(rename.check(good, "/events/7/data"));
  expect(Object.isFrozen(rename.check(good, "/data"))).toBe(true);
});

describe("an issue", () => {
  test("names the place of a member that is missing, unknown or wrong, all at once", () => {
    const issues = rename.check(read({ owner: 7, oldName: "", "a/b~c": 1 }), "/events/3/data");
    expect(issues.map(({ pointer, detail }) => [pointer, detail]).sort()).toEqual([
      ["/events/3/data", "The member newName is missing."],
      ["/events/3/data/a~1b~0c", "There is no such member here."],
      ["/events/3/data/oldName", "This is empty."],
      ["/events/3/data/owner", "This must be a string."],
    ]);
    for (const issue of issues) expect(issue.remedy).toMatch(/\.$/);
  });

  test("says what is known where something isn't", () => {
    const [issue] = rename.check(read({ ...good, name: "x" }), "");
    expect(issue!.remedy).toBe("Leave it out. Known here: owner, oldName, newName.");
  });

  test("lists the values of an enum, and never the one that was sent", () => {
    const lifecycle = new CheckedType(eventType("NEW_ORGANIZATION_MEMBER")!);
    const issues = lifecycle.check(read({ role: "anne@example.org", email: "not an email" }), "/data");
    expect(issues).toHaveLength(2);
    expect(issues.find((issue) => issue.pointer === "/data/role")!.detail).toBe(
      "This must be one of OWNER, DESIGNER, CONSUMER, AUDITOR.",
    );
    expect(JSON.stringify(issues)).not.toMatch(/anne|not an email/);
  });

  test("of data that is absent is one for the whole", () => {
    expect(rename.check(undefined, "/data")).toEqual([
      {
        pointer: "/data",
        detail: "An event of the type API_RENAME needs data.",
        remedy: "Add data with owner, oldName, newName.",
      },
    ]);
  });

  test("is not made for absent data where no member is needed", () => {
    expect(custom({ type: "object" }).check(undefined, "/data")).toEqual([]);
  });

  test("is made for any data of a type that takes none", () => {
    const change = new CheckedType(eventType("ORGANIZATION_CHANGE")!);
    expect(change.check(undefined, "/data")).toEqual([]);
    expect(change.check(read({ a: 1 }), "/data").map((issue) => issue.pointer)).toEqual(["/data"]);
  });

  test("goes inside: lists, objects, and the one form that was meant", () => {
    const opened = new CheckedType(eventType("LOG_OPENED")!);
    const data = structuredClone(eventType("LOG_OPENED")!.example.data!) as JsonObject;
    (data.previous as JsonObject).size = -1;
    (data.keys as unknown[])[0] = 7;
    expect(
      opened
        .check(read(data), "/data")
        .map((issue) => issue.pointer)
        .sort(),
    ).toEqual(["/data/keys/0", "/data/previous/size"]);
    expect(opened.check(read({ ...data, keys: ["k"], previous: 7 }), "/data")).toEqual([
      expect.objectContaining({
        pointer: "/data/previous",
        detail: "This must be in one of the forms of its schema.",
      }),
    ]);
  });

  test("is told 20 times at most", () => {
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`x${i}`, 1]));
    expect(rename.check(read({ ...good, ...many }), "/data")).toHaveLength(20);
  });
});

describe("a schema of a custom type", () => {
  test("may name members like those that every object of the language has", () => {
    const data = {
      type: "object",
      properties: { constructor: { type: "string" }, toString: { const: 1 }, valueOf: { enum: [1, "a"] } },
      required: ["constructor", "hasOwnProperty"],
    };
    const type = custom(data);
    expect(type.check(read({ constructor: "x", hasOwnProperty: 1, valueOf: "a" }), "")).toEqual([]);
    expect(type.check(read({ valueOf: { a: 1 } }), "").map((issue) => issue.pointer)).toEqual([
      "",
      "",
      "/valueOf",
    ]);
  });

  test("may have 100 values in an enum, and is checked against objects without a prototype", () => {
    const values = Array.from({ length: 100 }, (_, i) => i);
    const type = custom({ type: "object", properties: { n: { enum: values } } });
    expect(type.check(read({ n: 99 }), "")).toEqual([]);
    for (const n of [100, {}, [99], null]) expect(type.check(read({ n } as JsonObject), "")).toHaveLength(1);
  });

  test("says what each keyword asks", () => {
    const one = (schema: JsonObject, value: unknown): string =>
      custom({ type: "object", properties: { x: schema }, required: [] }).check(
        read({ x: value } as JsonObject),
        "",
      )[0]!.detail;
    expect(one({ type: ["string", "null"] }, 1)).toBe("This must be a string or null.");
    expect(one({ type: "integer" }, 1.5)).toBe("This must be a whole number.");
    expect(one({ minimum: 3 }, 1)).toBe("This must be 3 or more.");
    expect(one({ exclusiveMaximum: 3 }, 3)).toBe("This must be less than 3.");
    expect(one({ multipleOf: 5 }, 3)).toBe("This must be a multiple of 5.");
    expect(one({ type: "string", maxLength: 3 }, "abcd")).toBe("This must be at most 3 characters long.");
    expect(one({ type: "string", minLength: 3 }, "a")).toBe("This must be at least 3 characters long.");
    expect(one({ type: "string", format: "date" }, "2026-02-30")).toBe(
      "This must be a date that exists, like 2027-05-31.",
    );
    expect(one({ type: "string", format: "email" }, "x")).toBe("This must be an email address.");
    expect(one({ type: "string", format: "uri" }, "x")).toBe(
      "This must be a URI, like https://example.org/.",
    );
    expect(one({ type: "array", maxItems: 1 }, [1, 2])).toBe("This must be a list of at most 1.");
    expect(one({ type: "array", items: false }, [1])).toBe("This member may not be here.");
    expect(one({ const: "a" }, "b")).toBe('This must be "a".');
    expect(one({ not: { type: "null" } }, null)).toMatch(/excludes/);
    expect(one({ oneOf: [{ type: "integer" }, { minimum: 3 }] }, 5)).toMatch(/exactly one/);
    expect(one({ type: "object", minProperties: 1 }, {})).toBe(
      "This must be an object of at least 1 members.",
    );
  });
});
