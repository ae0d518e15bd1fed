/** The rules for definitions of custom types. */
import { readFileSync } from "node:fs";
import { DaybookError, type Json, type JsonObject } from "daybook/internal";
import { describe, expect, test } from "vitest";
import { readDefinition } from "./definition.ts";
import { schemaKeywords, schemaLimits } from "./schema-subset.ts";

const invoicePaid = {
  name: "invoice.paid",
  title: "Invoice paid",
  sentence: "{actor} paid invoice {data.number}",
  data: {
    type: "object",
    properties: {
      number: { type: "string", maxLength: 40 },
      amount: { type: "number", minimum: 0 },
      payer: { type: "object", properties: { email: { type: "string", format: "email" } } },
    },
    required: ["number"],
    additionalProperties: false,
  },
  personal: { data: ["/payer/email"] },
};

const read = (change: JsonObject): unknown => readDefinition({ ...invoicePaid, ...change } as Json);
const withSchema = (schema: Json): unknown =>
  readDefinition({ name: "a.b", title: "A", sentence: "{actor} did a", data: schema });
const withMember = (schema: Json): unknown => withSchema({ type: "object", properties: { x: schema } });

/** The pointers of the issues. */
function refused(work: () => unknown, code = "request-invalid"): string[] {
  try {
    work();
  } catch (error) {
    if (!(error instanceof DaybookError)) throw error;
    expect(error.code).toBe(code);
    for (const issue of error.issues) expect(issue.detail).toMatch(/\.$/);
    return error.issues.map((issue) => issue.pointer);
  }
  throw new Error("it was taken");
}

