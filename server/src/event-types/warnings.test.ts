/** The warnings about members with names of secrets. */
import type { Json } from "daybook/internal";
import { expect, test } from "vitest";
import { readDefinition } from "./definition.ts";
import { warningsOf } from "./warnings.ts";

const words = { name: "a.b", title: "A", sentence: "{actor} did a" };
const warned = (properties: Json, plain: string[] = []): string[] =>
  warningsOf(
    readDefinition({ ...words, data: { type: "object", properties }, plain: { data: plain } }).type,
  ).map(({ pointer }) => pointer);

const text = { type: "string" };

test("a member called like a secret is warned of, wherever the schema names it", () => {
  expect(
    warned({
      Client_Secret: text,
      number: text,
      deep: { type: "object", properties: { "X-Api-Key": { type: ["integer", "null"] } } },
      list: { type: "array", items: { type: "object", properties: { token: text } } },
      either: { anyOf: [{ type: "null" }, { type: "object", properties: { jwt: {} } }] },
    }),
  ).toEqual([
    "/data/properties/Client_Secret",
    "/data/properties/deep/properties/X-Api-Key",
    "/data/properties/list/items/properties/token",
    "/data/properties/either/anyOf/1/properties/jwt",
  ]);
});

test("what is plain, and what can't be hidden, is not", () => {
  expect(
    warned(
      {
        token: text,
        password: { type: "boolean" },
        secret: { type: ["null", "boolean"] },
        list: { type: "array", items: { type: "object", properties: { token: text } } },
      },
      ["/token", "/list/-/token"],
    ),
  ).toEqual([]);
  expect(warningsOf(readDefinition(words).type)).toEqual([]);
});

test("a warning says what happens and what to do, in sentences", () => {
  const { type } = readDefinition({ ...words, data: { type: "object", properties: { token: text } } });
  expect(warningsOf(type)).toEqual([
    {
      pointer: "/data/properties/token",
      detail: "token has the name of a secret: Daybook stores its values as [hidden].",
      remedy: "If it is not secret, add /token to data of plain, or rename it.",
    },
  ]);
});

test("a definition keeps no tokens, and has no name that looks like one", () => {
  const token = `dbk_live_${"A".repeat(49)}`;
  const { type } = readDefinition({
    ...words,
    description: `See ${token}.`,
    data: { type: "object", properties: { [token]: text } },
  });
  expect(JSON.stringify(type)).not.toContain("dbk_live");
  expect(type.description).toMatch(/^See \[token [0-9a-f]{12}\]\.$/);
  expect(() => readDefinition({ ...words, name: `npm_${"a".repeat(40)}` })).toThrow("token");
});