describe("a definition", () => {
  test("is completed with what it leaves out, and an example that is valid", () => {
    const { type, version } = readDefinition(invoicePaid as Json);
    expect(version).toBeUndefined();
    expect(type).toMatchObject({
      name: "invoice.paid",
      version: 1,
      about: "custom",
      writer: "producer",
      operation: "update",
      firstTarget: [],
      personal: { changes: [], data: ["/payer/email"] },
      example: { type: "invoice.paid", data: { number: "example", amount: 0 } },
    });
    expect(type.refusedSentence).toContain("{actor}");
    expect([type.refusedTitle, type.variants]).toEqual(["Tried: Invoice paid", []]);
  });

  test("may have words that go by what an event says", () => {
    const late = {
      when: [
        { path: "/data/amount", present: true },
        { path: "/data/number", is: "7" },
      ],
      title: "Invoice 7 paid",
      sentence: "{actor} paid {data.amount}",
    };
    const definition = { ...invoicePaid, refusedTitle: "Tried to pay an invoice", variants: [late] };
    expect(readDefinition(definition as Json).type).toMatchObject({
      refusedTitle: "Tried to pay an invoice",
      variants: [late],
    });
  });

  test.each<[string, Json, string]>([
    ["that is no list", {}, "/variants"],
    ["without conditions", [{ title: "A" }], "/variants/0/when"],
    ["with a title that is empty", [{ when: [], title: " " }], "/variants/0/title"],
    ["with more than words", [{ when: [], description: "A" }], "/variants/0/description"],
    ["that asks nothing", [{ when: [{ path: "/data/number" }] }], "/variants/0/when/0"],
    ["that asks two things", [{ when: [{ path: "/a", is: 1, present: true }] }], "/variants/0/when/0"],
    ["that asks for a list", [{ when: [{ path: "/a", is: [1] }] }], "/variants/0/when/0"],
    ["that asks for no pointer", [{ when: [{ path: "/a", sameAs: "b" }] }], "/variants/0/when/0/sameAs"],
    ["whose sentence lacks the actor", [{ when: [], sentence: "Paid" }], "/variants/0/sentence"],
    [
      "whose sentence names what its events may lack",
      [{ when: [], sentence: "{actor} paid {data.amount}" }],
      "/variants/0/sentence",
    ],
  ])("is refused with a variant %s", (_what, variants, place) => {
    expect(refused(() => read({ variants }))).toEqual([place]);
  });

  test("may have no data", () => {
    const { type } = readDefinition({
      name: "cache.cleared",
      title: "Cache cleared",
      sentence: "{actor} did",
    });
    expect(type.data).toBeNull();
    expect(type.example.data).toBeUndefined();
  });

  test.each([
    [{ name: "INVOICE" }, ["/name"]],
    [{ name: "INVOICE_PAID" }, ["/name"]],
    [{ name: "a".repeat(129) }, ["/name"]],
    [{ name: 7 }, ["/name"]],
    [{ version: 0 }, ["/version"]],
    [{ version: "1" }, ["/version"]],
    [{ title: " " }, ["/title"]],
    [{ title: "two\nlines" }, ["/title"]],
    [{ title: "x".repeat(201) }, ["/title"]],
    [{ sentence: "someone paid" }, ["/sentence"]],
    [{ sentence: "{actor} paid {data.amount}" }, ["/sentence"]],
    [{ sentence: "{actor} paid {secret}" }, ["/sentence"]],
    [{ refusedSentence: "" }, ["/refusedSentence"]],
    [{ operation: "burn" }, ["/operation"]],
    [{ firstTarget: ["INVOICE"] }, ["/firstTarget/0"]],
    [{ firstTarget: "invoice" }, ["/firstTarget"]],
    [{ card: [{ label: "Number", path: "data/number" }] }, ["/card/0/path"]],
    [{ card: [{ label: "Number", path: "/data/number", format: "html" }] }, ["/card/0/format"]],
    [{ card: [{ label: "Number", path: "/data/number", colour: "red" }] }, ["/card/0/colour"]],
    [{ labels: { name: "Name" } }, ["/labels/name"]],
    [{ secret: ["/token"] }, ["/secret"]],
    [{ secret: { changes: ["token"] } }, ["/secret/changes/0"]],
    [{ secret: { data: ["/token"] } }, ["/secret/data"]],
    [{ plain: { changes: ["x"], data: [7], all: [] } }, ["/plain/all", "/plain/changes/0", "/plain/data/0"]],
    [{ personal: { all: true } }, ["/personal/all"]],
    [{ personal: { data: ["/nowhere"] } }, ["/personal/data/0"]],
    [{ personal: { data: ["/payer", "/payer/email"] } }, ["/personal/data/1"]],
    [{ writer: "server" }, ["/writer"]],
    [{ data: [] }, ["/data"]],
    [{ data: {} }, ["/data/type"]],
    [{ example: 7 }, ["/example"]],
    [{ example: { type: "invoice.paid", actor: { type: "user", id: "u_1" } } }, ["/example/data"]],
    [{ example: { type: "other.type", actor: { type: "user", id: "u_1" } } }, ["/example/type"]],
    [{ example: { ...{ id: "x" }, type: "invoice.paid" } }, ["/example/id"]],
  ] as [JsonObject, string[]][])("with %j is refused", (change, pointers) => {
    expect(refused(() => read(change))).toEqual(pointers);
  });

  test("tells everything that is wrong at once", () => {
    expect(refused(() => read({ name: 1, title: 2, operation: 3 }))).toEqual([
      "/name",
      "/title",
      "/operation",
    ]);
  });

  test("holding what can't be kept is refused with the place", () => {
    expect(refused(() => read({ title: "\ud800" }), "json-refused")).toEqual(["/title"]);
    expect(refused(() => read({ description: "a\u0000b" }), "json-refused")).toEqual(["/description"]);
    const proto = JSON.parse('{"__proto__": {"type": "string"}}') as Json;
    expect(refused(() => withSchema({ type: "object", properties: proto }), "json-refused")).toEqual([
      "/data/properties/__proto__",
    ]);
  });

  test("that marks what lies in a list as personal is refused", () => {
    const data = { type: "object", properties: { people: { type: "array", items: { type: "object" } } } };
    expect(refused(() => read({ data, personal: { data: ["/people/0"] }, sentence: "{actor} x" }))).toEqual([
      "/personal/data/0",
    ]);
  });
});

describe("a schema", () => {
  test.each([
    { $ref: "#" },
    { $id: "https://example.org/a" },
    { $dynamicRef: "#a" },
    { $defs: {} },
    { pattern: "^(a+)+$" },
    { patternProperties: { "^a": {} } },
    { propertyNames: {} },
    { uniqueItems: true },
    { contains: {} },
    { prefixItems: [] },
    { unevaluatedProperties: false },
    { dependentSchemas: {} },
    { if: {} },
    { format: "regex" },
    { format: "uuid" },
    { type: "text" },
    { type: [] },
    { type: ["string", "string"] },
    { enum: [] },
    { enum: [{}] },
    { enum: ["a", "a"] },
    { enum: Array.from({ length: 101 }, (_, i) => i) },
    { const: [] },
    { minLength: -1 },
    { maxItems: 1.5 },
    { minimum: "0" },
    { multipleOf: 0 },
    { required: ["a", "a"] },
    { required: [1] },
    { properties: [] },
    { properties: { a: true } },
    { items: [] },
    { anyOf: [] },
    { anyOf: {} },
    { not: 1 },
    { $schema: "http://json-schema.org/draft-07/schema#" },
    { hasOwnProperty: 1 },
    7,
    null,
    true,
  ] as Json[])("with a member %j is refused", (schema) => {
    const pointers = refused(() => withMember(schema));
    expect(pointers.length).toBeGreaterThan(0);
    for (const pointer of pointers) expect(pointer).toMatch(/^\/data\/properties\/x/);
  });

  test.each(["targets", "changes", "reason", "outcome", "erased"])(
    "that names the reserved member %s is refused, but only at the top",
    (name) => {
      const properties = { [name]: { type: "string" } };
      expect(refused(() => withSchema({ type: "object", properties }))).toEqual([`/data/properties/${name}`]);
      expect(refused(() => withSchema({ type: "object", required: [name] }))).toEqual(["/data/required/0"]);
      expect(refused(() => withSchema({ type: "object", anyOf: [{ properties }] }))).toEqual([
        `/data/anyOf/0/properties/${name}`,
      ]);
      withMember({ type: "object", properties });
    },
  );

  const nested = (depth: number): JsonObject =>
    depth === 1 ? { type: "object" } : { type: "object", properties: { a: nested(depth - 1) } };

  test("may nest 8 deep and no deeper", () => {
    withSchema(nested(schemaLimits.depth));
    expect(refused(() => withSchema(nested(schemaLimits.depth + 1)))).toEqual([
      `/data${"/properties/a".repeat(schemaLimits.depth)}`,
    ]);
  });

  test("may have 16,384 bytes and no more", () => {
    const of = (length: number): JsonObject => ({
      type: "object",
      examples: ["x".repeat(length)],
    });
    const rest = JSON.stringify(of(0)).length;
    withSchema(of(schemaLimits.bytes - rest));
    expect(refused(() => withSchema(of(schemaLimits.bytes - rest + 1)))).toEqual(["/data"]);
  });

  test("may have 16 forms and no more", () => {
    const forms = (count: number): Json => ({
      anyOf: Array.from({ length: count }, () => ({ type: "string" })),
    });
    withMember(forms(16));
    expect(refused(() => withMember(forms(17)))).toEqual(["/data/properties/x/anyOf"]);
    const twice = { type: "object", properties: { a: forms(10), b: forms(10) } };
    expect(refused(() => withSchema(twice))).toEqual(["/data/properties/b/anyOf/6"]);
  });

  test.each([
    { type: ["string", "null"] },
    { type: "integer", minimum: 10, multipleOf: 7 },
    { type: "number", exclusiveMinimum: 0, exclusiveMaximum: 1 },
    { type: "number", maximum: -5 },
    { enum: [null, 1, "a"] },
    { const: false },
    { type: "string", minLength: 20, maxLength: 20 },
    { type: "string", maxLength: 2 },
    { type: "string", format: "date" },
    { type: "string", format: "date-time" },
    { type: "string", format: "email" },
    { type: "string", format: "uri" },
    { type: "array", items: { type: "string" }, minItems: 3 },
    { type: "array", maxItems: 0 },
    { type: "object", additionalProperties: { type: "integer" }, required: ["a"] },
    { oneOf: [{ type: "string" }, { type: "integer" }] },
    { allOf: [{ type: "object", required: ["a"] }, { properties: { a: { type: "boolean" } } }] },
    { not: { type: "null" } },
    {},
  ] as Json[])("with a member %j is taken, and gets an example of its own", (schema) => {
    const { type } = readDefinition({
      name: "a.b",
      title: "A",
      sentence: "{actor} did a",
      data: {
        $schema: "https://json-schema.org/draft/2020-12/schema",
        type: "object",
        title: "A",
        properties: { x: schema },
        required: ["x"],
      },
    });
    expect(type.example.data).toHaveProperty("x");
  });

  test("that nothing can meet needs an example, which can't be given", () => {
    expect(
      refused(() => withSchema({ type: "object", required: ["x"], properties: { x: { not: {} } } })),
    ).toEqual(["/example"]);
  });
});

test("spec/catalogue.md names every keyword and every limit", () => {
  const page = readFileSync(new URL("../../../spec/catalogue.md", import.meta.url), "utf8");
  for (const keyword of schemaKeywords) expect(page).toContain(`\`${keyword}\``);
  expect(page).toContain("16,384 bytes");
  expect(schemaLimits).toEqual({ bytes: 16_384, depth: 8, forms: 16, values: 100 });
});
